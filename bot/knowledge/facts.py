"""Numbers with a validity, filled into answers as `{name}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Mapping

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.model import State, Topic

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Fact:
    """One number as shown, its fact code and source, and the days on which it holds."""

    name: str
    value: str
    code: str
    title: str
    url: str
    valid_from: date
    valid_until: date

    def holds(self, today: date) -> bool:
        """True on the days the number is valid, both ends included."""
        return self.valid_from <= today <= self.valid_until


Facts = Mapping[str, Fact]


def load_facts(file: Path) -> dict[str, Fact]:
    """Facts by name. An absent file means no facts; KnowledgeError for one that cannot be read."""
    if not file.exists():
        return {}
    try:
        rows = (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("feiten") or []
        facts = [
            Fact(r["naam"], str(r["waarde"]), r["bron"], r["titel"], r["url"],
                 date.fromisoformat(r["geldig_van"]), date.fromisoformat(r["geldig_tot"]))
            for r in rows
        ]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(file.name, "feiten", f"niet leesbaar ({error})",
                             "elk feit heeft naam, waarde, bron, titel, url, geldig_van, geldig_tot"
                             ) from error
    return {fact.name: fact for fact in facts}


def standing(topic: Topic, facts: Facts, today: date) -> State:
    """How an answer stands on a day; one with a number that no longer holds counts as expired.

    Help lines stay as they are: no warning before them, and they never disappear.
    """
    if topic.safety:
        return State.CURRENT
    state = topic.state(today)
    wanted = names_in(topic.text, *topic.bullets)
    if state in {State.CURRENT, State.OVERDUE} and not all(
        name in facts and facts[name].holds(today) for name in wanted
    ):
        return State.EXPIRED
    return state


def names_in(*texts: str) -> set[str]:
    """The fact names that texts ask for."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def fill(text: str, facts: Facts) -> str:
    """The text with every known `{name}` replaced; unknown names stay and fail the check."""
    return PLACEHOLDER.sub(
        lambda m: facts[m.group(1)].value if m.group(1) in facts else m.group(0), text
    )
