"""What waits on disk: messages not yet answered and answers not yet delivered.

One SQLite file for all messaging channels. Contents are encrypted and people are pseudonyms; a
row goes when it is dealt with. A row is only gone in the same step in which what follows from it
is there, so that a process may be killed at any moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

from bot.channels.messaging import queue_file
from bot.channels.messaging.queue_file import Step
from bot.channels.messaging.secrecy import Sealed

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Received:
    """A message to keep: its key, who sent it, its rank among that person's and what it says.

    `sent` is in seconds since the epoch: from then on it counts how long it may wait.
    """

    message: str
    person: str
    rank: float
    content: Content
    sent: float


@dataclass(frozen=True)
class Waiting:
    """A row that waits; `content` is None when it cannot be opened with our key.

    `at` is when the message was sent, also that of its answer; `arrived` when we got it.
    """

    nr: int
    person: str
    message: str
    at: float
    arrived: float
    content: Content | None


class Queue:
    """The file; `clock` gives seconds since the epoch, `keep` is how long a row may wait."""

    def __init__(self, file: Path, sealed: Sealed, clock: Callable[[], float],
                 keep: float = 24 * 3600.0) -> None:
        """Open or make the file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._sealed, self._clock, self._keep = sealed, clock, keep
        self._db = queue_file.open_file(file)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def known(self, message: str) -> bool:
        """True when this message was received before."""
        return self._one("SELECT 1 FROM seen WHERE message = ?", message) is not None

    def receive(self, batch: Sequence[Received]) -> list[Received]:
        """Keep the messages of a webhook, all or none; gives those that are new."""
        now, new = self._clock(), []
        with Step(self._db):
            for row in batch:
                done = self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)",
                                        (row.message, now))
                if not done.rowcount:
                    continue
                self._db.execute(
                    "INSERT INTO inbound (person, message, at, arrived, rank, content) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (row.person, row.message, row.sent, now, row.rank,
                     self._sealed.seal(row.content)))
                new.append(row)
        return new

    def next_inbound(self, person: str) -> Waiting | None:
        """The message of this person that was sent first."""
        row = self._one("SELECT nr, person, message, at, arrived, content FROM inbound "
                        "WHERE person = ? ORDER BY rank, nr LIMIT 1", person)
        return self._waiting(row)

    def next_outbound(self, person: str) -> Waiting | None:
        """The answer to this person that must be delivered first."""
        row = self._one("SELECT nr, person, '', at, at, content FROM outbound "
                        "WHERE person = ? ORDER BY nr LIMIT 1", person)
        return self._waiting(row)

    def answered(self, row: Waiting, calls: Sequence[Content], *, noticed: bool = False,
                 erase: bool = False) -> None:
        """A message becomes the calls that answer it; with `erase` all before it is gone too."""
        now = self._clock()
        with Step(self._db):
            if erase:
                self._db.execute("DELETE FROM outbound WHERE person = ?", (row.person,))
                self._db.execute("DELETE FROM noticed WHERE person = ?", (row.person,))
            self._db.execute("DELETE FROM inbound WHERE nr = ?", (row.nr,))
            self._db.executemany(
                "INSERT INTO outbound (person, at, content) VALUES (?, ?, ?)",
                [(row.person, row.at, self._sealed.seal(call)) for call in calls])
            if noticed:
                self._db.execute("INSERT OR REPLACE INTO noticed VALUES (?, ?)", (row.person, now))
        if erase:
            queue_file.tidy(self._db)

    def delivered(self, row: Waiting) -> None:
        """This answer is with the person, or will never be."""
        self._db.execute("DELETE FROM outbound WHERE nr = ?", (row.nr,))

    def notice_due(self, person: str, every: float) -> bool:
        """True when this person did not get the opening notice in the last `every` seconds."""
        return self._one("SELECT 1 FROM noticed WHERE person = ? AND at > ?", person,
                         self._clock() - every) is None

    def people(self, channel: str) -> list[str]:
        """Who has something waiting on this channel."""
        return [row[0] for row in self._db.execute(
            "SELECT person FROM inbound WHERE person LIKE :who UNION "
            "SELECT person FROM outbound WHERE person LIKE :who", {"who": f"{channel}-%"})]

    def last_inbound(self) -> int:
        """The highest number a waiting message has now."""
        row = self._one("SELECT max(nr) FROM inbound")
        return int(row[0] or 0) if row else 0

    def expired(self, row: Waiting) -> bool:
        """True when this row waited longer than it may."""
        return row.at <= self._clock() - self._keep

    def count(self, channel: str, what: str) -> None:
        """Count something that went otherwise; no words, no person."""
        queue_file.count(self._db, self._clock(), channel, what, 1)

    def counts(self) -> dict[tuple[str, str], int]:
        """Every count by channel and what."""
        return {(row[0], row[1]): row[2] for row in self._db.execute(
            "SELECT channel, what, sum(number) FROM counts GROUP BY channel, what")}

    def _waiting(self, row: Any) -> Waiting | None:
        if row is None:
            return None
        nr, person, message, at, arrived, sealed = row
        return Waiting(nr, person, message, at, arrived, self._sealed.open(sealed))

    def _one(self, sql: str, *values: object) -> Any:
        return self._db.execute(sql, values).fetchone()
