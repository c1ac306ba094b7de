"""What narrows a search beside names: the year, a distance, "nog open" (no Rasa)."""

from __future__ import annotations

import re
from typing import Iterator

YEAR, RADIUS, OPEN = "jaar", "straal", "open"
YEAR_PATTERN = re.compile(
    r"\b(?:([3-7])\s?(?:de|e|ste|den)?\s?(?:jaar|middelbaar|leerjaar|jr|bso|tso|sec)"
    r"|([3-7])\s?(?:de|e|den)\b|(derde|vierde|vijfde|zesde|zevende)\b)"
)
YEAR_WORDS = {"derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7}
RADIUS_PATTERN = re.compile(r"\b(\d{1,3})\s?(?:km|kilometers?|kilometer)\b")
# "Nog open": only what one can still enrol in.
OPEN_PATTERN = re.compile(
    r"\b(?:nog open\w*|open staan|staan open|open voor inschrijving(?:en)?|inschrijving(?:en)? open"
    r"|nog inschrijven|kan je inschrijven|kunnen inschrijven|inschrijven nog"
    r"|nog (?:vrije )?plaats(?:en)?|nog plek)\b"
)


def filters(folded: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind, value, start and end of each filter in a folded text."""
    for match in YEAR_PATTERN.finditer(folded):
        year = match[1] or match[2] or YEAR_WORDS[match[3]]
        yield YEAR, str(year), match.start(), match.end()
    for match in RADIUS_PATTERN.finditer(folded):
        yield RADIUS, match[1], match.start(), match.end()
    for match in OPEN_PATTERN.finditer(folded):
        yield OPEN, "1", match.start(), match.end()
