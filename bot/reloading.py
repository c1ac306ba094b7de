"""A value made from files, made again when they change; a good one is never lost to a bad file."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Callable, Generic, TypeVar

from bot.errors import DuaalwijzerError

logger = logging.getLogger(__name__)
T = TypeVar("T")

LOOK_AGAIN = 1.0  # seconds between two looks at the files


class Reloading(Generic[T]):
    """A value made from files, made again when one of them changes."""

    def __init__(self, files: Callable[[], list[Path]], make: Callable[[], T],
                 also: Callable[[], object] = lambda: None) -> None:
        """`also` is what else must stay the same."""
        self._files, self._make, self._also = files, make, also
        self._value: T | None = None
        self._stamp: object = None
        self._looked = 0.0

    def get(self) -> T:
        """The current value; the first call raises what `make` raises."""
        now = time.monotonic()
        if self._value is not None and now - self._looked < LOOK_AGAIN:
            return self._value
        self._looked = now
        stamp = (self._also(), *((str(f), f.stat().st_mtime_ns, f.stat().st_size)
                                 for f in self._files()))
        if self._value is None:
            self._value, self._stamp = self._make(), stamp
        elif stamp != self._stamp:
            self._stamp = stamp
            try:
                self._value = self._make()
            except DuaalwijzerError as error:
                logger.error("Vorige versie blijft in gebruik: %s", error)
        return self._value
