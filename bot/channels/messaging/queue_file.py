"""The SQLite file in which messages and answers wait: its tables, and steps of all or nothing."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (message TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbound (
  nr INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, message TEXT NOT NULL,
  at REAL NOT NULL, arrived REAL NOT NULL, rank REAL NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS inbound_person ON inbound (person, rank, nr);
CREATE TABLE IF NOT EXISTS outbound (
  nr INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, at REAL NOT NULL,
  content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS outbound_person ON outbound (person, nr);
CREATE TABLE IF NOT EXISTS noticed (person TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counts (
  day TEXT, channel TEXT, what TEXT, number INTEGER, PRIMARY KEY (day, channel, what))
  WITHOUT ROWID;
"""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000")


def open_file(file: Path) -> sqlite3.Connection:
    """Open or make the file; only its owner may read it."""
    db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    db.executescript(SCHEMA)
    file.chmod(0o600)
    return db


class Step:
    """All or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def count(db: sqlite3.Connection, now: float, channel: str, what: str, number: int) -> None:
    """Add to what is counted of a day, `now` in seconds since the epoch."""
    db.execute(
        "INSERT INTO counts VALUES (?, ?, ?, ?) ON CONFLICT (day, channel, what) "
        "DO UPDATE SET number = number + excluded.number",
        (date.fromtimestamp(now).isoformat(), channel, what, number))


def tidy(db: sqlite3.Connection) -> None:
    """What was deleted leaves the write-ahead log too."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
