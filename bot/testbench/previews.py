"""An answer as each channel shows it, in parts that a page can draw: no channel is called.

What the messaging channels get comes from bot.answers.render, so that a preview cannot differ from
what is sent. Pictures are told by their words: a page of the bench fetches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Sequence

from bot.answers.render import messenger, telegram, whatsapp
from bot.answers.render.parts import PLAIN, UNDATED, blocks
from bot.answers.words import dutch_date
from bot.testbench.spans import Span, linked, starred, tagged

Answer = Mapping[str, Any]

CHANNELS = {"web": "Website", "whatsapp": "WhatsApp", "telegram": "Telegram",
            "messenger": "Messenger", "tekst": "Platte tekst"}
NOWHERE = "https://duaalwijzer.invalid"  # pictures need an address; it is never fetched
# Words of the widget (widget/src/texts.js).
LOOK, MORE, LOCATE = "Bekijk", "Meer info", "Gebruik mijn locatie"
SEND_PLACE = "Locatie verzenden"  # WhatsApp's own button


@dataclass(frozen=True)
class Press:
    """Something to tap. Without `payload` it is shown only: sharing a place works on a phone."""

    title: str
    payload: str = ""
    more: str = ""


@dataclass(frozen=True)
class Tile:
    """A card with what can be done with it."""

    title: str
    lines: tuple[str, ...] = ()
    presses: tuple[Press, ...] = ()
    link: Span | None = None


@dataclass(frozen=True)
class Bubble:
    """One message on a screen. `opens` is the button above `presses` that are rows of a list."""

    title: str = ""
    spans: tuple[Span, ...] = ()
    bullets: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    picture: str = ""
    notes: tuple[tuple[Span, ...], ...] = ()
    presses: tuple[Press, ...] = ()
    opens: str = ""
    lang: str = ""


def bubbles(answer: Answer, channel: str, base_url: str = "") -> tuple[Bubble, ...]:
    """The messages of one answer on a channel of CHANNELS, in order."""
    if channel in CALLS:
        read, render = CALLS[channel]
        alt = str((answer.get("image") or {}).get("alt") or "")
        return tuple(read(call, alt) for call in render(answer, base_url or NOWHERE))
    return (_web(answer) if channel == "web" else _plain(answer),)


def _web(answer: Answer) -> Bubble:
    where = answer.get("map")
    notes: list[tuple[Span, ...]] = []
    if where:
        notes.append((Span(where["title"], url=where["url"]),))
    if widened := answer.get("widened"):
        notes.append((Span(f"Ik zocht ook: {', '.join(widened)}"),))
    if as_of := answer.get("as_of"):
        notes.append((Span(f"Gegevens van schooljaar {as_of['school_year']}, "
                           f"bijgewerkt op {dutch_date(as_of['date'])}."),))
    notes += [(Span("Bron: "), Span(source["title"], url=source.get("url") or ""),
               Span(_dates(source))) for source in answer.get("sources") or ()]
    presses = [Press(b.get("label") or b["title"], b["payload"])
               for b in answer.get("buttons") or ()]
    if answer.get("ask_location"):
        presses.append(Press(LOCATE))
    return Bubble(
        answer.get("title") or "", tuple(linked(answer["text"])),
        tuple(answer.get("bullets") or ()), tuple(map(_card, answer.get("cards") or ())),
        str((answer.get("image") or {}).get("alt") or ""), tuple(notes), tuple(presses),
        lang=answer.get("lang") or "")


def _dates(source: Mapping[str, Any]) -> str:
    published = source.get("published")
    dated = "" if not published else (
        f", bron {UNDATED}" if published == UNDATED else f", bron van {published}")
    return f"{dated}, nagekeken op {dutch_date(source['checked'])}"


def _card(card: Mapping[str, Any]) -> Tile:
    lines = [card.get("subtitle"), *(card.get("lines") or ()), card.get("phone")]
    presses = (Press(f"{LOOK} {card['title']}", card["payload"]),) if card.get("payload") else ()
    link = Span(MORE, url=card["url"]) if card.get("url") else None
    return Tile(card["title"], tuple(line for line in lines if line), presses, link)


def _plain(answer: Answer) -> Bubble:
    words = "\n\n".join(part.raw for part in blocks(answer, PLAIN, spelled=True))
    return Bubble(spans=tuple(linked(words)))


def _whatsapp(call: Mapping[str, Any], alt: str) -> Bubble:
    if call["type"] == "image":
        return Bubble(picture=alt)
    if call["type"] == "text":
        return Bubble(spans=tuple(starred(call["text"]["body"])))
    content = call["interactive"]
    spans, action = tuple(starred(content["body"]["text"])), content["action"]
    if content["type"] == "button":
        return Bubble(spans=spans, presses=tuple(
            Press(b["reply"]["title"], b["reply"]["id"]) for b in action["buttons"]))
    if content["type"] == "list":
        rows = [row for section in action["sections"] for row in section["rows"]]
        return Bubble(spans=spans, opens=action["button"], presses=tuple(
            Press(row["title"], row["id"], row.get("description", "")) for row in rows))
    return Bubble(spans=spans, presses=(Press(SEND_PLACE),))


def _telegram(call: Mapping[str, Any], alt: str) -> Bubble:
    if call["method"] == "sendPhoto":
        return Bubble(picture=alt)
    markup = call["params"].get("reply_markup") or {}
    keys = [key for row in markup.get("inline_keyboard") or markup.get("keyboard") or ()
            for key in row]
    return Bubble(spans=tuple(tagged(call["params"]["text"])), presses=tuple(
        Press(key["text"], key.get("callback_data", "")) for key in keys))


def _messenger(call: Mapping[str, Any], alt: str) -> Bubble:
    presses = tuple(Press(r["title"], r["payload"]) for r in call.get("quick_replies") or ())
    attachment = call.get("attachment")
    if attachment is None:
        return Bubble(spans=tuple(linked(call["text"])), presses=presses)
    if attachment["type"] == "image":
        return Bubble(picture=alt, presses=presses)
    return Bubble(tiles=tuple(map(_tile, attachment["payload"]["elements"])), presses=presses)


def _tile(element: Mapping[str, Any]) -> Tile:
    buttons: Sequence[Mapping[str, Any]] = element.get("buttons") or ()
    links = [Span(b["title"], url=b["url"]) for b in buttons if b["type"] == "web_url"]
    return Tile(
        element["title"], tuple(filter(None, [element.get("subtitle")])),
        tuple(Press(b["title"], b["payload"], element["title"])
              for b in buttons if b["type"] == "postback"), links[0] if links else None)


Reading = Callable[[Mapping[str, Any], str], Bubble]
CALLS: dict[str, tuple[Reading, Callable[[Answer, str], list[dict[str, Any]]]]] = {
    "whatsapp": (_whatsapp, whatsapp.render), "telegram": (_telegram, telegram.render),
    "messenger": (_messenger, messenger.render)}
