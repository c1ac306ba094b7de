"""Which numbers must not be shown, so that nobody can work out a number under five.

Numbers belong to sums (a total and its parts). A number from 1 to 4 is hidden; when a total and
the other parts would give it away, another number is hidden too: a zero, which is also less than
five, or else a larger number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Mapping, Sequence

import numpy as np

SMALL = 5
FEW, HIDDEN = "minder dan 5", "verborgen"
MANY = 10**9  # no number of ours comes near
ROUNDS = 50
LEAST = 2  # a hidden number must be left at least this far between the least and the most
Key = tuple[str, ...]
Bounds = dict[Key, tuple[int, int]]


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
    told = {key: _labelled(number, key in occurring) for key, number in numbers.items()}
    small = {key for key, number in numbers.items() if 0 < number < SMALL}
    hide = set(small)
    while exposed := _exposed(numbers, sums, hide, small, told):
        more = {key for key in (_cover(one, numbers, sums, hide, told) for one in exposed) if key}
        if not more:
            break
        hide |= more
    # What was hidden on the way but is not needed any more is shown, the largest first.
    for key in sorted(hide - small, key=lambda k: (-numbers[k], k)):
        if not _exposed(numbers, sums, hide - {key}, small, told):
            hide.discard(key)
    return frozenset(hide)


def _exposed(numbers: Mapping[Key, int], sums: Sequence[Sum], hide: set[Key],
             small: set[Key], told: Bounds) -> list[Key]:
    """The small numbers that a reader can work out, or nearly."""
    if not small:
        return []
    bounds = {key: told[key] for key in hide}
    for _ in range(ROUNDS):
        before = dict(bounds)
        for one in sums:
            _tighten(one, numbers, bounds)
        if bounds == before:
            break
    certain = _determined(sums, sorted(hide))
    return sorted(key for key in small if _narrow(bounds[key]) or key in certain)


def _labelled(number: int, occurs: bool) -> tuple[int, int]:
    """What its label tells of a hidden number, and that it is listed."""
    return (int(occurs), SMALL - 1) if number < SMALL else (SMALL, MANY)


def _narrow(bound: tuple[int, int]) -> bool:
    return bound[1] - bound[0] < LEAST


def _tighten(one: Sum, numbers: Mapping[Key, int], bounds: Bounds) -> None:
    """Narrow what can be known of each hidden number by one sum."""
    low = {key: bounds.get(key, (numbers[key],) * 2)[0] for key in one.members}
    high = {key: bounds.get(key, (numbers[key],) * 2)[1] for key in one.members}
    least, most = sum(low[k] for k in one.parts), sum(high[k] for k in one.parts)
    for key in one.parts:
        if key in bounds:
            bounds[key] = (max(low[key], low[one.total] - (most - high[key])),
                           min(high[key], high[one.total] - (least - low[key])))
    if one.total in bounds:
        bounds[one.total] = (max(low[one.total], least), min(high[one.total], most))


def _determined(sums: Sequence[Sum], unknown: Sequence[Key]) -> set[Key]:
    """The unknown numbers that the sums together leave only one value."""
    place = {key: i for i, key in enumerate(unknown)}
    rows = np.zeros((len(sums), len(unknown)))
    for row, one in zip(rows, sums):
        for key in one.members:
            if key in place:
                row[place[key]] += -1.0 if key == one.total else 1.0
    _, strengths, directions = np.linalg.svd(rows[rows.any(axis=1)], full_matrices=True)
    free = directions[int((strengths > 1e-9).sum()):]
    return {key for key, i in place.items() if not (np.abs(free[:, i]) > 1e-9).any()}


def _cover(key: Key, numbers: Mapping[Key, int], sums: Sequence[Sum], hide: set[Key],
           told: Bounds) -> Key | None:
    """The smallest number whose hiding says less of this one: a part before a total."""
    def telling(one: Sum) -> bool:
        alone = {k: told[k] for k in one.members if k in hide}
        _tighten(one, numbers, alone)
        return _narrow(alone[key])

    of = [one for one in sums if key in one.members]
    for some in ([one for one in of if telling(one)], of, sums):
        for members in ([k for one in some for k in one.parts], [one.total for one in some]):
            free = [k for k in members if k not in hide]
            if free:
                return min(free, key=lambda k: (numbers[k], k))
    return None
