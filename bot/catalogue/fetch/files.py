"""Schools and offers from two downloaded files, for whoever has no key of the API."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Sequence

from bot.catalogue.fetch.discimus import read_discimus
from bot.catalogue.fetch.enrolments import read_enrolments
from bot.catalogue.fetch.locations_csv import read_locations
from bot.catalogue.fetch.offers import school_year as parse_school_year
from bot.catalogue.fetch.tables import is_xlsx
from bot.catalogue.staging import Row, Staging
from bot.errors import CatalogueSourceError


def read_files(locations: Path, offers: Path, programmes: Sequence[Row], school_year: str,
               today: str) -> tuple[Staging, list[str]]:
    """Offers of one school year with the schools that have them, and a Dutch report.

    `locations` is the CSV of locations; `offers` is the xlsx of Discimus or the CSV of 1 February,
    told apart by their content. `programmes` are the rows of opleidingen.csv; `today` is an ISO
    date. The report names every group and location that was left out, and every school without a
    position. Raises CatalogueSourceError when a file cannot be trusted.
    """
    if parse_school_year(school_year) != school_year:
        raise CatalogueSourceError(offers.name, 0, "schooljaar",
                                   f"{school_year} is geen schooljaar", "Schrijf 2026-2027.")
    if is_xlsx(locations):
        raise CatalogueSourceError(locations.name, 0, "bestand",
                                   "is geen CSV met vestigingsplaatsen",
                                   "Wissel de twee bestanden om of download de CSV.")
    schools = read_locations(locations, today)
    read = read_discimus if is_xlsx(offers) else read_enrolments
    found, report = read(offers, programmes, school_year, today)
    return _join(schools, found, report)


def _join(schools: Staging, found: Staging, report: list[str]) -> tuple[Staging, list[str]]:
    known = {_key(school) for school in schools.schools}
    kept = tuple(offer for offer in found.offers if _key(offer) in known)
    lost: dict[tuple[str, str], int] = {}
    for offer in found.offers:
        if _key(offer) not in known:
            lost[_key(offer)] = lost.get(_key(offer), 0) + 1
    report = [*report, *(
        f"vestiging {institution}-{location} staat niet in de lijst van vestigingsplaatsen: "
        f"{count} aanbodrij{'en' if count > 1 else ''} niet overgenomen"
        for (institution, location), count in sorted(lost.items()))]
    offering = {_key(offer) for offer in kept}
    used = tuple(school for school in schools.schools if _key(school) in offering)
    report += [f"vestiging {'-'.join(_key(school))} ({school['naam']}) heeft geen coördinaat"
               for school in used if not school["lat"]]
    return replace(schools, schools=used, offers=kept,
                   retrievals=schools.retrievals + found.retrievals,
                   seen={**schools.seen, **found.seen}), report


def _key(row: Row) -> tuple[str, str]:
    return row["instelling"], row["vestiging"]
