"""How often each kind of need was met, per day: the only thing kept of a cry for help."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import sqlite_utils


def count(file: Path, category: str, day: date) -> None:
    """Add one; the file and table are made when they are missing."""
    database = sqlite_utils.Database(file)
    try:
        with database.conn:
            database.execute("CREATE TABLE IF NOT EXISTS nood "
                             "(dag TEXT, soort TEXT, aantal INTEGER, PRIMARY KEY (dag, soort))")
            database.execute("INSERT INTO nood VALUES (?, ?, 1) ON CONFLICT (dag, soort) "
                             "DO UPDATE SET aantal = aantal + 1", [day.isoformat(), category])
    finally:
        database.close()
