"""Read and check the source rows of the catalogue; every fault names file, row, field and fix."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from bot.catalogue.schema import TABLES, Column, Table
from bot.errors import CatalogueSourceError

Row = dict[str, Any]
POSTCODE = re.compile(r"[1-9]\d{3}")
LAT, LON = (49.4, 51.6), (2.5, 6.5)
MAX_FAULTS = 20


class Faults:
    """Collects faults so that an editor sees up to twenty at once."""

    def __init__(self) -> None:
        self.errors: list[CatalogueSourceError] = []

    def add(self, file: str, row: int, field: str, reason: str, fix: str) -> None:
        """Remember one fault; raise when there are enough."""
        self.errors.append(CatalogueSourceError(file, row, field, reason, fix))
        if len(self.errors) >= MAX_FAULTS:
            self.stop()

    def stop(self) -> None:
        """Raise what was collected, if anything."""
        if self.errors:
            first = self.errors[0]
            more = "".join(f"\n{error}" for error in self.errors[1:])
            raise CatalogueSourceError(first.file, first.row, first.field, first.reason,
                                       first.fix + more)


def read_all(folder: Path) -> dict[str, list[Row]]:
    """Checked rows by table name. Raises CatalogueSourceError with all faults found."""
    faults = Faults()
    rows = {table.name: _read(folder / table.file, table, faults) for table in TABLES}
    faults.stop()
    for table in TABLES:
        _references(table, rows, faults)
    _programmes(rows, faults)
    faults.stop()
    return rows


def _read(file: Path, table: Table, faults: Faults) -> list[Row]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueSourceError(file.name, 0, "", f"niet leesbaar ({error})",
                                   "Zet het bestand terug als UTF-8.") from error
    reader = csv.DictReader(text.splitlines())
    missing = [c.source for c in table.columns if c.source not in (reader.fieldnames or ())]
    if missing:
        raise CatalogueSourceError(file.name, 1, ", ".join(missing), "kolom ontbreekt",
                                   "Voeg de kolom toe aan de eerste rij.")
    result, seen = [], set()
    for number, raw in enumerate(reader, 2):
        row = {c.name: _value(file.name, number, c, raw.get(c.source), faults)
               for c in table.columns}
        key = tuple(row[name] for name in table.key)
        if key in seen:
            faults.add(file.name, number, " + ".join(table.key), f"dubbele sleutel {key}",
                       "Schrap een van de twee rijen.")
        seen.add(key)
        result.append(row)
    return result


def _value(file: str, number: int, column: Column, raw: str | None, faults: Faults) -> Any:
    value = (raw or "").strip()
    if not value:
        if column.required:
            faults.add(file, number, column.source, "is leeg", "Vul een waarde in.")
        return None if column.kind is not str else ""
    try:
        typed = column.kind(value)
    except ValueError:
        faults.add(file, number, column.source, f"is geen getal: {value}", "Schrijf een getal.")
        return None
    problem = _problem(column.name, typed)
    if problem:
        faults.add(file, number, column.source, problem, "Verbeter de waarde.")
    return typed


def _problem(name: str, value: Any) -> str:
    if name == "lat" and not LAT[0] <= value <= LAT[1]:
        return f"{value} ligt niet in België"
    if name == "lon" and not LON[0] <= value <= LON[1]:
        return f"{value} ligt niet in België"
    if name == "postcode" and not POSTCODE.fullmatch(value):
        return f"{value} is geen postcode"
    if name in {"dual", "introductory", "seventh", "open"} and value not in (0, 1):
        return f"{value} is geen 0 of 1"
    if name == "source_date" and not re.fullmatch(r"\d{4}(-\d{2,4}){0,2}|zonder datum", value):
        return f"{value} is geen datum"
    return ""


def _references(table: Table, rows: dict[str, list[Row]], faults: Faults) -> None:
    for column, target, target_column in table.references:
        known = {row[target_column] for row in rows[target]}
        for number, row in enumerate(rows[table.name], 2):
            if row[column] not in known:
                faults.add(table.file, number, column, f"{row[column]} bestaat niet in {target}",
                           "Verbeter het nummer of voeg de ontbrekende rij toe.")


def _programmes(rows: dict[str, list[Row]], faults: Faults) -> None:
    numbers = {row["number"] for row in rows["programme"]}
    for number, row in enumerate(rows["programme"], 2):
        if bool(row["dual"]) != ("duaal" in row["title"].lower()):
            faults.add("opleidingen.csv", number, "duaal",
                       f"past niet bij de titel {row['title']}", "Verbeter duaal of titel.")
    for number, row in enumerate(rows["alias"], 2):
        unknown = [n for n in row["numbers"].split("|") if n not in numbers]
        if unknown:
            faults.add("aliassen.csv", number, "nummers", f"onbekend: {', '.join(unknown)}",
                       "Gebruik nummers uit opleidingen.csv.")
    schools = {(row["institution"], row["location"]) for row in rows["school"]}
    for number, row in enumerate(rows["offer"], 2):
        if (row["institution"], row["location"]) not in schools:
            faults.add("aanbod.csv", number, "instelling",
                       f"{row['institution']}-{row['location']} staat niet in scholen.csv",
                       "Voeg de school toe.")
