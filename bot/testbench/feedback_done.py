"""Which feedback of visitors editors dealt with, kept without a word of it."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from datetime import date
from typing import Callable, Iterable

from bot.channels.feedback import Remark
from bot.testbench.database import Database

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
