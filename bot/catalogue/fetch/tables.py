"""Reads rows of the files people download by hand: CSV with any line end, and xlsx.

Column names are given without case and outer spaces; every value is text without outer spaces.
"""

from __future__ import annotations

import csv
import hashlib
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Iterable, Iterator, Sequence
from xml.etree.ElementTree import ParseError

import openpyxl

from bot.catalogue.staging import Retrieval, Row
from bot.errors import CatalogueSourceError

NumberedRow = tuple[int, Row]
AGAIN = "Download het bestand opnieuw en geef het ongewijzigd mee."


def csv_rows(file: Path, required: Sequence[str]) -> Iterator[NumberedRow]:
    """Rows of a UTF-8 CSV with their row number (the header is row 1); `;` or `,` is recognised.

    Lines may end in CR, LF or both. Raises CatalogueSourceError when the file cannot be read, a
    required column is missing or a row does not have as many fields as the header.
    """
    try:
        # Universal newlines: the official lists end their lines with a lone CR.
        with file.open(encoding="utf-8-sig", newline=None) as handle:
            first = handle.readline()
            delimiter = ";" if first.count(";") >= first.count(",") else ","
            header = _header(file, next(csv.reader([first], delimiter=delimiter), []), required)
            for number, values in enumerate(csv.reader(handle, delimiter=delimiter), 2):
                if not any(values):
                    continue
                if len(values) != len(header):
                    raise CatalogueSourceError(
                        file.name, number, "rij", f"heeft {len(values)} velden in plaats van "
                        f"{len(header)}", AGAIN)
                yield number, {name: value.strip() for name, value in zip(header, values)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(file, error) from error


def xlsx_rows(file: Path, required: Sequence[str]) -> Iterator[NumberedRow]:
    """Rows of the first sheet of an xlsx with their row number, read one at a time.

    Raises CatalogueSourceError when the file cannot be read or a required column is missing.
    """
    try:
        with file.open("rb") as handle:
            book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
            rows = iter(book.worksheets[0].iter_rows(values_only=True))
            header = _header(file, [_text(cell) for cell in next(rows, ())], required)
            for number, cells in enumerate(rows, 2):
                values = [_text(cell) for cell in cells]
                if any(values):
                    values += [""] * (len(header) - len(values))
                    yield number, dict(zip(header, values))
            book.close()
    except (OSError, zipfile.BadZipFile, zlib.error, ParseError, KeyError, IndexError,
            ValueError, EOFError) as error:
        raise _unreadable(file, error) from error


def is_xlsx(file: Path) -> bool:
    """Whether the content, not the name, is that of an xlsx."""
    return zipfile.is_zipfile(file)


def retrieval(file: Path, source: str, url: str, day: str, records: int) -> Retrieval:
    """The record of one file taken in on `day` (ISO date)."""
    digest = hashlib.sha256()
    with file.open("rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return Retrieval(source, url, f"{day}T00:00:00", records, digest.hexdigest())


def filled(rows: Iterable[NumberedRow], seen: set[str]) -> Iterator[NumberedRow]:
    """The same rows; `seen` gets every column that has a value in at least one of them."""
    for number, row in rows:
        seen.update(name for name, value in row.items() if value)
        yield number, row


def whole_number(value: str) -> str | None:
    """A number as the catalogue writes it: "01", "1.0" and "1" are "1"; None when it is none."""
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return None
    return str(int(number)) if number.is_integer() and number >= 0 else None


def _header(file: Path, names: Sequence[str], required: Sequence[str]) -> list[str]:
    header = [name.strip().lower() for name in names]
    missing = [name for name in required if name not in header]
    if missing:
        raise CatalogueSourceError(
            file.name, 1, ", ".join(missing), "kolom ontbreekt",
            "Kijk na of dit het juiste bestand is; hernoemde de bron een kolom, pas dan de "
            "inlezer aan.")
    return header


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _unreadable(file: Path, error: Exception) -> CatalogueSourceError:
    return CatalogueSourceError(file.name, 0, "bestand", f"niet leesbaar ({error})", AGAIN)
