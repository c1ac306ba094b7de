"""Runs of test lists: which list, model and content, and what every row got.

Results are kept as they come. A run whose state is `loopt` goes on after a restart of the process
at the row where it was; a row never gets two results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Callable

from bot.bench.judge import Outcome, Verdict
from bot.bench.model import Case
from bot.errors import InputError
from bot.testbench.database import Database
from bot.testbench.lists import CASE, Lists, case_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS run (
  id INTEGER PRIMARY KEY, list INTEGER NOT NULL REFERENCES case_list(id) ON DELETE CASCADE,
  version INTEGER NOT NULL, total INTEGER NOT NULL, model TEXT NOT NULL, content TEXT NOT NULL,
  access TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, began TEXT NOT NULL,
  ended TEXT, done INTEGER NOT NULL, seconds REAL NOT NULL);
CREATE INDEX IF NOT EXISTS run_list ON run (list);
CREATE TABLE IF NOT EXISTS result (
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE, number INTEGER NOT NULL,
  outcome TEXT NOT NULL, kind TEXT NOT NULL, got TEXT NOT NULL, answer TEXT NOT NULL,
  reason TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;
"""
RUNNING, STOPPED, READY, FAILED = "loopt", "gestopt", "klaar", "mislukt"
KEPT = 50  # runs of a list


@dataclass(frozen=True)
class Run:
    """One run. `model` is a file name, `content` a fingerprint; `seconds` of work were needed
    for `done` of `total` rows; `began` and `ended` are local times.
    """

    id: int
    list: int
    version: int
    total: int
    model: str
    content: str
    access: str
    state: str
    reason: str
    began: str
    ended: str | None
    done: int
    seconds: float

    @property
    def percent(self) -> int:
        """How far it is, whole percents."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def seconds_left(self) -> float | None:
        """Expected; None while nothing is done."""
        return self.seconds / self.done * (self.total - self.done) if self.done else None


@dataclass(frozen=True)
class Result(Verdict):
    """The verdict on a row with its number; `kind`, `topic` and `text` are of the first message."""

    number: int = 0


class Runs:
    """Every run with its results; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables, and those of the lists that they refer to."""
        self._database, self._clock = database, clock
        self._lists = Lists(database, clock)
        database.create(SCHEMA)

    def start(self, list_id: int, model: str, content: str, access: str) -> int:
        """A new run of the newest rows, to be done by a Runner; its id.

        The oldest runs beyond KEPT go, and rows of before that no run was of. InputError when
        that many still wait.
        """
        of = self._lists.get(list_id)
        with self._database.step() as db:
            made = db.execute(
                "INSERT INTO run (list, version, total, model, content, access, state, reason, "
                "began, done, seconds) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, 0, 0)",
                (list_id, of.version, of.count, model, content, access, RUNNING, self._now()))
            db.execute("DELETE FROM run WHERE list = ? AND state != ? AND id NOT IN (SELECT id "
                       "FROM run WHERE list = ? ORDER BY id DESC LIMIT ?)",
                       (list_id, RUNNING, list_id, KEPT))
            if db.execute("SELECT count(*) FROM run WHERE list = ?", (list_id,)
                          ).fetchone()[0] > KEPT:
                raise InputError("bezig", "Er wachten al te veel tests van deze lijst. Stop er "
                                 "eerst een paar.")
            db.execute("DELETE FROM case_row WHERE list = ? AND version != ? AND version NOT IN "
                       "(SELECT version FROM run WHERE list = ?)", (list_id, of.version, list_id))
            return int(made.lastrowid or 0)

    def get(self, run_id: int) -> Run:
        """InputError when there is no such run."""
        row = self._database.row("SELECT * FROM run WHERE id = ?", run_id)
        if row is None:
            raise InputError("test", "Deze test bestaat niet (meer).")
        return Run(**row)

    def of(self, list_id: int) -> list[Run]:
        """All runs of a list, the newest first."""
        return [Run(**row) for row in self._database.rows(
            "SELECT * FROM run WHERE list = ? ORDER BY id DESC", list_id)]

    def latest(self, list_id: int, version: int, model: str) -> Run | None:
        """The newest run of this version of a list with this model that was done whole."""
        row = self._database.row(
            "SELECT * FROM run WHERE list = ? AND version = ? AND model = ? AND state = ? "
            "ORDER BY id DESC LIMIT 1", list_id, version, model, READY)
        return Run(**row) if row else None

    def running(self) -> list[Run]:
        """What is still to be done, the oldest first."""
        return [Run(**row) for row in self._database.rows(
            "SELECT * FROM run WHERE state = ? ORDER BY id", RUNNING)]

    def waiting(self, run_id: int, count: int) -> list[tuple[int, Case]]:
        """The next rows without a result."""
        run = self.get(run_id)
        row = self._database.row("SELECT max(number) AS last FROM result WHERE run = ?", run_id)
        return self._lists.cases(run.list, run.version, (row or {}).get("last") or 0, count)

    def keep(self, run_id: int, verdicts: Sequence[tuple[int, Verdict]], seconds: float) -> Run:
        """Keep results of the next rows, all or none, and how long they took.

        Passed over when the run was stopped and went on elsewhere: a row has one result.
        """
        with self._database.step() as db:
            db.executemany(
                "INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(run_id, number, v.outcome.value, v.kind, v.topic, v.text, v.reason)
                 for number, v in verdicts])
            db.execute("UPDATE run SET seconds = seconds + ?, done = "
                       "(SELECT count(*) FROM result WHERE run = ?) WHERE id = ?",
                       (seconds, run_id, run_id))
            db.execute("UPDATE run SET state = ?, ended = ? WHERE id = ? AND done = total",
                       (READY, self._now(), run_id))
        return self.get(run_id)

    def stop(self, run_id: int, state: str = STOPPED, reason: str = "") -> None:
        """Halt a run that is going on; what it has is kept."""
        self._move(run_id, (RUNNING,), state, reason)

    def resume(self, run_id: int) -> None:
        """Let a run that halted go on where it was."""
        self._move(run_id, (STOPPED, FAILED), RUNNING, "")

    def counts(self, run_id: int, by: str = "") -> dict[str, Counter[Outcome]]:
        """How many rows had each outcome, in groups by `topic` or `layer`, or all under ""."""
        group = {"topic": "topic", "layer": "layer"}.get(by, "''")
        found: dict[str, Counter[Outcome]] = {}
        for row in self._database.rows(
                f"SELECT {group} AS name, outcome, count(*) AS count FROM ({JOINED}) "
                "GROUP BY 1, 2 ORDER BY 1", run_id):
            found.setdefault(row["name"], Counter())[Outcome(row["outcome"])] = row["count"]
        return found

    def results(self, run_id: int) -> list[Result]:
        """Every result in the order of the list."""
        return [Result(case_of(row), Outcome(row["outcome"]), row["kind"], row["got"],
                       row["answer"], row["reason"], row["number"])
                for row in self._database.rows(f"{JOINED} ORDER BY result.number", run_id)]

    def _move(self, run_id: int, before: tuple[str, ...], state: str, reason: str) -> None:
        marks = ", ".join("?" * len(before))
        with self._database.step() as db:
            db.execute(f"UPDATE run SET state = ?, reason = ? WHERE id = ? AND state IN ({marks})",
                       (state, reason, run_id, *before))

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")


JOINED = (f"SELECT result.number, outcome, kind, got, answer, result.reason, {CASE} "
          "FROM result JOIN run ON run.id = result.run JOIN case_row ON case_row.list = run.list "
          "AND case_row.version = run.version AND case_row.number = result.number "
          "WHERE run.id = ?")
