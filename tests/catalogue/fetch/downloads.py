"""The files that people download, as small as can be: locations, Discimus, 1 February."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from bot.catalogue.fetch.files import read_files
from bot.catalogue.staging import Staging
from tests.catalogue.conftest import TODAY

YEAR = "2026-2027"
PROGRAMMES = [
    {"nummer": number, "titel": title, "leerjaren": years, "opleidingsvorm": form}
    for number, title, years, form in (
        ("88", "Elektrische installaties duaal", "5|6", ""),
        ("188", "Elektrische installaties", "5|6", ""),
        ("146", "Sanitaire en verwarmingsinstallaties duaal", "5|6", ""),
        ("822", "Elektrotechnicus duaal", "7", ""),
        ("23", "Bandenmonteur duaal", "3|4", ""),
        ("22", "Bandenmonteur duaal", "", "OV3"),
        ("972", "Applicatie- en databeheer duaal", "5|6", ""),
        ("973", "Applicatie- en databeheer duaal", "5|6", ""),
    )]
LOCATION = {
    "schoolnummer": "18", "intern_vplnummer": "01", "net": "Gemeenschapsonderwijs",
    "naam": "School; met \"puntkomma\"", "hoofdzetel": "True",
    "adres": "Markt 1, 1000 Brussel", "straat": "Markt", "huisnummer": "1", "busnummer": "",
    "postcode": "1000", "gemeente": "Brussel", "niscode": "21004",
    "provincie": "Brussels Hoofdstedelijk Gewest", "lx": "149000", "ly": "170900",
    "telefoon": "02 555 55 55", "fax": "", "e-mail": "persoon@example.org",
    "website": "www.example.org", "beheerder(s)": "Een Persoon", "begindatum": "01/01/0001",
    "einddatum": "31/12/4444", "ingerichte hoofdstructuren": "311-312"}
GROUP = {
    "schooljaar": 2026, "nummer_instelling": 18, "naam_instelling": "School",
    "intern_volgnr_vpl": 1, "nummer_hoofdstructuur": "312",
    "naam_administratieve_groep": "1e leerjaar van de 3e graad Elektrische installaties duaal DBSO",
    "onderwijsvorm": "BSO", "opleidingsvorm_buso": None, "graad": "3", "leerjaar": 1,
    "studierichting": "Elektrische installaties duaal", "geslacht": "M",
    "aantal_lln_op_teldag_01_10": 7, "tijdstip_gegevens": datetime(2026, 10, 7, 20, 50)}
COUNT = {
    "instellingsnummer": "18", "intern_volgnr_vpl": "01", "opleidingsvorm": "",
    "administratieve_groep": "2e leerjaar in de 3e graad Elektrische installaties duaal BSO",
    "studierichting": "", "onderwijsvorm": "BSO", "aantal_inschrijvingen": "3"}


def locations(folder: Path, *changes: dict[str, str], end: str = "\r") -> Path:
    file = folder / "vestigingen.csv"
    return _csv(file, [{**LOCATION, **change} for change in changes or ({},)], end)


def discimus(folder: Path, *changes: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(GROUP))
    for change in changes or ({},):
        sheet.append(list({**GROUP, **change}.values()))
    file = folder / "leerlingenaantallen_discimus_voorlopig_1.xlsx"
    book.save(file)
    return file


def enrolments(folder: Path, *changes: dict[str, str],
               name: str = f"inschrijvingen-leerplicht-instellingen-dataset-{YEAR}-1feb.csv",
               ) -> Path:
    return _csv(folder / name, [{**COUNT, **change} for change in changes or ({},)], "\n")


def _csv(file: Path, rows: list[dict[str, str]], end: str) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return file


def read(places: Path, offers: Path, year: str = YEAR) -> tuple[Staging, list[str]]:
    return read_files(places, offers, PROGRAMMES, year, TODAY)


def group(text: str, **more: Any) -> dict[str, Any]:
    return {"naam_administratieve_groep": text, "studierichting": None, **more}
