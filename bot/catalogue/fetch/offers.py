"""Offers from rows that count learners: presence counts, the number itself is never kept."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Mapping

from bot.catalogue.fetch.groups import (
    SPECIAL,
    Group,
    ProgrammeTitles,
    ordinal,
    parse_group,
    school_year_of,
)
from bot.catalogue.fetch.tables import whole_number
from bot.catalogue.sources import Faults
from bot.catalogue.staging import Row
from bot.errors import CatalogueSourceError

SCHOOL_YEAR = re.compile(r"(20\d{2})(?:\s*[-/]\s*(?:20)?(\d{2}))?")


def school_year(text: str) -> str | None:
    """"2026", "2026-27" and "2026-2027" are "2026-2027"; None when it is no school year."""
    found = SCHOOL_YEAR.fullmatch(text.strip())
    if not found:
        return None
    start = int(found[1])
    if found[2] and int(found[2]) != (start + 1) % 100:
        return None
    return f"{start}-{start + 1}"


class OfferRows:
    """Collects the offers of one file and the groups that fit no programme."""

    def __init__(self, file: Path, programmes: ProgrammeTitles, columns: Mapping[str, str],
                 fixed: Row) -> None:
        """`columns` says where institution, location, group and learners are; `fixed` is the
        part that every offer has: schooljaar, bron, bron_url, bron_datum.
        """
        self._file, self._programmes, self._fixed = file, programmes, fixed
        self._columns = columns
        self._offers: dict[tuple[str, str, str], Row] = {}
        self._unmatched: Counter[tuple[str, str]] = Counter()
        self.faults = Faults()

    def add(self, number: int, row: Row, special: bool = False, variant: str = "",
            day: str = "") -> None:
        """Take one row in; `variant` holds when the group's name has none, `day` is its own date.

        A row without learners says nothing and is passed over.
        """
        keys = [self._number(number, row, name)
                for name in ("institution", "location", "learners")]
        if None in keys or keys[2] == "0":
            return
        name = " ".join(row[self._columns["group"]].split())
        if not name:
            self._fault(number, "group", "is leeg", "Vul de naam van de administratieve groep in.")
            return
        institution, location = str(keys[0]), str(keys[1])
        if (institution, location, name) in self._offers:
            return
        group = parse_group(name)
        year = group.year or _year(row)
        special = special or group.variant == SPECIAL
        match = self._programmes.match(_titles(group, row.get("studierichting", "")),
                                       year, special)
        if match.number:
            self._offers[institution, location, name] = {
                "instelling": institution, "vestiging": location, "nummer": match.number,
                "leerjaar": str(year or ""),
                "variant": group.variant or (SPECIAL if special else variant),
                "inschrijvingen_open": "", "administratieve_groep": name, **self._fixed,
                **({"bron_datum": day} if day else {})}
        elif group.dual or match.known:
            # Other groups (first grade, general education) are no part of the catalogue.
            self._unmatched[name, match.reason] += 1

    def result(self) -> tuple[tuple[Row, ...], list[str]]:
        """The offers and the report. Raises CatalogueSourceError with the faults met."""
        self.faults.stop()
        return tuple(self._offers.values()), [
            f"{self._file.name}: niet overgenomen: {name} ({reason}; {_count(rows)})"
            for (name, reason), rows in sorted(self._unmatched.items())]

    def _number(self, number: int, row: Row, name: str) -> str | None:
        value = row[self._columns[name]]
        if name == "learners" and not value:
            return "0"
        found = whole_number(value)
        if found is None:
            self._fault(number, name, f"is geen geheel getal: {value}" if value else "is leeg",
                        "Verbeter de waarde of download het bestand opnieuw.")
        return found

    def _fault(self, number: int, name: str, reason: str, fix: str) -> None:
        self.faults.add(self._file.name, number, self._columns[name], reason, fix)


def check_school_year(file: Path, found: set[str], wanted: str) -> None:
    """Raise CatalogueSourceError when a file has other school years only.

    Figures of another year would be shown as today's offer.
    """
    if wanted in found:
        return
    told = f"gaat over {', '.join(sorted(found))}, niet over {wanted}" if found else \
        "is nergens ingevuld"
    raise CatalogueSourceError(file.name, 1, "schooljaar", told,
                               f"Geef het bestand van schooljaar {wanted} mee.")


def _titles(group: Group, column: str) -> list[str]:
    """The title in the group's name, then the full title beside it: group names are cut short."""
    beside = parse_group(column)
    return [group.title, *([beside.title] if column and beside.dual == group.dual else [])]


def _year(row: Row) -> int | None:
    """The year of secondary school that the columns tell, if they do."""
    step = ordinal(row.get("leerjaar", ""))
    return school_year_of(step, ordinal(row.get("graad_so") or row.get("graad", ""))) \
        if step else None


def _count(rows: int) -> str:
    return "1 rij" if rows == 1 else f"{rows} rijen"
