"""What every way of showing an answer shares: its blocks, its choices, and messages that fit."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping, Sequence, TypeVar

from bot.answers.render.limits import size
from bot.answers.words import dutch_date

Answer = Mapping[str, Any]
T = TypeVar("T")

UNDATED = "zonder datum"
# Above choices, or a request for a place, that get a message of their own.
CHOOSE = "Kies hieronder, of typ je vraag."
SHARE_PLACE = "Deel je locatie, of typ je gemeente of postcode."
CUT = "…"  # the composers end a title with it that did not fit
# Where a long text may be cut, the best first: paragraph, line, sentence, word.
BORDERS = tuple(re.compile(p) for p in (r"\n\s*\n", r"\n", r"(?<=[.!?])\s+", r"\s+"))


@dataclass(frozen=True)
class Style:
    """How a platform writes: its escaping, its bold, its links. The default is plain text."""

    bullet: str = "- "
    escape: Callable[[str], str] = str
    bold: Callable[[str], str] = str
    link: Callable[[str, str], str] = "{} {}".format


PLAIN = Style()


@dataclass(frozen=True)
class Choice:
    """Something to choose. `number` is what a person may type for it, when it is shown."""

    payload: str
    title: str
    label: str
    card: bool = False
    number: int | None = None

    def name(self, limit: int) -> str:
        """The title, with its number, in at most `limit` UTF-16 units."""
        return fit(f"{self.number}. {self.title}" if self.number else self.title, limit)

    def whole(self, limit: int) -> bool:
        """True when nothing of the title is left out in `limit` UTF-16 units."""
        return size(self.title) <= limit and not self.title.endswith(CUT)


@dataclass(frozen=True)
class Block:
    """A part of an answer as the platform writes it, and in plain words for when it is cut."""

    rich: str
    raw: str


def choices(answer: Answer, spelled: bool = False) -> list[Choice]:
    """Everything that can be chosen, once each: cards first, then the other buttons.

    `spelled` when the buttons stand with their numbers in the text as well; cards always do.
    """
    numbers = numbering(answer)
    buttons = {b["payload"]: b for b in answer.get("buttons") or ()}
    found: dict[str, Choice] = {}
    for card in answer.get("cards") or ():
        payload = card.get("payload")
        if payload:
            label = ", ".join(p for p in (card["title"], card.get("subtitle")) if p)
            title = _line(card["title"]) or payload
            found.setdefault(payload, Choice(payload, title, _line(label) or title, True,
                                             numbers.get(payload)))
    for payload, button in buttons.items():
        title = _line(button["title"]) or payload
        number = numbers.get(payload) if spelled else None
        label = _line(button.get("label") or "") or title
        found.setdefault(payload, Choice(payload, title, label, False, number))
    return list(found.values())


def numbering(answer: Answer) -> dict[str, int]:
    """The number that a person may type for a payload, in the order of `choices`.

    bot.channels.choices reads them back.
    """
    cards = (card.get("payload") for card in answer.get("cards") or ())
    buttons = (button["payload"] for button in answer.get("buttons") or ())
    found = dict.fromkeys(payload for payload in (*cards, *buttons) if payload)
    return {payload: number for number, payload in enumerate(found, 1)}


def blocks(
    answer: Answer, style: Style = PLAIN, *, cards: bool = True, spelled: bool = False
) -> list[Block]:
    """The parts of an answer in the order of reading.

    Without `cards` when the platform shows them otherwise; `spelled` writes the choices that have
    no card as numbered lines.
    """
    pairs = zip(_parts(answer, style, cards, spelled), _parts(answer, PLAIN, cards, spelled))
    return [Block(rich.strip(), raw.strip()) for rich, raw in pairs if raw.strip()]


def _parts(answer: Answer, style: Style, cards: bool, spelled: bool) -> Iterator[str]:
    write, numbers = style.escape, numbering(answer)
    yield style.bold(_line(answer.get("title") or ""))
    yield write(answer["text"])
    yield "\n".join(style.bullet + write(line) for line in answer.get("bullets") or ())
    if widened := answer.get("widened"):
        yield write(f"Ik zocht ook verder: {', '.join(widened)}.")
    for card in answer.get("cards") or () if cards else ():
        yield _card(card, numbers.get(str(card.get("payload"))), style)
    if "image" in answer:  # also beside the picture: a platform may fail to fetch that
        yield write(f"Afbeelding: {answer['image']['alt']}")
    if where := answer.get("map"):
        yield style.link(where["title"], where["url"])
    if spelled:
        yield "\n".join(write(f"{numbers[c.payload]}. {c.label}")
                        for c in choices(answer) if not c.card)
    if as_of := answer.get("as_of"):
        yield write(f"Gegevens van schooljaar {as_of['school_year']}, "
                    f"stand van {dutch_date(as_of['date'])}")
    yield "\n".join(_source(source, style) for source in answer.get("sources") or ())


def _card(card: Mapping[str, Any], number: int | None, style: Style) -> str:
    title = _line(card["title"])
    first = style.bold(f"{number}. {title}") if number else style.bullet + style.bold(title)
    rest = [card.get("subtitle"), *(card.get("lines") or ()), card.get("phone"), card.get("url")]
    return "\n   ".join([first, *(style.escape(line) for line in rest if line)])


def _source(source: Mapping[str, Any], style: Style) -> str:
    published, url = source.get("published"), source.get("url")
    dated = "" if not published else (
        f", bron {UNDATED}" if published == UNDATED else f", bron van {published}")
    words = f"Bron: {source['title']}{dated} (nagekeken {dutch_date(source['checked'])})"
    return style.link(words, url) if url else style.escape(words)


def pack(parts: Sequence[Block], limit: int, escape: Callable[[str], str] = str) -> list[str]:
    """The blocks in as few messages as possible, none over `limit` UTF-16 units, nothing lost.

    A block that is too long for one message loses its bold and links, never its words.
    """
    messages: list[str] = []
    for part in parts:
        pieces = [part.rich]
        if size(part.rich) > limit:
            pieces = [escape(p) for p in split(part.raw, limit, lambda t: size(escape(t)))]
        for piece in pieces:
            joined = f"{messages[-1]}\n\n{piece}" if messages else piece
            if messages and size(joined) <= limit:
                messages[-1] = joined
            else:
                messages.append(piece)
    return messages


def split(text: str, limit: int, measure: Callable[[str], int] = size) -> list[str]:
    """The text in pieces that measure at most `limit`, cut at the best border that is not early.

    A word that is longer than a whole piece is cut between two characters.
    """
    pieces, rest = [], text.strip()
    while measure(rest) > limit:
        most = _prefix(rest, limit, measure)
        at = _cut(rest, most)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def _prefix(text: str, limit: int, measure: Callable[[str], int]) -> int:
    reach = range(min(len(text), limit) + 1)  # nothing measures less than its characters
    fits = bisect_right(reach, limit, key=lambda n: measure(text[:n])) - 1
    while fits > 1 and unicodedata.combining(text[fits]):  # an accent stays with its letter
        fits -= 1
    return max(fits, 1)


def _cut(text: str, most: int) -> int:
    """Where to cut, at most `most`: the best border in the second half, else the last word."""
    for border in BORDERS:
        at = max((m.start() for m in border.finditer(text, 0, most + 1)), default=0)
        if at > most // 2:
            return at
    return at or most


def fit(text: str, limit: int) -> str:
    """One line of at most `limit` UTF-16 units, ended with "…" when something did not fit."""
    line = _line(text)
    if size(line) <= limit:
        return line
    most = _prefix(line, limit - 1, size)
    word = line.rfind(" ", 0, most + 1)
    return line[: word if word > most // 2 else most].rstrip(" ,;.") + CUT


def picture(answer: Answer, base_url: str) -> str:
    """The full address of the answer's picture as PNG; empty when it cannot be reached."""
    url = str((answer.get("image") or {}).get("url") or "")
    if url.endswith(".svg"):
        url = url.removesuffix(".svg") + ".png"
    if url.startswith(("https://", "http://")):
        return url
    return f"{base_url.rstrip('/')}/{url.lstrip('/')}" if url and base_url else ""


def chunks(items: Sequence[T], limit: int) -> list[Sequence[T]]:
    """The items in groups of at most `limit`."""
    return [items[at : at + limit] for at in range(0, len(items), limit)]


def _line(text: str) -> str:
    return " ".join(text.split())
