"""Fetched rows before they are trusted: what every source gives, and how it is kept in a folder.

The rows have the columns of data/catalogue/scholen.csv and aanbod.csv, all values as text.
"""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Mapping

from bot.catalogue.schema import TABLES
from bot.errors import CatalogueSourceError

Row = dict[str, str]
FILES = {"school": "scholen.csv", "offer": "aanbod.csv", "place": "plaatsen.csv",
         "municipality": "gemeenten.csv"}
RECORD = "ophaling.json"


@dataclass(frozen=True)
class Retrieval:
    """One retrieval of one product: when (ISO date-time), how many records, and their SHA-256."""

    source: str
    url: str
    retrieved_at: str
    records: int
    sha256: str


@dataclass(frozen=True)
class Staging:
    """Schools and offers of one retrieval; `seen` has the fields met in each product."""

    schools: tuple[Row, ...]
    offers: tuple[Row, ...]
    retrievals: tuple[Retrieval, ...] = ()
    seen: Mapping[str, frozenset[str]] = field(default_factory=dict)


def write_staging(folder: Path, staging: Staging) -> None:
    """Write both tables and the record of the retrieval; the folder is made."""
    write_table(folder, "school", staging.schools)
    write_table(folder, "offer", staging.offers)
    record = {"ophalingen": [asdict(r) for r in staging.retrievals],
              "velden": {product: sorted(names) for product, names in staging.seen.items()}}
    (folder / RECORD).write_text(json.dumps(record, indent=2), encoding="utf-8")


def write_table(folder: Path, name: str, rows: tuple[Row, ...]) -> None:
    """Write the rows of one table as its source file; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILES[name]).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, _columns(name, rows), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_table(folder: Path, name: str) -> tuple[Row, ...]:
    """The rows of one table as text, from its source file."""
    with (folder / FILES[name]).open(encoding="utf-8-sig", newline="") as handle:
        return tuple(csv.DictReader(handle))


def read_staging(folder: Path) -> Staging:
    """What `write_staging` wrote; a folder without a record has its rows only."""
    record = folder / RECORD
    try:
        told = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
        return Staging(
            read_table(folder, "school"), read_table(folder, "offer"),
            tuple(Retrieval(**r) for r in told.get("ophalingen", ())),
            {product: frozenset(names) for product, names in told.get("velden", {}).items()})
    except (OSError, ValueError, TypeError) as error:
        raise CatalogueSourceError(folder.name, 0, "", f"niet leesbaar ({error})",
                                   "Haal de gegevens opnieuw op.") from error


def _columns(name: str, rows: tuple[Row, ...]) -> list[str]:
    """The columns of the table, then what the rows have beside them, in the order met."""
    table = next(t for t in TABLES if t.name == name)
    known = [column.source for column in table.columns]
    more = [key for row in rows for key in row if key not in known]
    return [*known, *dict.fromkeys(more)]
