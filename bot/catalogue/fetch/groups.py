"""Names of administrative groups: "1e leerjaar van de 3e graad X duaal DBSO", and whose they are.

A group belongs to a programme when the titles are the same; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Sequence

from bot.catalogue.staging import Row

# The nets as the sources write them, in our words.
NETS = {"Gemeenschapsonderwijs": "GO!", "Vrij gesubsidieerd onderwijs": "Vrij gesubsidieerd",
        "Officieel gesubsidieerd onderwijs": "Officieel gesubsidieerd"}

VARIANTS = ("BSO", "TSO", "KSO", "DBSO", "CDO", "SYN", "OV3")
SPECIAL = "OV3"
NAME = re.compile(
    r"(?P<step>\d)e\s+(?:leerjaar|lj\b\.?)"
    r"(?:\s+(?:(?:van|in)\s+de\s+)?(?P<grade>\d)e\s+(?:graad|gr\b\.?))?\s+(?P<title>\S.*)")
SUFFIX = re.compile(rf"\s+(?P<variant>{'|'.join(VARIANTS)})$")
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3}


@dataclass(frozen=True)
class Group:
    """What the name of a group says; year is 1 to 7 of secondary school."""

    title: str
    dual: bool
    year: int | None = None
    variant: str = ""


@dataclass(frozen=True)
class Match:
    """A programme number, or the Dutch reason why there is none."""

    number: str = ""
    reason: str = ""
    known: bool = False  # the title is one of the catalogue's


def parse_group(name: str) -> Group:
    """The parts of a group's name; a name without a year is all title."""
    rest = " ".join(name.split())
    suffix = SUFFIX.search(rest)
    if suffix:
        rest = rest[:suffix.start()]
    found = NAME.fullmatch(rest)
    if not found:
        return Group(rest, _dual(rest), variant=suffix["variant"] if suffix else "")
    grade = int(found["grade"]) if found["grade"] else None
    return Group(found["title"], _dual(found["title"]),
                 school_year_of(int(found["step"]), grade), suffix["variant"] if suffix else "")


def school_year_of(step: int, grade: int | None) -> int | None:
    """Year 1 to 7 of secondary school: step 3 of grade 3 is year 7; a 7th year needs no grade."""
    if step == 7:
        return 7
    return 2 * (grade - 1) + step if grade else None


def ordinal(text: str) -> int | None:
    """The number in "3", "3e graad", "Derde graad" or "1e leerjaar"."""
    found = re.match(r"(\d)(?!\d)", text.strip())
    return int(found[1]) if found else ORDINALS.get(text.strip().lower().partition(" ")[0])


def title_key(title: str) -> str:
    """A title without case, accents and punctuation; `DL` is `duaal`."""
    plain = unicodedata.normalize("NFKD", title.lower())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join("duaal" if word == "dl" else word for word in words)


class ProgrammeTitles:
    """The programmes of data/catalogue/opleidingen.csv by title."""

    def __init__(self, programmes: Sequence[Row]) -> None:
        self._by_title: dict[str, list[Row]] = {}
        for row in programmes:
            self._by_title.setdefault(title_key(row["titel"]), []).append(row)

    def match(self, titles: Sequence[str], year: int | None, special: bool) -> Match:
        """The one programme with one of these titles that fits the year and the special form.

        `special` is special secondary education (opleidingsvorm 3). More than one, or none, is no
        match.
        """
        same = next((found for title in titles
                     if (found := self._by_title.get(title_key(title)))), None)
        if same is None:
            return Match(reason="staat niet in opleidingen.csv")
        fits = [row for row in same if (row["opleidingsvorm"] == SPECIAL) == special
                and (year is None or not row["leerjaren"]
                     or str(year) in row["leerjaren"].split("|"))]
        if not fits:
            return Match(reason="leerjaar of opleidingsvorm hoort niet bij de opleiding",
                         known=True)
        if len(fits) > 1:
            numbers = ", ".join(row["nummer"] for row in fits)
            return Match(reason=f"meer dan één opleiding heet zo ({numbers})", known=True)
        return Match(fits[0]["nummer"], known=True)


def _dual(title: str) -> bool:
    return "duaal" in title_key(title).split()
