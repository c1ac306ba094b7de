"""The open data with enrolments on 1 February (CSV): a group with learners proves it ran."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Sequence

from bot.catalogue.fetch.groups import ProgrammeTitles
from bot.catalogue.fetch.offers import OfferRows, check_school_year, school_year
from bot.catalogue.fetch.tables import csv_rows, filled, retrieval
from bot.catalogue.staging import Row, Staging
from bot.errors import CatalogueSourceError

SOURCE = "Onderwijs Vlaanderen, open data inschrijvingen (telling 1 februari)"
HOST = "https://opendata.dataplatform-onderwijs.vlaanderen.be/dataloep"
COLUMNS = {"institution": "instellingsnummer", "location": "intern_volgnr_vpl",
           "group": "administratieve_groep", "learners": "aantal_inschrijvingen"}
FORMS = {"BSO", "TSO", "KSO"}
SPECIAL = re.compile(r"beroepsonderwijs|ov\s*3|opleidingsvorm\s*3|3", re.IGNORECASE)


def read_enrolments(file: Path, programmes: Sequence[Row], wanted: str,
                    today: str) -> tuple[Staging, list[str]]:
    """Offers of school year `wanted` ("2025-2026") and a report of the groups left out.

    The school year is in a column or in the file's name, as the source gives it. Raises
    CatalogueSourceError when the file, a row or the school year cannot be trusted.
    """
    seen: set[str] = set()
    years: set[str] = set()
    named = _year_in_name(file)
    url = f"{HOST}/inschrijvingen-leerplicht-instellingen-dataset-{wanted}-1feb.csv"
    fixed = {"schooljaar": wanted, "bron": SOURCE, "bron_url": url,
             "bron_datum": f"{int(wanted[:4]) + 1}-02-01"}
    offers = OfferRows(file, ProgrammeTitles(programmes), COLUMNS, fixed)
    number = 1
    for number, row in filled(csv_rows(file, tuple(COLUMNS.values())), seen):
        year = school_year(row["schooljaar"]) if "schooljaar" in row else named
        if year is None:
            raise CatalogueSourceError(
                file.name, number, "schooljaar", "staat niet in het bestand en niet in zijn naam",
                f"Geef het bestand de naam van de bron terug, met {wanted} erin.")
        years.add(year)
        if year != wanted:
            continue
        form = row.get("onderwijsvorm", "").upper()
        offers.add(number, row, special=bool(SPECIAL.fullmatch(row.get("opleidingsvorm", ""))),
                   variant=form if form in FORMS else "")
    rows, report = offers.result()
    check_school_year(file, years, wanted)
    told = retrieval(file, SOURCE, url, today, number - 1)
    return Staging((), rows, (told,), {"inschrijvingen": frozenset(seen)}), report


def _year_in_name(file: Path) -> str | None:
    found = re.search(r"20\d{2}-20\d{2}", file.name)
    return school_year(found[0]) if found else None
