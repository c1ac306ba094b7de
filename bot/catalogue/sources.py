"""Read and check the source rows of the catalogue; every fault names file, row, field and fix."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.catalogue import corrections
from bot.catalogue.checks import check
from bot.catalogue.schema import TABLES, Column, Table
from bot.errors import CatalogueSourceError

Row = dict[str, Any]
SCHOOL_YEAR = re.compile(r"20\d{2}-(20)?\d{2}")
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


def places_dir(fetched: Path) -> Path:
    """Where fetched places are kept: beside the fetched schools and offers, which come apart."""
    return fetched.with_name("plaatsen")


def previous_dir(folder: Path) -> Path:
    """Where the fetched rows before the last ones are kept, to tell the difference."""
    return folder.with_name(f"{folder.name}-vorige")


def last_fetched(folder: Path) -> Path:
    """The last fetched rows: those before, after an interruption between two renames."""
    return folder if folder.exists() else previous_dir(folder)


def read_all(folder: Path, fetched: Path | None = None,
             places: Path | None = None) -> dict[str, list[Row]]:
    """Checked rows by table name; a file in `fetched` goes before the one in `folder`.

    So does one in `places`, the folder of fetched places; without it, the one beside `fetched`.
    The corrections are checked, not made: bot.catalogue.corrections does. Raises
    CatalogueSourceError with all faults found.
    """
    places = places or (places_dir(fetched) if fetched else None)
    before = [last_fetched(extra) for extra in (fetched, places) if extra]
    faults = Faults()
    rows = {table.name: _read(_file(table.file, folder, before), table, faults)
            for table in TABLES}
    faults.stop()
    _check_values(rows["correction"], faults)
    check(rows, faults.add)
    faults.stop()
    return rows


def _file(name: str, folder: Path, before: list[Path]) -> Path:
    return next((extra / name for extra in before if (extra / name).exists()), folder / name)


def _check_values(rows: list[Row], faults: Faults) -> None:
    """The value of a correction is held against the column that it corrects."""
    for number, row in enumerate(rows, corrections.FIRST_ROW):
        column = corrections.column_of(row)
        if column:
            _value(corrections.FILE, number, replace(column, source="waarde"), row["value"],
                   faults)


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
        if None in raw:
            faults.add(file.name, number, "rij", "heeft meer velden dan de eerste rij",
                       "Zet aanhalingstekens rond een waarde met een komma.")
        row = {c.name: _value(file.name, number, c, raw.get(c.source), faults)
               for c in table.columns}
        key = tuple(row[name] for name in table.key)
        if key in seen:
            faults.add(file.name, number, " + ".join(map(table.field, table.key)),
                       f"dubbele sleutel {key}", "Schrap een van de twee rijen.")
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
    if name == "valid_until" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return f"{value} is geen dag (2026-12-31)"
    if name in {"source_date", "valid_until"} and not _is_date(value):
        return f"{value} is geen datum (2026-10-09, 2026-10, 2026, 2025-2026 of zonder datum)"
    return ""


def _is_date(value: str) -> bool:
    """A day, a month, a year, a school year or "zonder datum"."""
    if value == "zonder datum" or SCHOOL_YEAR.fullmatch(value) or re.fullmatch(r"\d{4}", value):
        return True
    try:
        date.fromisoformat(f"{value}-01" if re.fullmatch(r"\d{4}-\d{2}", value) else value)
    except ValueError:
        return False
    return True
