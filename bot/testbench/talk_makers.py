"""Which organisation saved a golden conversation, so that none fills the file alone.

The file of conversations does not say it: other tools read that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Sequence

from bot.bench.talks import Talk, Turn
from bot.errors import InputError
from bot.testbench.database import Database
from bot.testbench.talks import add, saved

SCHEMA = """
CREATE TABLE IF NOT EXISTS talk_maker (name TEXT PRIMARY KEY, access TEXT NOT NULL);
"""
MOST = 300  # conversations of one organisation


class TalkMakers:
    """Organisations by the name of a conversation; one that nobody is known of counts for nobody.

    `clock` is not used: a conversation has no time.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its table."""
        self._database = database
        database.create(SCHEMA)

    def add(self, file: Path, name: str, turns: Sequence[Turn], access: str) -> Talk:
        """Save a conversation of an organisation; InputError when it has MOST, or by the name."""
        with self._database.step() as db:
            there = {talk.name for talk in saved(file)}
            makers = {row["name"]: row["access"] for row in self._database.rows(
                "SELECT * FROM talk_maker")}
            # Also those that were taken out of the file by hand.
            db.executemany("DELETE FROM talk_maker WHERE name = ?",
                           [(gone,) for gone in makers.keys() - there])
            if sum(makers.get(one) == access for one in there) >= MOST:
                raise InputError("te_veel", f"Je organisatie heeft al {MOST} voorbeeldgesprekken. "
                                 "Vraag een redacteur om er eerst een te verwijderen op de pagina "
                                 "Gesprekken.")
            talk = add(file, name, turns)
            db.execute("INSERT INTO talk_maker VALUES (?, ?)", (talk.name, access))
            return talk
