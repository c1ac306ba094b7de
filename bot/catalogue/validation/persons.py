"""The rule that no row tells of a person."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Iterator

from bot.catalogue.staging import Staging
from bot.catalogue.validation.rows import school_of

PERSON_FIELD = re.compile(r"directeur|directrice|beheerder|voornaam|achternaam|familienaam|"
                          r"contactpersoon|verantwoordelijke")
EMAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
# A mailbox of a school, not of a person. Streets and schools are named after people: not judged.
MAILBOXES = {"info", "secretariaat", "contact", "school", "onthaal", "administratie", "directie",
             "inschrijving", "inschrijvingen", "mail", "post", "so", "duaal", "clw", "campus"}
ADDRESSED = re.compile(r"(?i:\b(?:mevr\.?|mevrouw|mw\.|dhr\.?|de heer|t\.a\.v\.|directeur|"
                       r"directrice))\s+[A-Z]")
NAMED_AFTER_PEOPLE = {"naam", "straat", "gemeente"}


def persons(staging: Staging) -> Iterator[str]:
    """Where a person is named; what is written there is not repeated in the report."""
    for row in (*staging.schools, *staging.offers):
        for name, value in row.items():
            if value and _personal(name, value):
                yield f"{school_of(row)[0]}-{school_of(row)[1]}: veld {name}"


@lru_cache(maxsize=4096)  # most values of an offer come back in thousands of rows
def _personal(name: str, value: str) -> bool:
    if PERSON_FIELD.search(name.lower()):
        return True
    if name not in NAMED_AFTER_PEOPLE and ADDRESSED.search(value):
        return True
    return any(re.split(r"[._+\-\d]", local.lower())[0] not in MAILBOXES
               and local.lower() != domain.lower().split(".")[0]
               for local, domain in EMAIL.findall(value))
