"""Golden conversations of the bench: a conversation that was held, with what must stay so.

They are in the form of bot.bench.talks, so that `duaalwijzer bench talks` holds them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Mapping, Sequence

import yaml

from bot.answers.render.parts import numbering
from bot.bench.talks import Talk, Turn, read_talks
from bot.errors import InputError, StartError
from bot.files import write_atomically
from bot.nlu.normaliser import MASKED
from bot.safety.personal import mask
from bot.settings import Settings
from bot.testbench.held import Said
from bot.testbench.kept import in_need, kept

HEADER = "# Gesprekken uit de proefbank; ook met: duaalwijzer bench talks\n"
LONGEST_NAME, LONGEST_PART, MOST_PARTS = 80, 200, 10


def file_of(settings: Settings) -> Path:
    """Where the conversations of the bench are kept."""
    return settings.root / "tests" / "bench" / "gesprekken_proefbank.yml"


def saved(file: Path) -> list[Talk]:
    """The conversations, in the order of saving; TestListError when the file cannot be read."""
    return read_talks(file) if file.exists() else []


def drafted(turns: Sequence[Said]) -> tuple[Turn, ...]:
    """The turns of a conversation with expectations that make sense.

    InputError when it holds what may not be kept.
    """
    if any(turn.crisis for turn in turns):
        raise InputError("nood", "In dit gesprek staat een noodkreet. Zo een gesprek bewaren we "
                                 "niet.")
    if any(MASKED.search(turn.text.lower()) for turn in turns):
        raise InputError("gegevens", "In dit gesprek stonden persoonlijke gegevens. Zo een gesprek "
                                     "bewaren we niet. Stel de vragen opnieuw zonder die gegevens.")
    before: Sequence[Mapping[str, Any]] = ()
    drafts = []
    for turn in turns:
        drafts.append(_draft(turn, before))
        before = turn.reply.messages
    return tuple(drafts)


def _draft(turn: Said, before: Sequence[Mapping[str, Any]]) -> Turn:
    messages = turn.reply.messages
    kinds = tuple(dict.fromkeys(str(m["kind"]) for m in messages))
    asks = tuple(dict.fromkeys(str(m["ask"]) for m in messages if m.get("ask")))
    topics = tuple(dict.fromkeys(str(m["topic"]) for m in messages if m.get("topic")))
    return Turn(_typed(turn, before), kinds, asks, tuple(_telling(messages)), topics=topics)


def _typed(turn: Said, before: Sequence[Mapping[str, Any]]) -> str:
    """What a person types for a pressed button: the number it had in the last answer.

    A button of an older answer has no number any more: its own words.
    """
    number = numbering(before[-1]).get(turn.payload) if before and turn.payload else None
    return str(number) if number else turn.text


def _telling(messages: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """The words by which the answer to a search is known: what was looked for."""
    for message in messages:
        understood = message.get("understood") or {}
        yield from (understood.get("programmes") or ())[:1]
        if understood.get("municipality"):
            yield understood["municipality"]


@dataclass(frozen=True)
class Wanted:
    """What a form expects of the answer in one turn: chosen codes, and a text on each line."""

    kinds: Sequence[str]
    topics: Sequence[str]
    asks: Sequence[str]
    contains: str
    lacks: str = ""

    @classmethod
    def of(cls, turn: Turn) -> Wanted:
        """What a draft proposes."""
        return cls(turn.kinds, turn.topics, turn.asks, "\n".join(turn.contains))


def expected(turn: Turn, wanted: Wanted) -> Turn:
    """The turn with the expectations of a form: only codes that the draft has."""
    return Turn(turn.text, tuple(k for k in turn.kinds if k in wanted.kinds),
                tuple(a for a in turn.asks if a in wanted.asks),
                _lines(wanted.contains, turn.contains), _lines(wanted.lacks, turn.lacks),
                tuple(t for t in turn.topics if t in wanted.topics))


def _lines(text: str, ours: Sequence[str]) -> tuple[str, ...]:
    """The lines of a field; `ours` are words of the bot, not of a person."""
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    if len(lines) > MOST_PARTS or any(len(line) > LONGEST_PART for line in lines):
        raise InputError("verwacht", f"Geef per beurt hoogstens {MOST_PARTS} stukken tekst van "
                                     f"hoogstens {LONGEST_PART} tekens.")
    if any(mask(line).kinds for line in lines):
        raise InputError("gegevens", "Zet geen persoonlijke gegevens in wat je verwacht.")
    if any(in_need(line) for line in lines if line not in ours):
        raise InputError("nood", "Wat je verwacht, lijkt op een noodkreet. Die bewaren we niet. "
                                 "Gebruik woorden van de bot.")
    return lines


def add(file: Path, name: str, turns: Sequence[Turn]) -> Talk:
    """Save a conversation under a name of its own; InputError when that cannot be."""
    name, talks = " ".join(name.split()), saved(file)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError("naam", f"Geef een naam van hoogstens {LONGEST_NAME} tekens.")
    if kept(name) != name:
        raise InputError("gegevens", "Zet geen persoonlijke gegevens in de naam.")
    if name in {talk.name for talk in talks}:
        raise InputError("naam", "Er is al een gesprek met die naam. Kies een andere.")
    talk = Talk(name, tuple(turns))
    _write(file, [*talks, talk])
    return talk


def remove(file: Path, name: str) -> None:
    """Delete a conversation; InputError when it is not there."""
    talks = saved(file)
    find(talks, name)
    _write(file, [talk for talk in talks if talk.name != name])


def find(talks: Iterable[Talk], name: str) -> Talk:
    """The conversation with that name; InputError when it is not there."""
    for talk in talks:
        if talk.name == name:
            return talk
    raise InputError("weg", "Dit gesprek is er niet meer.")


def _write(file: Path, talks: Sequence[Talk]) -> None:
    """All of it or nothing, also when the process is killed."""
    content = HEADER + yaml.safe_dump([_row(talk) for talk in talks], allow_unicode=True,
                                      sort_keys=False, width=100)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, content.encode("utf-8"))
    except OSError as error:
        raise StartError(f"In de map {file.parent} kan ik niet schrijven. Er is niets bewaard."
                         ) from error


def _row(talk: Talk) -> dict[str, Any]:
    return {"naam": talk.name, "beurten": [
        {"zeg": turn.text, **({"verwacht": wanted} if (wanted := _wanted(turn)) else {})}
        for turn in talk.turns]}


def _wanted(turn: Turn) -> dict[str, list[str]]:
    parts = {"soort": turn.kinds, "onderwerp": turn.topics, "vraagt": turn.asks,
             "bevat": turn.contains, "niet": turn.lacks}
    return {name: list(values) for name, values in parts.items() if values}
