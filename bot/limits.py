"""How many messages one sender or one address may send; kept in memory, nothing is stored."""

from __future__ import annotations

from collections import deque
from typing import Callable


class RateLimit:
    """At most `count` events in any `window` seconds for one key; `clock` gives seconds."""

    def __init__(self, count: int, window: float, clock: Callable[[], float]) -> None:
        """An empty limit."""
        self._count, self._window, self._clock = count, window, clock
        self._events: dict[str, deque[float]] = {}
        self._forgot = clock()

    def wait(self, key: str, at: float | None = None) -> float:
        """0.0 when the event is allowed (and counted), else the seconds until it would be.

        `at` when the event was at another time than now.
        """
        now = self._clock() if at is None else at
        events = self._events.setdefault(key, deque())
        while events and events[0] <= now - self._window:
            events.popleft()
        if len(events) >= self._count:
            return self._window - (now - events[0]) if events else self._window
        events.append(now)
        if now - self._forgot >= self._window or len(self._events) > 10_000:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        self._forgot = now
        for key in [k for k, e in self._events.items() if not e or e[-1] <= now - self._window]:
            del self._events[key]
