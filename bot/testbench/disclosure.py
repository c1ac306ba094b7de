"""Which numbers must not be shown, so that nobody can work out a number under five.

Numbers belong to sums (a total and its parts). A number from 1 to 4 is hidden; when all sums
together would give it away, another number is hidden too: a zero, which is also less than five,
or else a larger number. What a reader can work out is asked of an exact solver (HiGHS).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Collection, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

SMALL = 5
FEW, HIDDEN = "minder dan 5", "verborgen"
LEAST = 2  # a hidden number must be left at least this far between the least and the most
MORE = 50  # how far above the largest number a reader is thought to look for a hidden one
Key = tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """A total that is the sum of its parts."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def shown(numbers: Mapping[Key, int], sums: Sequence[Sum], occurring: Collection[Key] = ()
          ) -> dict[Key, int | str]:
    """Each number as it may be shown: itself, FEW, or HIDDEN because it would give away another.

    Of `occurring` a reader knows that they are at least 1, because they are listed at all.
    """
    hide = hidden(numbers, sums, occurring)
    return {key: number if key not in hide else FEW if number < SMALL else HIDDEN
            for key, number in numbers.items()}


def hidden(numbers: Mapping[Key, int], sums: Sequence[Sum], occurring: Collection[Key] = ()
           ) -> frozenset[Key]:
    """What to hide: every number from 1 to 4, and what would tell which of those it is."""
    reader = _Reader(numbers, sums, occurring)
    small = {key for key, number in numbers.items() if 0 < number < SMALL}
    hide = set(small)
    while exposed := [key for key in sorted(small) if reader.works_out(key, hide)]:
        more = {key for key in (_cover(one, numbers, sums, hide) for one in exposed) if key}
        if not more:
            break
        hide |= more
    # What was hidden on the way but is not needed any more is shown, the largest first.
    for key in sorted(hide - small, key=lambda k: (-numbers[k], k)):
        if not any(reader.works_out(one, hide - {key}) for one in sorted(small)):
            hide.discard(key)
    return frozenset(hide)


class _Reader:
    """Somebody who knows what is shown, what adds up, and what each label means.

    Every way in which all numbers can be filled in is kept: it shows at once that a number may
    be this or that for as long as what it changes is hidden.
    """

    def __init__(self, numbers: Mapping[Key, int], sums: Sequence[Sum],
                 occurring: Collection[Key]) -> None:
        self._at = {key: i for i, key in enumerate(numbers)}
        self._true = np.array(list(numbers.values()), dtype=np.int64)
        self._ways = self._true[np.newaxis, :]
        few = self._true < SMALL
        self._low = np.where(few, [int(key in occurring) for key in numbers], SMALL)
        self._high = np.where(few, SMALL - 1, self._true.max(initial=0) + MORE)
        rows = lil_matrix((len(sums), len(numbers)))
        for i, one in enumerate(sums):
            for key in one.parts:
                rows[i, self._at[key]] += 1
            rows[i, self._at[one.total]] -= 1
        self._adds_up = LinearConstraint(rows.tocsr(), 0, 0)

    def works_out(self, key: Key, hide: Collection[Key]) -> bool:
        """Whether the number can only be one of fewer than LEAST + 1 values in a row."""
        unknown = np.zeros(len(self._true), dtype=bool)
        unknown[[self._at[one] for one in hide]] = True
        at = self._at[key]
        possible = self._ways[(self._ways == self._true)[:, ~unknown].all(axis=1)][:, at]
        if np.ptp(possible) >= LEAST:
            return False
        return bool(self._extreme(at, unknown, -1) - self._extreme(at, unknown, 1) < LEAST)

    def _extreme(self, at: int, unknown: Any, sign: int) -> int:
        """The least (sign 1) or the most (-1) that one number can be."""
        wanted = np.zeros(len(self._true))
        wanted[at] = sign
        found = milp(wanted, integrality=np.ones(len(wanted)), constraints=self._adds_up,
                     bounds=Bounds(np.where(unknown, self._low, self._true),
                                   np.where(unknown, self._high, self._true)))
        way = np.rint(found.x).astype(np.int64)
        self._ways = np.vstack([self._ways, way])
        return int(way[at])


def _cover(key: Key, numbers: Mapping[Key, int], sums: Sequence[Sum], hide: set[Key]
           ) -> Key | None:
    """The smallest number whose hiding may say less of this one: a part before a total."""
    for some in ([one for one in sums if key in one.members], sums):
        for members in ([k for one in some for k in one.parts], [one.total for one in some]):
            free = [k for k in members if k not in hide]
            if free:
                return min(free, key=lambda k: (numbers[k], k))
    return None
