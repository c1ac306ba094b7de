"""What is or falls out of date, which sources there are, and what visitors say of answers."""

from __future__ import annotations

import csv
import hmac
import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping

from bot.catalogue.corrections import FILE
from bot.catalogue.model import Info
from bot.channels.feedback import Remark
from bot.knowledge.due import EXPIRES, FACT, REVIEW, Due
from bot.knowledge.facts import Facts, names_in
from bot.knowledge.model import Knowledge, Topic
from bot.testbench.database import Database

SCHOOL_YEAR, CORRECTION = "schooljaar van het aanbod loopt af", "afwijking vervalt"
WORDS = {REVIEW: "antwoord nakijken", EXPIRES: "antwoord vervalt", FACT: "getal vervalt"}
SOON_WEEKS = 8
LATEST = 5  # remarks shown of an answer
SCHEMA = """
DROP TABLE IF EXISTS feedback_done;  -- had digests that anybody could make of words they guess
CREATE TABLE IF NOT EXISTS feedback_key (
  one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS feedback_mark (
  subject TEXT, day TEXT, verdict TEXT, digest TEXT, number INTEGER NOT NULL, editor TEXT NOT NULL,
  done TEXT NOT NULL, PRIMARY KEY (subject, day, verdict, digest));
"""
Mark = tuple[str, str, str, str]
OF_MARK = "subject = ? AND day = ? AND verdict = ? AND digest = ?"


class Urgency(IntEnum):
    """The most urgent first."""

    EXPIRED = 0
    OVERDUE = 1
    SOON = 2
    LATER = 3

    @property
    def dutch(self) -> str:
        """As people read it."""
        return ("vervallen", "te laat", "binnenkort", "later")[self]


@dataclass(frozen=True)
class Row:
    """One thing to look at, with the page where that is done ("" when it is a file).

    `users` are the answers that say a number that expires.
    """

    urgency: Urgency
    when: date
    what: str
    name: str
    page: str = ""
    users: tuple[Topic, ...] = ()


def catalogue_due(info: Info, corrections: Iterable[Mapping[str, str]], until: date) -> list[Due]:
    """The last day of the offers' school year and of each correction, up to and with `until`."""
    rows = [Due(date(int(info.school_year[:4]) + 1, 8, 31), SCHOOL_YEAR, info.school_year)]
    for row in corrections:
        name = " ".join(filter(None, (row["soort"], f"{row['instelling']}-{row['vestiging']}",
                                      row["nummer"], row["veld"])))
        rows.append(Due(date.fromisoformat(row["geldig_tot"]), CORRECTION, f"{FILE}: {name}"))
    return [row for row in rows if row.when <= until]


def read_corrections(folder: Path) -> list[dict[str, str]]:
    """The corrections as written, also those that expired; a row without a day is left out."""
    file = folder / FILE
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return [row for row in csv.DictReader(handle) if _is_day(row.get("geldig_tot"))]


def _is_day(value: str | None) -> bool:
    try:
        return bool(date.fromisoformat(value or ""))
    except ValueError:
        return False


def rows(due: Iterable[Due], knowledge: Knowledge, facts: Facts, today: date) -> list[Row]:
    """As editors read it: what is expired first, then what is late, then by date."""
    return sorted((_row(one, knowledge, facts, today) for one in due),
                  key=lambda row: (row.urgency, row.when, row.name))


def _row(due: Due, knowledge: Knowledge, facts: Facts, today: date) -> Row:
    late = Urgency.OVERDUE if due.what == REVIEW else Urgency.EXPIRED
    soon = Urgency.SOON if due.when <= last_day(today, SOON_WEEKS) else Urgency.LATER
    urgency = late if due.when < today else soon
    name, page = due.name, ""
    users: tuple[Topic, ...] = ()
    if due.what in (REVIEW, EXPIRES):
        topic = knowledge.topics[due.name.partition("/")[2]]
        name, page = topic.question, f"/onderwerpen/{topic.id}"
    elif due.what == FACT:
        name = f"{due.name} ({facts[due.name].value}), in data/facts.yml"
        users = tuple(topic for topic in knowledge
                      if due.name in names_in(topic.text, *topic.bullets))
    return Row(urgency, due.when, WORDS.get(due.what, due.what), name, page, users)


def last_day(today: date, weeks: int) -> date:
    """The last day of the next weeks."""
    return today + timedelta(weeks=weeks)


def sources(knowledge: Knowledge, facts: Facts, texts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every source address with who uses it: topic ids, facts and text files."""
    users: dict[str, list[str]] = defaultdict(list)
    for topic in knowledge:
        for source in topic.sources:
            users[source.url].append(topic.id)
    for fact in facts.values():
        users[fact.url].append(f"facts.yml: {fact.name}")
    for file, entries in texts.items():
        for url in _urls(entries):
            users[url].append(f"{file}.yml")
    return {url: list(dict.fromkeys(names)) for url, names in users.items() if url}


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("url"), str):
            yield value["url"]
        for part in value.values():
            yield from _urls(part)
    elif isinstance(value, list):
        for part in value:
            yield from _urls(part)


@dataclass(frozen=True)
class Said:
    """What visitors say of one answer; `open` is what no editor dealt with yet, newest first."""

    subject: str
    counts: Mapping[str, int]
    open: tuple[Remark, ...]

    @property
    def latest(self) -> tuple[Remark, ...]:
        """The newest open remarks that hold words."""
        return tuple(remark for remark in self.open if remark.remark)[:LATEST]


def feedback(remarks: Iterable[Remark], done: Mapping[Remark, int]) -> list[Said]:
    """By answer, those with most open complaints first. `remarks` come newest first."""
    left = Counter(done)
    by_subject: dict[str, list[Remark]] = defaultdict(list)
    waiting: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_subject[remark.subject].append(remark)
        if left[remark] > 0:
            left[remark] -= 1
        else:
            waiting[remark.subject].append(remark)
    found = [Said(subject, Counter(r.verdict for r in said), tuple(waiting[subject]))
             for subject, said in by_subject.items()]
    return sorted(found, key=lambda s: (-sum(r.verdict != "goed" for r in s.open), s.subject))


class FeedbackDone:
    """Which feedback editors dealt with; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables, and the key of its marks when there is none yet."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)
        with database.step() as db:
            db.execute("INSERT OR IGNORE INTO feedback_key VALUES (1, ?)",
                       (secrets.token_bytes(32),))
            self._key: bytes = db.execute("SELECT key FROM feedback_key").fetchone()[0]

    def marks(self, remarks: Iterable[Remark]) -> dict[Remark, int]:
        """How many of each of these are dealt with."""
        kept = self._kept()
        return {remark: kept[mark] for remark in set(remarks)
                if (mark := self._mark(remark)) in kept}

    def forget_gone(self, remarks: Iterable[Remark]) -> None:
        """Remove the marks of feedback that is not among these: all that is kept of visitors."""
        there = Counter(map(self._mark, remarks))
        gone = [mark for mark, number in self._kept().items() if number > there[mark]]
        if not gone:
            return
        with self._database.step() as db:
            for mark in gone:
                if there[mark]:
                    db.execute(f"UPDATE feedback_mark SET number = ? WHERE {OF_MARK}",
                               (there[mark], *mark))
                else:
                    db.execute(f"DELETE FROM feedback_mark WHERE {OF_MARK}", mark)

    def finish(self, remarks: Iterable[Remark], editor: str) -> None:
        """All of these are dealt with; what is said after this is new."""
        today = date.fromtimestamp(self._clock()).isoformat()
        with self._database.step() as db:
            for mark, number in Counter(map(self._mark, remarks)).items():
                db.execute("INSERT OR REPLACE INTO feedback_mark VALUES (?, ?, ?, ?, ?, ?, ?)",
                           (*mark, number, editor, today))

    def _kept(self) -> dict[Mark, int]:
        return {(row["subject"], row["day"], row["verdict"], row["digest"]): row["number"]
                for row in self._database.rows("SELECT * FROM feedback_mark")}

    def _mark(self, remark: Remark) -> Mark:
        # Not the words themselves: what visitors wrote is kept, and erased, in one place only.
        digest = hmac.new(self._key, remark.remark.encode(), "sha256").hexdigest()
        return (remark.subject, remark.day.isoformat(), remark.verdict, digest)
