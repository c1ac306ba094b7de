"""What is or falls out of date: answers, numbers, the offers and corrections of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Iterable, Mapping

from bot.catalogue.corrections import FILE
from bot.catalogue.model import Info
from bot.knowledge.due import EXPIRES, FACT, REVIEW, Due
from bot.knowledge.facts import Facts, names_in
from bot.knowledge.model import Knowledge, Topic

SCHOOL_YEAR, CORRECTION = "schooljaar van het aanbod loopt af", "afwijking vervalt"
WORDS = {REVIEW: "antwoord nakijken", EXPIRES: "antwoord vervalt", FACT: "getal vervalt"}
SOON_WEEKS = 8


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
