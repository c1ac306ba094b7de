"""Checks of the sources in the background, and what the last one found of each."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Callable

from bot.testbench.database import Database
from bot.testbench.links import Checker, LinkState

SCHEMA = """
CREATE TABLE IF NOT EXISTS link (
  url TEXT PRIMARY KEY, state TEXT NOT NULL, detail TEXT NOT NULL, day TEXT NOT NULL);
"""


@dataclass(frozen=True)
class LinkResult:
    """One source as it was on a day."""

    url: str
    state: LinkState
    detail: str
    day: date


class Links:
    """What checks found; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its table."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.done = self.total = 0
        self.checker: Callable[[str], Checker] = Checker  # made for who asks

    @property
    def running(self) -> bool:
        """True while a check goes on."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, urls: Iterable[str], agent: str) -> bool:
        """Check these in the background, as `agent`; False when a check goes on already."""
        if self.running:
            return False
        wanted = list(dict.fromkeys(urls))
        self._stop.clear()
        self.done, self.total = 0, len(wanted)
        self._thread = threading.Thread(target=self._run, daemon=True,
                                        args=(wanted, self.checker(agent)))
        self._thread.start()
        return True

    def stop(self) -> None:
        """End after the address that is being asked; what was found is kept."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Until the check ended, at most this long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def results(self) -> dict[str, LinkResult]:
        """The last result of each source."""
        return {row["url"]: LinkResult(row["url"], LinkState(row["state"]), row["detail"],
                                       date.fromisoformat(row["day"]))
                for row in self._database.rows("SELECT * FROM link")}

    def _run(self, urls: Sequence[str], checker: Checker) -> None:
        for url in urls:
            if self._stop.is_set():
                return
            state, detail = checker.check(url)
            with self._database.step() as db:
                db.execute("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)", (
                    url, state.value, detail, date.fromtimestamp(self._clock()).isoformat()))
            self.done += 1
