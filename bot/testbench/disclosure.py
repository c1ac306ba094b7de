"""Which numbers must not be shown, so that nobody can work out a number under five.

Numbers belong to sums (a total and its parts). A number from 1 to 4 is hidden; when all sums
together would give it away, another number is hidden too: a zero, which is also less than five,
or else a larger number. What a reader can work out is asked of an exact solver (HiGHS).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Collection, Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

SMALL = 5
FEW, HIDDEN = "minder dan 5", "verborgen"
LEAST = 2  # a hidden number must be left at least this far between the least and the most
ROUNDS = 50  # of narrowing; more never helped
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
    while exposed := list(reader.works_out(small, hide)):
        more = {key for key in (_cover(one, numbers, sums, hide) for one in exposed) if key}
        if not more:
            break
        hide |= more
    # A number that was hidden on the way but need not be any more is shown, the largest first. A
    # zero is not tried: "less than five" says nearly as much, and it would take many times longer.
    for key in sorted((k for k in hide if numbers[k] >= SMALL), key=lambda k: (-numbers[k], k)):
        if next(reader.works_out(small, hide - {key}), None) is None:
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
        self._sums = [
            (self._at[one.total], np.array([self._at[key] for key in one.parts], np.int64))
            for one in sums]

    def works_out(self, keys: Collection[Key], hide: Collection[Key]) -> Iterator[Key]:
        """Each of these numbers that can only be one of fewer than LEAST + 1 values in a row.

        When sum after sum already gives some away, only those: the rest is asked when they are
        covered.
        """
        unknown = np.zeros(len(self._true), dtype=bool)
        unknown[[self._at[one] for one in hide]] = True
        names = sorted(keys)
        columns = np.array([self._at[one] for one in names], dtype=np.int64)
        low, high = self._bounds(unknown)
        plain = (high - low)[columns] < LEAST
        if plain.any():
            yield from (key for key, seen in zip(names, plain) if seen)
            return
        close = self._close(columns, unknown)
        # As many as can be at once to their most, then to their least: few are left after it.
        for sign in (-1, 1):
            if close.any():
                self._extreme(columns[close], unknown, sign)
                close = self._close(columns, unknown)
        for key, at in zip(names, columns):
            if self._close(columns[columns == at], unknown)[0]:
                self._extreme(np.array([at]), unknown, -1)
                self._extreme(np.array([at]), unknown, 1)
                if self._close(columns[columns == at], unknown)[0]:
                    yield key

    def _bounds(self, unknown: Any) -> tuple[Any, Any]:
        """What each number is at least and at most by one sum after the other."""
        low = np.where(unknown, self._low, self._true)
        high = np.where(unknown, self._high, self._true)
        for _ in range(ROUNDS):
            before = low.copy(), high.copy()
            for total, parts in self._sums:
                least, most = low[parts].sum(), high[parts].sum()
                low[total], high[total] = max(low[total], least), min(high[total], most)
                low[parts], high[parts] = (
                    np.maximum(low[parts], low[total] - most + high[parts]),
                    np.minimum(high[parts], high[total] - least + low[parts]))
            if (low == before[0]).all() and (high == before[1]).all():
                break
        return low, high

    def _close(self, columns: Any, unknown: Any) -> Any:
        """Of which of these numbers all values that are known to be possible are close together."""
        possible = (self._ways == self._true)[:, ~unknown].all(axis=1)
        return np.ptp(self._ways[possible][:, columns], axis=0) < LEAST

    def _extreme(self, columns: Any, unknown: Any, sign: int) -> None:
        """Keep the way in which the sum of these numbers is least (sign 1) or most (-1)."""
        wanted = np.zeros(len(self._true))
        wanted[columns] = sign
        found = milp(wanted, integrality=np.ones(len(wanted)), constraints=self._adds_up,
                     bounds=Bounds(np.where(unknown, self._low, self._true),
                                   np.where(unknown, self._high, self._true)))
        self._ways = np.vstack([self._ways, np.rint(found.x).astype(np.int64)])


def _cover(key: Key, numbers: Mapping[Key, int], sums: Sequence[Sum], hide: set[Key]
           ) -> Key | None:
    """The smallest number whose hiding may say less of this one: a part before a total."""
    for some in ([one for one in sums if key in one.members], sums):
        for members in ([k for one in some for k in one.parts], [one.total for one in some]):
            free = [k for k in members if k not in hide]
            if free:
                return min(free, key=lambda k: (numbers[k], k))
    return None
