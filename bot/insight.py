"""How often which topic was asked and what became of it: numbers only.

Per day, channel, theme, topic and outcome; no words, no sender, no time within the day. Of a turn
with a cry for help nothing is counted here: bot.safety.counter does that.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

SCHEMA = """
CREATE TABLE IF NOT EXISTS turn (
  day TEXT, channel TEXT, theme TEXT, topic TEXT, outcome TEXT, number INTEGER NOT NULL,
  PRIMARY KEY (day, channel, theme, topic, outcome)) WITHOUT ROWID;
"""
SEARCH = "zoeken"  # the theme of schools, programmes and pathways
SAFETY = "safety"


class Outcome(str, Enum):
    """What became of one question."""

    ANSWERED = "meteen beantwoord"
    PRESSED = "met een knop gevraagd"
    SEARCHED = "gezocht"
    AFTER_CHOICE = "beantwoord na een keuze"
    OUT_OF_SCOPE = "buiten bereik"
    NOT_UNDERSTOOD = "niet begrepen"
    HANDOVER = "naar een mens"
    CHOICE = "keuzes getoond"
    QUESTION = "vraag terug"
    WITHHELD = "antwoord stil of vervallen"
    TALK = "gesprek"
    FAULT = "storing"


KINDS = {"knowledge": Outcome.ANSWERED, "offers": Outcome.SEARCHED, "programme": Outcome.SEARCHED,
         "pathway": Outcome.SEARCHED, "compare": Outcome.SEARCHED, "choice": Outcome.CHOICE,
         "question": Outcome.QUESTION, "refusal": Outcome.OUT_OF_SCOPE,
         "fallback": Outcome.WITHHELD, "handover": Outcome.HANDOVER}
# The responses by which the bot did not help, also when they show the way to a person.
REFUSED = {"utter_buiten_bereik": Outcome.OUT_OF_SCOPE, **dict.fromkeys(
    ("utter_niet_begrepen", "utter_andere_keuze", "utter_klacht_bot", "utter_default"),
    Outcome.NOT_UNDERSTOOD)}
DOUBT = "utter_keuze"


@dataclass(frozen=True)
class Counted:
    """What one question adds one to."""

    theme: str
    topic: str
    outcome: Outcome


@dataclass(frozen=True)
class Row:
    """One number as kept."""

    day: date
    channel: str
    theme: str
    topic: str
    outcome: Outcome
    number: int


def outcome_of(answer: Mapping[str, Any], said: str) -> Outcome:
    """What one answer means for the question; `said` is the name of the response behind it."""
    kind = str(answer["kind"])
    if said == DOUBT and kind == "fallback":
        return Outcome.NOT_UNDERSTOOD
    if kind == "knowledge":  # "da snap ik ni" after an answer has one too
        return Outcome.ANSWERED
    return REFUSED.get(said) or KINDS.get(kind, Outcome.TALK)


def counted(answers: Sequence[Mapping[str, Any]], said: Sequence[str], pressed: bool, taken: bool,
            theme_of: Callable[[str], str]) -> list[Counted]:
    """What the answers of one turn add: one for each topic, or one for the whole turn.

    `pressed` when a button was, `taken` when it was one of the choices just offered. Empty for a
    turn with help lines.
    """
    if any(answer["kind"] == SAFETY for answer in answers):
        return []
    if not answers:
        return [Counted("", "", Outcome.FAULT)]
    found = [_one(answer, name, pressed, taken, theme_of) for answer, name in zip(answers, said)]
    return [one for one in found if one.outcome is Outcome.ANSWERED and one.topic] or [
        one for one in found if one.topic] or found[:1]


def _one(answer: Mapping[str, Any], said: str, pressed: bool, taken: bool,
         theme_of: Callable[[str], str]) -> Counted:
    outcome = outcome_of(answer, said)
    theme, topic = "", str(answer.get("topic") or "")
    if outcome is Outcome.SEARCHED:
        theme, topic = SEARCH, str(answer["kind"])
    elif outcome is Outcome.WITHHELD:
        topic = said.partition("/")[2]
    if topic and not theme:
        theme = theme_of(topic)
    if taken and outcome in (Outcome.ANSWERED, Outcome.SEARCHED):
        outcome = Outcome.AFTER_CHOICE
    elif pressed and outcome is Outcome.ANSWERED:
        outcome = Outcome.PRESSED
    return Counted(theme, topic, outcome)


class Counters:
    """Numbers gathered in memory and added to the file by `flush`, from any thread."""

    def __init__(self, file: Path) -> None:
        """The file and its table are made at the first flush."""
        self._file, self._lock = file, threading.Lock()
        self._new: Counter[tuple[str, ...]] = Counter()

    def add(self, day: date, channel: str, what: Counted) -> None:
        """Add one, in memory."""
        with self._lock:
            self._new[day.isoformat(), channel, what.theme, what.topic, what.outcome.value] += 1

    def flush(self) -> None:
        """Write what is new, all or none; when that fails it is tried again next time."""
        with self._lock:
            batch, self._new = self._new, Counter()
        if not batch:
            return
        try:
            self._write(batch)
        except BaseException:
            with self._lock:
                self._new.update(batch)
            raise

    def _write(self, batch: Counter[tuple[str, ...]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=5.0)) as db, db:
            db.execute(SCHEMA)
            db.executemany(
                "INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET number = number + excluded.number",
                [(*key, number) for key, number in batch.items()])


def read(file: Path, first: date, last: date) -> list[Row]:
    """The numbers of the days from `first` to `last`, both included; none without a file."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(file, timeout=5.0)) as db:
        if not _has_table(db):
            return []
        return [Row(date.fromisoformat(day), channel, theme, topic, Outcome(outcome), number)
                for day, channel, theme, topic, outcome, number in db.execute(
                    "SELECT * FROM turn WHERE day BETWEEN ? AND ? ORDER BY day",
                    (first.isoformat(), last.isoformat()))]


def months(file: Path) -> list[str]:
    """The months with numbers ("2026-11"), latest first."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(file, timeout=5.0)) as db:
        if not _has_table(db):
            return []
        return [row[0] for row in db.execute(
            "SELECT DISTINCT substr(day, 1, 7) FROM turn ORDER BY 1 DESC")]


def _has_table(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'turn'").fetchall())
