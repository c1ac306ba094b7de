"""Every content that the file of an answer ever had."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Callable

from bot.errors import KnowledgeError
from bot.testbench.change import APPLYING, SCHEMA, Change, Version, fingerprint
from bot.testbench.database import Database


class Versions:
    """All of them in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes the tables of proposals and versions."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def observe(self, folder: Path, file: str) -> str:
        """The content of an answer's file now; one that was not seen before becomes a version."""
        content = read_answer(folder, file)
        if self.latest(file) != content:
            with self._database.step() as db:
                if not db.execute("SELECT 1 FROM answer_change WHERE file = ? AND state = ?",
                                  (file, APPLYING)).fetchone():
                    self.keep(db, file, content, None)
        return content

    def latest(self, file: str) -> str | None:
        """The content that was seen last; None for a file that was never seen."""
        row = self._database.row(
            "SELECT content FROM answer_version WHERE file = ? ORDER BY id DESC LIMIT 1", file)
        return str(row["content"]) if row else None

    def content(self, file: str, content_hash: str) -> str | None:
        """A content that was seen before."""
        row = self._database.row("SELECT content FROM answer_version WHERE file = ? AND hash = ?",
                                 file, content_hash)
        return str(row["content"]) if row else None

    def of(self, file: str) -> list[Version]:
        """Every version of a file, newest first."""
        changes = {row["id"]: Change(**row) for row in self._database.rows(
            "SELECT * FROM answer_change WHERE file = ?", file)}
        rows = self._database.rows(
            "SELECT id, hash, content, made, change FROM answer_version WHERE file = ? "
            "ORDER BY id DESC", file)
        return [Version(r["id"], r["hash"], r["content"], r["made"], changes.get(r["change"]))
                for r in rows]

    def keep(self, db: sqlite3.Connection, file: str, content: str, change: int | None) -> None:
        """Within a step: a version, unless it is the latest already; `change` brought it."""
        last = db.execute("SELECT hash FROM answer_version WHERE file = ? ORDER BY id DESC LIMIT 1",
                          (file,)).fetchone()
        if last is None or last["hash"] != fingerprint(content):
            made = datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")
            db.execute("INSERT INTO answer_version (file, hash, content, made, change) "
                       "VALUES (?, ?, ?, ?, ?)",
                       (file, fingerprint(content), content, made, change))


def read_answer(folder: Path, file: str) -> str:
    """The content of an answer's file; KnowledgeError when it cannot be read."""
    try:
        return (folder / file).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(file, "", "niet leesbaar", "zet het bestand terug") from error
