"""An example question that was proposed on the pages: its table and its shape."""

from __future__ import annotations

from dataclasses import dataclass

from bot.testbench.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS example (
  id INTEGER PRIMARY KEY, topic TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL,
  made TEXT NOT NULL, state TEXT NOT NULL, judge TEXT NOT NULL DEFAULT '',
  judged TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS example_name (who TEXT PRIMARY KEY, name TEXT NOT NULL);
"""
OPEN, QUEUED, DONE, REFUSED = "open", "queued", "done", "refused"
WITHDRAWN, DROPPED = "withdrawn", "dropped"
OUTSIDE = "buiten_bereik"


@dataclass(frozen=True)
class Example:
    """A question for a topic id, or for `buiten_bereik`; `answer` says why it was settled so."""

    id: int
    topic: str
    text: str
    author: str
    made: str
    state: str
    judge: str
    judged: str
    answer: str


def examples_where(database: Database, where: str, *values: object) -> list[Example]:
    """The examples that fit a condition in SQL."""
    return [Example(**row) for row in database.rows(
        f"SELECT * FROM example WHERE {where}", *values)]
