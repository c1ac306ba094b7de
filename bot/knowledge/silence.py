"""The kill switch: an answer, or the whole bot, silent at once and without restart.

One JSON file holds what is silent and every use of the switch. Help lines are never silenced.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Mapping

from bot.errors import KnowledgeError
from bot.files import locked, write_atomically
from bot.knowledge.model import Knowledge

EVERYTHING = "alles"


@dataclass(frozen=True)
class Silence:
    """What is silent, with the reason by topic id; `everything` has the reason for all."""

    everything: str | None = None
    topics: Mapping[str, str] = field(default_factory=dict)

    def covers(self, topic_id: str) -> bool:
        """True when this topic must not be answered."""
        return self.everything is not None or topic_id in self.topics


def load_silence(file: Path) -> Silence:
    """What the file says; an absent file silences nothing. KnowledgeError when unreadable."""
    silent = dict(_read(file)["stil"])
    everything = silent.pop(EVERYTHING, None)
    return Silence(everything, silent)


@dataclass(frozen=True)
class Use:
    """One use of the switch: `by` is the organisation, "" when it was the command line."""

    moment: datetime
    subject: str
    silent: bool
    reason: str
    by: str


def uses(file: Path) -> list[Use]:
    """Every use of the switch, latest first; KnowledgeError when unreadable."""
    return [Use(datetime.fromisoformat(row["moment"]), row["wat"], row["stil"], row["reden"],
                row.get("wie", "")) for row in reversed(_read(file)["gebruik"])]


def objection(knowledge: Knowledge, subject: str, reason: str | None) -> str:
    """Why the switch may not be used so, as a Dutch sentence; "" when it may.

    `reason` is None to let it speak again.
    """
    topic = knowledge.get(subject)
    if subject != EVERYTHING and topic is None:
        return f"Het onderwerp {subject} bestaat niet."
    if topic is not None and topic.safety:
        return f"{subject} is een noodantwoord: dat blijft altijd spreken."
    if reason is not None and not reason.strip():
        return "Geef een reden, zodat iedereen weet waarom het stil is."
    return ""


def switch(file: Path, subject: str, reason: str | None, now: datetime, by: str = "") -> Silence:
    """Silence a topic id or `alles` for a reason, or let it speak again (None); logged in the file.

    `by` is the organisation that did it. A running bot never reads half of it.
    """
    with locked(file):
        content = _read(file)
        if reason is None:
            content["stil"].pop(subject, None)
        else:
            content["stil"][subject] = reason
        content["gebruik"].append({"moment": now.isoformat(timespec="seconds"), "wat": subject,
                                   "stil": reason is not None, "reden": reason or "", "wie": by})
        write_atomically(file, json.dumps(content, ensure_ascii=False, indent=1).encode())
    return load_silence(file)


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {"stil": {}, "gebruik": []}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        dict(content["stil"]), list(content["gebruik"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(file.name, "", f"niet leesbaar ({error})",
                             "herstel of verwijder het bestand") from error
    return dict(content)
