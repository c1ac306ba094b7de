"""Ask as a pupil or parent, look at the answer and why it came, and judge it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from starlette.responses import Response

from bot import resources
from bot.errors import DuaalwijzerError, InputError
from bot.knowledge.silence import load_silence
from bot.testbench.certainty import LIMITS, NEAREST
from bot.testbench.desk import Visit, action, page
from bot.testbench.explain import Content, Explanation, explain, short_name
from bot.testbench.held import Held, Said, sender_of
from bot.testbench.judgements import LONGEST, Judgements
from bot.testbench.previews import CHANNELS, Bubble, bubbles
from bot.testbench.topics import grouped
from bot.testbench.verdicts import VERDICTS, Answered, Judgement, answered
from bot.testbench.worker import Reply

ASKERS = {"leerling": "Leerling", "ouder": "Ouder"}
LONGEST_TEXT = 20_000  # a cry for help may be long; the bot refuses other long questions


@dataclass(frozen=True)
class Asking:
    """What a form or address says: which conversation, on which channel, as whom.

    `blind` when this is a second judgement.
    """

    sender: str
    channel: str
    asker: str
    blind: str

    @property
    def query(self) -> dict[str, str]:
        """The same, to go on with."""
        return {"gesprek": self.sender, "kanaal": self.channel, "wie": self.asker,
                **({"blind": self.blind} if self.blind else {})}


@dataclass(frozen=True)
class Shown:
    """One turn on the page; `own` is what the visitor's organisation said of it before."""

    number: int
    said: Said
    messages: tuple[tuple[Bubble, ...], ...]
    own: Judgement | None


async def _look(visit: Visit) -> Response:
    return _page(visit, _asking(visit))


async def _ask(visit: Visit) -> Response:
    asking, payload = _asking(visit), visit.field("knop", 64)
    text = "" if payload else visit.field("tekst", LONGEST_TEXT)
    try:
        if payload:
            await press(visit, asking.sender, payload)
        else:
            await say(visit, asking.sender, text)
    except DuaalwijzerError as error:
        return _page(visit, asking, str(error), text)
    last = len(_held(visit).turns(visit.person.code, asking.sender)) - 1
    return to_turn(visit, last, **asking.query)


async def _judge(visit: Visit) -> Response:
    asking = _asking(visit)
    turns = _held(visit).until(visit.person.code, asking.sender, _number(visit))
    right = visit.field("onderwerp", 64)
    if right and resources.knowledge().get(right) is None:
        raise InputError("onderwerp", "Dit onderwerp bestaat niet. Kies er een uit de lijst.")
    try:
        visit.desk.store(Judgements).add(
            about(visit, turns, asking.channel, asking.asker), visit.person.id,
            visit.field("oordeel", 20), right, visit.field("opmerking"))
    except InputError as error:  # with the conversation, so that it is not lost
        return _page(visit, asking, f"Je oordeel is niet bewaard. {error}")
    if asking.blind:
        return visit.go("/oordelen", "Bedankt. Je oordeel is bewaard.")
    number = len(turns) - 1
    return to_turn(visit, number, "Bedankt. Je oordeel is bewaard.", beurt=str(number),
                   **asking.query)


def to_turn(visit: Visit, number: int, message: str = "", **query: str) -> Response:
    """To a turn of a conversation on the page, from 0, after a form."""
    answer = visit.go("/vraag", message, **query)
    answer.headers["Location"] += f"#beurt-{number}"
    return answer


async def say(visit: Visit, sender: str, text: str) -> Said:
    """Ask the bot and keep the turn in memory, as the bot may keep it."""
    worker = visit.desk.worker
    reply = await worker.ask_soon(sender, text)
    labels = [near.label for near in _explained(visit, reply).nearest if near.topic]
    words = str(reply.parsed.get("text") or "")
    # A number or "ja" that means a button is kept as what was typed: it says nothing of a person.
    shown = text if "payload" in reply.parsed and words != "[nood]" else words
    examples = await asyncio.to_thread(worker.nearest, words, labels, NEAREST) if labels else {}
    said = Said(shown, reply, examples=examples)
    _held(visit).add(visit.person.code, sender, said)
    return said


async def press(visit: Visit, sender: str, payload: str) -> Said:
    """Press a button that the bot offered in this conversation; InputError for another one."""
    title = _title(_held(visit).turns(visit.person.code, sender), payload)
    said = Said(title, await visit.desk.worker.press_soon(sender, payload), payload)
    _held(visit).add(visit.person.code, sender, said)
    return said


def about(visit: Visit, turns: tuple[Said, ...], channel: str, asker: str) -> Answered:
    """The last of these turns as what is judged."""
    topics = [resources.knowledge().get(m.get("topic") or "") for m in turns[-1].reply.messages]
    topic = next((topic for topic in topics if topic), None)
    return answered(turns, topic.id if topic else "", topic.theme if topic else "",
                    visit.desk.worker.model.name, channel, asker)


def _page(visit: Visit, asking: Asking, wrong: str = "", text: str = "") -> Response:
    turns = _held(visit).turns(visit.person.code, asking.sender)
    last = len(turns) - 1
    focus = min(_number(visit, last), last)
    shown = [_shown(visit, asking, turns[: i + 1]) for i in range(len(turns))]
    model: Path = visit.desk.worker.model
    return visit.page(
        "vraag.html", 400 if wrong else 200, asking=asking, turns=shown, focus=focus, wrong=wrong,
        text=text, gone=bool(visit.field("gesprek", 36)) and not turns and not wrong,
        explained=_explained(visit, turns[focus].reply) if turns else None,
        judgeable=bool(turns) and not any(turn.crisis for turn in turns),
        channels=CHANNELS, askers=ASKERS, verdicts=VERDICTS, longest=LONGEST, limits=LIMITS,
        themes=grouped(resources.knowledge(), resources.texts().entry("keuze", "themas")),
        ready=visit.desk.worker.ready, model=short_name(model.name), trained=_made(model))


def _shown(visit: Visit, asking: Asking, turns: tuple[Said, ...]) -> Shown:
    said, base = turns[-1], visit.desk.settings.public_url
    own = None
    if not any(turn.crisis for turn in turns):
        judged = about(visit, turns, asking.channel, asking.asker)
        own = visit.desk.store(Judgements).own(judged, visit.person.id)
    return Shown(len(turns) - 1, said,
                 tuple(bubbles(m, asking.channel, base) for m in said.reply.messages), own)


def _explained(visit: Visit, reply: Reply) -> Explanation:
    content = Content(resources.knowledge(), resources.facts(), resources.texts(),
                      resources.catalogue(), load_silence(visit.desk.settings.silence_file))
    return explain(reply, content, visit.desk.today)


def _asking(visit: Visit) -> Asking:
    channel, asker = visit.field("kanaal", 20), visit.field("wie", 20)
    return Asking(sender_of(visit.field("gesprek", 36)), channel if channel in CHANNELS else "web",
                  asker if asker in ASKERS else "leerling", "1" if visit.field("blind", 1) else "")


def _number(visit: Visit, default: int = -1) -> int:
    text = visit.field("beurt", 3)
    return int(text) if text.isascii() and text.isdigit() else default


def _held(visit: Visit) -> Held:
    held: Held = visit.desk.store(Held)
    return held


def _title(turns: tuple[Said, ...], payload: str) -> str:
    """The words of a button, the newest that has it; InputError when none was offered."""
    for turn in reversed(turns):
        for message in turn.reply.messages:
            offered: list[dict[str, Any]] = [*(message.get("buttons") or ()),
                                             *(message.get("cards") or ())]
            for choice in offered:
                if choice.get("payload") == payload:
                    return str(choice.get("label") or choice["title"])
    raise InputError("knop", "Deze knop hoort niet bij dit gesprek. Typ je vraag.")


def _made(model: Path) -> date | None:
    return date.fromtimestamp(model.stat().st_mtime) if model.exists() else None


ROUTES = [page("/vraag", _look), action("/vraag", _ask), action("/vraag/oordeel", _judge)]
