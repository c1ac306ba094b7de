"""What a message asks beside names: filters on a search, and what is wanted next (no Rasa).

A filter narrows a search (year, distance, "nog open", finality, net). A wish says what to do with
what was shown ("het dichtst", "en daarna?", "telefoonnummer"). Both only mean something in a
search or right after an answer: on their own they never decide what a message is about.
"""

from __future__ import annotations

import re
from typing import Iterator, NamedTuple

from bot.nlu.cue_words import (
    AREA,
    DOMAIN,
    FINALITY,
    FORM,
    NET,
    OPEN,
    RADIUS,
    WAYS,
    WISH,
    YEAR,
)

AFTER = "erna"
# What asks the pathway of a programme.
ALONG = frozenset({AFTER, "ervoor", "graduaat", "bachelor", "hoe_word"})
RANK = "rang"
RANKS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5}
RANK_PATTERN = re.compile(rf"\b({'|'.join(RANKS)}) (?:school|optie|keuze)\b")
FILTERS = frozenset({YEAR, RADIUS, OPEN, FINALITY, FORM, NET, DOMAIN, AREA})
CUES = FILTERS | {WISH, RANK}

YEAR_PATTERN = re.compile(
    r"\b(?:([3-7])\s?(?:de|e|ste|den)?\s?(?:(?:jaar|jaren)s?|middelbaar|leerjaar|jr|bso|tso|sec)\b"
    r"|([3-7])\s?(?:de|e|den)\b(?!\s?(?:graad|lj\b))"
    r"|(derde|vierde|vijfde|zesde|zevende|zevnde)\b(?!\s?(?:graad|school|optie|keuze)\b))"
)
YEAR_WORDS = {"derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "zevnde": 7}
GRADE_PATTERN = re.compile(r"\b(?:(2|3)\s?(?:de|e)?|(tweede|derde))\s?graad\b")
GRADE_YEARS = {"2": (3, 4), "tweede": (3, 4), "3": (5, 6), "derde": (5, 6)}
# "Heeft het vierde gedaan": looks for the year after it.
DONE_PATTERN = re.compile(
    r"\s?(?:jaar )?(?:al )?(?:gedaan|achter de rug|afgerond|geslaagd|klaar)\b")
RADIUS_PATTERNS = (
    re.compile(r"\b(\d{1,3})\s?(?:km|kilometers?|kilometer)\b"),
    re.compile(r"^(?:oke? )?(?:en|of) (?:op |met |in )?([2-9]\d)\b(?: dan)?\W*$"),
    re.compile(r"\b(?:terug|toch)(?: naar)? ([1-9]\d)\W*$"),
    re.compile(r"\b([1-9]\d) is genoeg\b"),
    re.compile(r"\book ([2-9]\d) (?:is|mag|kan)\b"),
    re.compile(r"\bmaak er(?: maar)?\s(\d{2,3})\svan\b"),
    re.compile(r"\b(?:mag ook|max|maximum|tot|binnen|doe maar|maak er|straal van)\s(?:tot\s|van\s)?"
               r"([2-9]\d|1\d\d)\b(?!\s?(?:jaar|jarigen|euro|uur|u\b|dagen|weken|maanden|procent|%))"),
)

PATTERNS = tuple((kind, value, re.compile(rf"\b(?:{'|'.join(ways)})"))
                 for kind, value, ways in WAYS)


class Cue(NamedTuple):
    """One filter or wish, with where it stands in the folded text."""

    kind: str
    value: str
    start: int
    end: int


def cues(folded: str) -> Iterator[Cue]:
    """Each filter and wish of a folded text; see the names above."""
    for match in YEAR_PATTERN.finditer(folded):
        year = int(match[1] or match[2] or YEAR_WORDS[match[3]])
        done = DONE_PATTERN.match(folded, match.end()) if year < 7 else None
        yield Cue(YEAR, str(year + bool(done)), match.start(), (done or match).end())
    for match in RANK_PATTERN.finditer(folded):
        yield Cue(RANK, str(RANKS[match[1]]), match.start(), match.end())
    for match in GRADE_PATTERN.finditer(folded):
        for year in GRADE_YEARS[match[1] or match[2]]:
            yield Cue(YEAR, str(year), match.start(), match.end())
    for pattern in RADIUS_PATTERNS:
        found = pattern.search(folded)
        if found:
            yield Cue(RADIUS, found[1], found.start(), found.end())
            break
    taken: list[tuple[int, int]] = []
    for kind, value, pattern in PATTERNS:
        for match in pattern.finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield Cue(kind, value, match.start(), match.end())
