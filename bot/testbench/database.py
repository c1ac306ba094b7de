"""The file of the test bench: who has access, and all that its pages keep (docs/testbench.md).

Every store of the bench writes through `Database.step`: all or nothing, also when the process is
killed. Each store brings the tables it owns.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000",
           "secure_delete=ON")


class Database:
    """One SQLite file; each thread has a connection of its own."""

    def __init__(self, file: Path) -> None:
        """Open or make the file, readable for its owner only."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file, self._local = file, threading.local()
        self._connection()
        file.chmod(0o600)

    def create(self, schema: str) -> None:
        """Make the tables of one store that are not there yet."""
        self._connection().executescript(schema)

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Every row as a dictionary."""
        return [dict(row) for row in self._connection().execute(sql, values).fetchall()]

    def row(self, sql: str, *values: object) -> dict[str, Any] | None:
        """The first row, or None."""
        found = self._connection().execute(sql, values).fetchone()
        return dict(found) if found else None

    @contextmanager
    def step(self) -> Iterator[sqlite3.Connection]:
        """A transaction that may write: kept when the block ends, undone when it raises."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def empty_log(self) -> None:
        """Of what was deleted no byte stays in the write-ahead log, unless somebody reads now."""
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connection(self) -> sqlite3.Connection:
        made: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if made is None:
            made = sqlite3.connect(self._file, isolation_level=None)
            made.row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                made.execute(f"PRAGMA {pragma}")
            self._local.connection = made
        return made
