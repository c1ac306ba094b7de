"""A name in a message, and the words a message is made of (no Rasa)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from wordfreq import zipf_frequency

PLACE, PROGRAMME, PROVINCE, OUTSIDE = "plaats", "opleiding", "provincie", "buitenland"
SCHOOL, GOAL, NOT_DUAL = "schoolnaam", "doel", "niet_duaal"
# A programme or place that is taken back: "niet kapper", "niet in Gent maar in Eeklo".
DENIED, DENIED_PLACE = "niet_opleiding", "niet_plaats"
ORDINARY_WORD = 3.2  # Zipf frequency from which a word is ordinary Dutch, never a typing error
Token = tuple[str, int, int]  # a folded word, and where it begins and ends


@dataclass(frozen=True)
class Found:
    """One name in a message: what it is, the value to look up, and where it stands."""

    kind: str
    value: str
    start: int
    end: int
    exact: bool = True


def overlaps(start: int, end: int, found: Iterable[Found]) -> bool:
    """True when one of these names stands in part at this place."""
    return any(f.start < end and start < f.end for f in found)


def ordinary(word: str) -> bool:
    """True for a word that is Dutch as it stands, never a typing error."""
    return bool(zipf_frequency(word, "nl") >= ORDINARY_WORD)
