"""Long work on models in the background: its progress and outcome, kept so that a page can reload.

One job at a time. A job that was cut off by the end of the process is shown as cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Callable

from bot.errors import InputError
from bot.testbench.access import Person
from bot.testbench.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS model_job (
  id INTEGER PRIMARY KEY, what TEXT NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL,
  state TEXT NOT NULL, percent INTEGER NOT NULL, step TEXT NOT NULL, outcome TEXT NOT NULL);
"""
RUNNING, DONE, FAILED = "running", "done", "failed"


@dataclass(frozen=True)
class Job:
    """`what` for people; `percent` 0 to 100 with the `step` of now; `outcome` lines at the end."""

    id: int
    what: str
    who: str
    made: str
    state: str
    percent: int
    step: str
    outcome: str


class Jobs:
    """All of them in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its table."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def begin(self, what: str, person: Person) -> int:
        """A new job; InputError while another one runs."""
        now = datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")
        with self._database.step() as db:
            if db.execute("SELECT 1 FROM model_job WHERE state = ?", (RUNNING,)).fetchone():
                raise InputError("bezig", "Er is al iets bezig. Wacht tot dat klaar is.")
            made = db.execute("INSERT INTO model_job (what, who, made, state, percent, step, "
                              "outcome) VALUES (?, ?, ?, ?, 0, 'beginnen', '')",
                              (what, person.name, now, RUNNING)).lastrowid
            assert made is not None
            return made

    def progress(self, number: int, percent: int, step: str) -> None:
        """How far it is."""
        with self._database.step() as db:
            db.execute("UPDATE model_job SET percent = ?, step = ? WHERE id = ?",
                       (max(0, min(percent, 100)), step, number))

    def end(self, number: int, good: bool, outcome: str) -> None:
        """It ended, well or not."""
        with self._database.step() as db:
            db.execute("UPDATE model_job SET state = ?, outcome = ? WHERE id = ?",
                       (DONE if good else FAILED, outcome, number))

    def cut_off(self) -> int:
        """Mark what ran when the process before this one ended; gives how many."""
        with self._database.step() as db:
            return int(db.execute(
                "UPDATE model_job SET state = ?, outcome = ? WHERE state = ?",
                (FAILED, "Afgebroken: de proefbank werd gestopt. Er is niets half gewijzigd; "
                         "begin gerust opnieuw.", RUNNING)).rowcount)

    def latest(self, most: int = 10) -> list[Job]:
        """The latest jobs, newest first."""
        return [Job(**row) for row in self._database.rows(
            "SELECT * FROM model_job ORDER BY id DESC LIMIT ?", most)]
