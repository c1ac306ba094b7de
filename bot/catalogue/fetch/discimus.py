"""The provisional pupil counts of Discimus (xlsx): a group with learners proves it is running."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Sequence

from bot.catalogue.fetch.groups import ProgrammeTitles
from bot.catalogue.fetch.offers import OfferRows, check_school_year, school_year
from bot.catalogue.fetch.tables import filled, retrieval, xlsx_rows
from bot.catalogue.staging import Row, Staging

SOURCE = "Onderwijs Vlaanderen, voorlopige leerlingenaantallen (Discimus)"
URL = ("https://data-onderwijs.vlaanderen.be/documenten/bestanden/"
       "leerlingenaantallen_discimus_voorlopig_1.xlsx")
# Later count days repeat the state of the export, so only 1 October counts.
COLUMNS = {"institution": "nummer_instelling", "location": "intern_volgnr_vpl",
           "group": "naam_administratieve_groep", "learners": "aantal_lln_op_teldag_01_10"}
REQUIRED = (*COLUMNS.values(), "schooljaar", "nummer_hoofdstructuur")
CENTRE, SYNTRA, SPECIAL = "312", "315", "321"
STRUCTURES = {"311": "", CENTRE: "DBSO", SYNTRA: "SYN", SPECIAL: ""}
FORMS = {"BSO", "TSO", "KSO"}
VOCATIONAL = {"3", "OV3", ""}  # the only form of special education with dual programmes


def read_discimus(file: Path, programmes: Sequence[Row], wanted: str,
                  today: str) -> tuple[Staging, list[str]]:
    """Offers of school year `wanted` ("2026-2027") and a report of the groups left out.

    Raises CatalogueSourceError when the file, a row or the school year cannot be trusted.
    """
    seen: set[str] = set()
    years: set[str] = set()
    fixed = {"schooljaar": wanted, "bron": SOURCE, "bron_url": URL,
             "bron_datum": f"{wanted[:4]}-10-01"}
    offers = OfferRows(file, ProgrammeTitles(programmes), COLUMNS, fixed)
    number = 1
    for number, row in filled(xlsx_rows(file, REQUIRED), seen):
        year = school_year(row["schooljaar"])
        if year is None:
            offers.faults.add(file.name, number, "schooljaar",
                              f"is geen schooljaar: {row['schooljaar']}", "Schrijf 2026-2027.")
            continue
        years.add(year)
        structure = row["nummer_hoofdstructuur"]
        if year != wanted or structure not in STRUCTURES:
            continue
        form = row.get("onderwijsvorm", "").upper()
        offers.add(number, row, special=structure == SPECIAL
                   and row.get("opleidingsvorm_buso", "") in VOCATIONAL,
                   variant=STRUCTURES[structure] or (form if form in FORMS else ""),
                   day=_day(row.get("tijdstip_gegevens", "")))
    rows, report = offers.result()
    check_school_year(file, years, wanted)
    told = retrieval(file, SOURCE, URL, today, number - 1)
    return Staging((), rows, (told,), {"discimus": frozenset(seen)}), report


def _day(text: str) -> str:
    """The ISO day in "2026-10-07T20:50:00" or "7/10/2026 20:50"; empty when there is none."""
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})", text)
    dutch = re.match(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text)
    parts = iso.groups() if iso else dutch.groups()[::-1] if dutch else ()
    try:
        return date(*map(int, parts)).isoformat() if parts else ""
    except ValueError:
        return ""
