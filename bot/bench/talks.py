"""Golden conversations: what a person types turn after turn, and what each answer must be."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterable, Sequence

import yaml

from bot.bench.judge import Message, as_text
from bot.bench.report import interval
from bot.errors import TestListError

Say = Callable[[str, str], Sequence[Message]]
EXPECTED = frozenset({"soort", "onderwerp", "vraagt", "bevat", "niet"})


@dataclass(frozen=True)
class Turn:
    """One message with what its answer must be; empty means that it does not matter.

    `kinds` and `asks` are values of the contract, `topics` ids of topics, one of which must be
    there; every text of `contains` and none of `lacks` is in the answer, in any case.
    """

    text: str
    kinds: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def faults(self, messages: Sequence[Message]) -> tuple[str, ...]:
        """What is not as it must be; empty when all is."""
        said = as_text(messages)
        kinds = {str(m["kind"]) for m in messages}
        asks = {str(m.get("ask")) for m in messages}
        topics = {str(m["topic"]) for m in messages if m.get("topic")}
        faults = []
        if self.kinds and not kinds & set(self.kinds):
            faults.append(f"soort {', '.join(sorted(kinds)) or 'geen'}")
        if self.topics and not topics & set(self.topics):
            faults.append(f"onderwerp {', '.join(sorted(topics)) or 'geen'}")
        if self.asks and not asks & set(self.asks):
            faults.append(f"vraagt {', '.join(sorted(asks))}")
        faults += [f"mist '{part}'" for part in self.contains if part.lower() not in said]
        faults += [f"bevat '{part}'" for part in self.lacks if part.lower() in said]
        return tuple(faults)


@dataclass(frozen=True)
class Talk:
    """A conversation of several turns."""

    name: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class TurnVerdict:
    """What one turn got."""

    talk: str
    turn: Turn
    faults: tuple[str, ...]
    answer: str


def read_talks(file: Path) -> list[Talk]:
    """The conversations of a YAML file; TestListError names the conversation, turn and field."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TestListError(file.name, "", f"niet leesbaar ({error})",
                            "bewaar het bestand als YAML in UTF-8") from error
    if not isinstance(content, list):
        raise TestListError(file.name, "", "is geen lijst van gesprekken",
                            "begin elk gesprek met `- naam:` en `beurten:`")
    return [_talk(file.name, number, talk) for number, talk in enumerate(content, 1)]


def _talk(file: str, number: int, row: Any) -> Talk:
    where = f"gesprek {number}"
    if not isinstance(row, dict) or not row.get("naam") or not row.get("beurten"):
        raise TestListError(file, where, "mist naam of beurten", "schrijf `naam:` en `beurten:`")
    return Talk(str(row["naam"]),
                tuple(_turn(file, f"{where} ({row['naam']}), beurt {i}", turn)
                      for i, turn in enumerate(row["beurten"], 1)))


def _turn(file: str, where: str, row: Any) -> Turn:
    if not isinstance(row, dict) or row.get("zeg") in (None, ""):
        raise TestListError(file, where, "mist `zeg`", "schrijf wat de persoon typt")
    wanted = row.get("verwacht") or {}
    unknown = set(wanted) - EXPECTED
    if unknown:
        raise TestListError(file, where, f"kent `{', '.join(sorted(unknown))}` niet",
                            f"gebruik {', '.join(sorted(EXPECTED))}")

    def texts(field: str) -> tuple[str, ...]:
        value = wanted.get(field)
        if value is None:
            return ()
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)

    return Turn(str(row["zeg"]), texts("soort"), texts("vraagt"), texts("bevat"), texts("niet"),
                texts("onderwerp"))


def run_talks(talks: Iterable[Talk], say: Say) -> list[TurnVerdict]:
    """Hold every conversation with a sender of its own and judge each turn."""
    verdicts = []
    for talk in talks:
        sender = str(uuid.uuid4())
        for turn in talk.turns:
            messages = say(sender, turn.text)
            answer = str(messages[0].get("text", "")) if messages else ""
            verdicts.append(TurnVerdict(talk.name, turn, turn.faults(messages), answer))
    return verdicts


def summary(verdicts: Sequence[TurnVerdict]) -> str:
    """The share of turns as expected with its 95% interval, and of whole conversations."""
    right = sum(not v.faults for v in verdicts)
    names = {v.talk for v in verdicts}
    whole = len(names - {v.talk for v in verdicts if v.faults})
    low, high = interval(right, len(verdicts))
    share = right / len(verdicts) if verdicts else 0.0
    return (f"{right} van {len(verdicts)} beurten zoals verwacht: {share:.1%} "
            f"({low:.0%}-{high:.0%})"
            f"; {whole} van {len(names)} gesprekken helemaal")
