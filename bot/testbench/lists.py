"""The test lists of the bench. Rows are replaced as a whole; runs keep the rows they were of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Callable

from bot.bench.model import COLUMNS, Case, as_row, read_rows
from bot.errors import InputError
from bot.safety.personal import mask
from bot.testbench.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS case_list (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  count INTEGER NOT NULL, changed TEXT NOT NULL, access TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS case_row (
  list INTEGER NOT NULL REFERENCES case_list(id) ON DELETE CASCADE, version INTEGER NOT NULL,
  number INTEGER NOT NULL, question TEXT NOT NULL, topic TEXT NOT NULL, also_right TEXT NOT NULL,
  must_contain TEXT NOT NULL, must_not_contain TEXT NOT NULL, layer TEXT NOT NULL,
  remark TEXT NOT NULL, PRIMARY KEY (list, version, number)) WITHOUT ROWID;
"""
CASE = "question, topic, also_right, must_contain, must_not_contain, layer, remark"
LONGEST_NAME = 80
MOST = 200  # lists of one organisation
FIRST_ROW = 2  # of a spreadsheet, below its header
Numbered = Sequence[tuple[int, Case]]


@dataclass(frozen=True)
class TestList:
    """A list as it stands now; `changed` is a local time, `slug` its name in files.

    `access` made it.
    """

    __test__ = False  # not a pytest class

    id: int
    name: str
    slug: str
    version: int
    count: int
    changed: str
    access: str


class Lists:
    """Every list with its rows; `clock` gives seconds since the epoch.

    A row has the number that it has in the spreadsheet it came from.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def add(self, name: str, rows: Numbered, access: str) -> TestList:
        """A new list; InputError when the name cannot be used or is taken.

        So too when the organisation has MOST lists.
        """
        slug = slug_of(name)
        if mask(name).kinds:
            raise InputError("naam", "Zet geen persoonlijke gegevens in de naam van de lijst.")
        with self._database.step() as db:
            if db.execute("SELECT 1 FROM case_list WHERE slug = ?", (slug,)).fetchone():
                raise InputError("naam", "Er is al een lijst met die naam. Kies een andere naam, "
                                 "of vervang de rijen op de pagina van die lijst.")
            if db.execute("SELECT count(*) FROM case_list WHERE access = ?", (access,)
                          ).fetchone()[0] >= MOST:
                raise InputError("te_veel", f"Je organisatie heeft al {MOST} testlijsten. Wis "
                                 "eerst een lijst die je niet meer nodig hebt, of vervang de "
                                 "vragen op de pagina van een lijst.")
            made = db.execute(
                "INSERT INTO case_list (name, slug, version, count, changed, access) "
                "VALUES (?, ?, 1, ?, ?, ?)", (name, slug, len(rows), self._now(), access))
            _insert(db, int(made.lastrowid or 0), 1, rows)
        return self.get(int(made.lastrowid or 0))

    def replace(self, list_id: int, rows: Numbered) -> TestList:
        """Other rows for a list; runs of before keep theirs, and its maker stays."""
        before = self.get(list_id)
        with self._database.step() as db:
            db.execute("UPDATE case_list SET version = version + 1, count = ?, changed = ? "
                       "WHERE id = ?", (len(rows), self._now(), list_id))
            _insert(db, list_id, before.version + 1, rows)
        return self.get(list_id)

    def remove(self, list_id: int) -> None:
        """A list goes with its rows, runs and results."""
        with self._database.step() as db:
            db.execute("DELETE FROM case_list WHERE id = ?", (list_id,))

    def get(self, list_id: int) -> TestList:
        """InputError when there is no such list."""
        row = self._database.row("SELECT * FROM case_list WHERE id = ?", list_id)
        if row is None:
            raise InputError("lijst", "Deze testlijst bestaat niet (meer).")
        return TestList(**row)

    def all(self) -> list[TestList]:
        """By name."""
        return [TestList(**row) for row in self._database.rows(
            "SELECT * FROM case_list ORDER BY name COLLATE NOCASE, id")]

    def cases(self, list_id: int, version: int | None = None, after: int = 0,
              count: int = -1) -> list[tuple[int, Case]]:
        """Numbered rows, of the newest version when none is given; -1 counts to the end."""
        if version is None:
            version = self.get(list_id).version
        return [(row["number"], case_of(row)) for row in self._database.rows(
            f"SELECT number, {CASE} FROM case_row WHERE list = ? AND version = ? AND number > ? "
            "ORDER BY number LIMIT ?", list_id, version, after, count)]

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")


def masked(rows: Numbered) -> tuple[Numbered, tuple[int, ...]]:
    """The rows without personal data in question and remark, and the numbers of those that had it.

    A question may be a cry for help: people write those to test that the bot gives help lines.
    """
    clean = [(number, replace(case, question=mask(case.question).text,
                              remark=mask(case.remark).text)) for number, case in rows]
    return clean, tuple(number for (number, case), (_, new) in zip(rows, clean) if case != new)


def slug_of(name: str) -> str:
    """A name for files: lower-case letters, digits and _; InputError when nothing is left."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", ascii_name).strip("_")
    if not slug or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError("naam", f"Geef de lijst een naam van letters en cijfers, hoogstens "
                         f"{LONGEST_NAME} tekens.")
    return slug


def name_of(file: str) -> str:
    """The name of a list when only the name of its file is given, without any folder."""
    stem = PurePosixPath(PureWindowsPath(file).name).stem
    return " ".join("".join(c for c in stem if c.isprintable()).split())[:LONGEST_NAME]


def case_of(row: dict[str, Any]) -> Case:
    """The case of a row of the table."""
    cells = [str(row[column.strip()]) for column in CASE.split(",")]
    ((_, case),) = read_rows(COLUMNS, [(0, cells)])
    assert isinstance(case, Case)
    return case


def _insert(db: Any, list_id: int, version: int, rows: Numbered) -> None:
    db.executemany(
        f"INSERT INTO case_row (list, version, number, {CASE}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(list_id, version, number, *as_row(case)) for number, case in rows])
