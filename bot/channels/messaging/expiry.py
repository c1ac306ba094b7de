"""What waited too long, of every channel at once: deleted and counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.channels.messaging.queue_file import Step, count, open_file, tidy

EXPIRED = "verlopen"  # counted: what waited longer than it may
SEEN_FOR = 7 * 24 * 3600.0  # as long as a platform may deliver again


def purge(file: Path, now: float, keep: float) -> dict[str, int]:
    """Delete what waited longer than `keep` seconds, old keys and old notices, for every channel.

    Gives how many rows waited too long, by channel. Needs no key; a file that is not there stays
    away.
    """
    if not file.exists():
        return {}
    db = open_file(file)
    try:
        with Step(db):
            late = Counter(person.partition("-")[0] for table in ("inbound", "outbound")
                           for (person,) in db.execute(
                               f"DELETE FROM {table} WHERE at <= ? RETURNING person",
                               (now - keep,)).fetchall())
            db.execute("DELETE FROM seen WHERE at <= ?", (now - SEEN_FOR,))
            db.execute("DELETE FROM noticed WHERE at <= ?", (now - keep,))
            for channel, number in late.items():
                count(db, now, channel, EXPIRED, number)
        tidy(db)
    finally:
        db.close()
    return dict(late)
