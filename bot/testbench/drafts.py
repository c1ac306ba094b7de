"""What an editor typed and did not save yet: nothing is lost by going back or by a refused save."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Callable

from bot.testbench.access import Person
from bot.testbench.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS answer_draft (
  person TEXT NOT NULL, topic TEXT NOT NULL, fields TEXT NOT NULL, made TEXT NOT NULL,
  PRIMARY KEY (person, topic));
"""
DAYS = 30


class Drafts:
    """One for each code and topic; `clock` gives seconds since the epoch.

    Others of the same organisation do not read it.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its table."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def get(self, person: Person, topic: str) -> dict[str, str] | None:
        """The fields as they were typed; None when there is no draft."""
        row = self._database.row("SELECT fields FROM answer_draft WHERE person = ? AND topic = ?",
                                 person.code, topic)
        return dict(json.loads(row["fields"])) if row else None

    def keep(self, person: Person, topic: str, fields: dict[str, str] | None) -> None:
        """Keep these fields; None drops the draft. Drafts of a month ago go with it."""
        now = datetime.fromtimestamp(self._clock())
        with self._database.step() as db:
            db.execute("DELETE FROM answer_draft WHERE (person = ? AND topic = ?) OR made < ?",
                       (person.code, topic, (now - timedelta(days=DAYS)).isoformat()))
            if fields is not None:
                db.execute("INSERT INTO answer_draft VALUES (?, ?, ?, ?)",
                           (person.code, topic, json.dumps(fields), now.isoformat()))
