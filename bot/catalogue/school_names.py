"""What people call a school: its name, and the part of its name that is its own.

"GO! SO De Vesten Herentals" is also "De Vesten", "Don Bosco Technisch Instituut" also "Don Bosco".
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Iterable, Iterator, Mapping

from bot.catalogue.model import School

ABBREVIATIONS = frozenset("vti kta mpi cdo clw kti pti sui gti gtsi tsm".split())
# Words that many schools share: they cut a name into the parts that are its own.
COMMON = ABBREVIATIONS | frozenset(
    "go so bs school scholen scholengroep secundaire secundair onderwijs instituut technisch "
    "technische beroeps beroepsonderwijs handels atheneum koninklijk vrij vrije gemeentelijk "
    "gemeentelijke stedelijk stedelijke provinciaal provinciale campus centrum college lyceum "
    "middenschool bovenbouw eerste tweede derde graad 1ste 2de 3de 4de katholiek katholieke "
    "humaniora academie deeltijds leren werken buitengewoon buso bubao ov1 ov2 ov3 ov4 vzw ti "
    "site vestiging locatie in te van en voor met aan op bij a b c d i ii iii".split()
)
MIN_OWN = 3  # letters of a part that is one word


def spoken(name: str) -> str:
    """A name as it is compared: lower case, without accents and signs."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("'", ""))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain
                                                     if not unicodedata.combining(c))))


def school_names(schools: Mapping[str, School]) -> dict[str, tuple[str, ...]]:
    """School keys by each name they go by, in the spelling of `spoken`.

    A name of several schools leads to all of them; the name of a place alone leads to none.
    """
    towns = {spoken(s.municipality) for s in schools.values()}
    found: dict[str, dict[str, None]] = {}
    for key, school in schools.items():
        for name in _names(school):
            if name not in towns:
                found.setdefault(name, {})[key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def _names(school: School) -> Iterator[str]:
    words, town = spoken(school.name).split(), spoken(school.municipality)
    yield " ".join(words)
    shorter = [w for w in words if w not in {"go", "so"}]
    yield " ".join(shorter)
    if town and " ".join(shorter).endswith(f" {town}"):
        shorter = shorter[: -len(town.split())]
    for own, part in groupby(shorter, key=lambda word: word not in COMMON):
        name = " ".join(part)
        if own and len(name) >= MIN_OWN and not name.isdigit():
            yield name
            yield f"{name} {town}"
        elif not own and town:
            yield from (f"{word} {town}" for word in name.split() if word in ABBREVIATIONS)


def named(
    names: Mapping[str, tuple[str, ...]], schools: Mapping[str, School], said: Iterable[str],
    towns: Iterable[str],
) -> tuple[School, ...]:
    """The schools that all of the names lead to; with towns only those in one of them."""
    found = [set(names.get(spoken(name), ())) for name in said]
    keys = set.intersection(*found) if found else set()
    wanted = set(towns)
    return tuple(sorted((schools[k] for k in keys
                         if not wanted or schools[k].municipality in wanted),
                        key=lambda s: (s.municipality, s.name, s.key)))
