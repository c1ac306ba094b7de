"""What one path of the stand-in serves: records, and the filters that find them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

Record = dict[str, Any]
Key = tuple[int, int]  # instellingsnummer, vestigingsnummer


@dataclass(frozen=True)
class Entry:
    """One record, and the values by which a filter finds it."""

    record: Record
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Product:
    """The records of one path and the filters it knows.

    `linked` has a next link, not meta.last; of what `shrinks` the fault of that name takes some.
    """

    entries: tuple[Entry, ...]
    filters: frozenset[str] = frozenset()
    linked: bool = False
    shrinks: bool = False


def tags(key: Key) -> dict[str, frozenset[str]]:
    """The filters by which everything of one school location is found."""
    return {"filter_instelling_nummer": frozenset({str(key[0])}),
            "filter_instellingslocatie_vestigingsnummer": frozenset({str(key[1])})}
