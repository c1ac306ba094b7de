"""An uploaded test list: whatever Excel or LibreOffice wrote, read row by row, or why it cannot be.

A file is refused before anything unpacks or parses it when it is a bomb. Macros, links to other
files and pictures are never looked at; a formula is only its text.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Collection

from rapidfuzz import process

from bot.bench.cells import plain, tidy
from bot.bench.judge import TASK_KINDS
from bot.bench.model import MAX_ROWS, Case, RowError, as_row, read_rows
from bot.errors import InputError

NEEDED = ("vraag", "onderwerp")
OTHER_TOPICS = ("buiten_bereik", "nood", *(f"taak:{name}" for name in TASK_KINDS))
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of a whole workbook; 5,000 rows take about 3 MB
MAX_RATIO = 200  # of a part of at least 1 MB; real sheets stay below 60
MAX_PARTS = 500
MAX_COLUMNS, MAX_LINES, MAX_CELL = 60, 20_000, 32_767
DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
XML_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"iso-8859-1")
Lines = list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """What an upload holds: the good rows, and everything that is wrong with the others."""

    cases: tuple[Case, ...]
    errors: tuple[RowError, ...]

    @property
    def wrong_rows(self) -> int:
        """How many rows cannot be used."""
        return len({error.row for error in self.errors})


def read_sheet(data: bytes, topics: Collection[str]) -> Sheet:
    """The rows of an .xlsx or .csv file, whatever its name; `topics` are the ids that exist.

    InputError when the file as a whole cannot be used.
    """
    lines = _workbook(data) if data[:2] == b"PK" else _csv(data)
    at = next((i for i, line in enumerate(lines) if any(line)), None)
    header = [re.sub(r"\s+", "_", cell.strip().casefold()) for cell in lines[at]] \
        if at is not None else []
    missing = [column for column in NEEDED if column not in header]
    if at is None or missing:
        raise InputError("kolommen", f"De eerste rij mist de kolom {' en '.join(missing)}. "
                         "Begin van het sjabloon: daar staan alle kolommen juist.")
    rows = [(number, line) for number, line in enumerate(lines[at + 1:], at + 2)
            if any(cell.strip() for cell in line)]
    if not rows:
        raise InputError("leeg", "De lijst heeft geen enkele vraag. Vul minstens een rij in.")
    if len(rows) > MAX_ROWS:
        raise InputError("rijen", f"De lijst heeft {len(rows)} rijen. Hoogstens {MAX_ROWS} kan: "
                         "splits ze in twee lijsten.")
    cases: list[Case] = []
    errors: list[RowError] = []
    known = {*topics, *OTHER_TOPICS}
    for number, found in read_rows(header, rows):
        wrong = [found] if isinstance(found, RowError) else list(_faults(number, found, known))
        errors += wrong
        if isinstance(found, Case) and not wrong:
            cases.append(found)
    return Sheet(tuple(cases), tuple(errors))


def _faults(number: int, case: Case, known: Collection[str]) -> Iterator[RowError]:
    """A topic that does not exist, and a cell that no spreadsheet can hold."""
    for column, names in (("onderwerp", (case.topic,)), ("ook_goed", case.also_right)):
        for name in names:
            if name not in known:
                near = process.extractOne(name, list(known))
                yield RowError(number, column, f"kent het onderwerp \"{name[:60]}\" niet",
                               f"bedoel je {near[0]}" if near else "kijk op blad Onderwerpen")
    if max(map(len, as_row(case))) > MAX_CELL:
        yield RowError(number, "vraag", "heeft een cel die te lang is",
                       f"gebruik hoogstens {MAX_CELL} tekens in een cel")


def _csv(data: bytes) -> Lines:
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep="):  # Excel's own note to itself
        text = rest
    separator = max(";,\t", key=text.partition("\n")[0].count)
    try:
        return [[tidy(plain(cell)) for cell in line]
                for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise InputError("bestand", "Dit bestand is geen leesbare CSV. Open het in Excel of "
                         "LibreOffice en bewaar het opnieuw.") from error


def _decoded(data: bytes) -> str:
    """As spreadsheets write it: UTF-8, UTF-16 or, in older ones, Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries = ["utf-16"]
    elif b"\0" in data[:200]:
        tries = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        tries = ["utf-8-sig", "cp1252"]
    for encoding in tries:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("bestand", "Dit bestand is geen Excel-bestand en geen CSV. Bewaar de lijst "
                     "als .xlsx, of als CSV in UTF-8.")


def _workbook(data: bytes) -> Lines:
    refused = InputError("bestand", "Dit Excel-bestand is niet leesbaar. Open het, bewaar het "
                         "opnieuw als .xlsx en probeer nog eens.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _no_bomb(archive)
            for part in archive.infolist():
                _plain_xml(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError,
            zlib.error) as error:
        raise refused from error
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = [[[_cell(value) for value in line]
                   for line in sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS,
                                               values_only=True)] for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever it meets on a broken file
        raise refused from error
    # The list may be on any sheet: our own template has three.
    return next((lines for lines in sheets if any(
        {cell.strip().casefold() for cell in line} >= set(NEEDED) for line in lines[:20])),
        sheets[0] if sheets else [])


def _no_bomb(archive: zipfile.ZipFile) -> None:
    """InputError when the contents are too big, by what the directory of the zip says."""
    parts = archive.infolist()
    wide = any(p.file_size > 1024 * 1024 and p.file_size > MAX_RATIO * max(p.compress_size, 1)
               for p in parts)
    if wide or len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
        raise InputError("te_groot", "Dit Excel-bestand is te groot als het uitgepakt wordt. "
                         "Kopieer de lijst naar een nieuw bestand.")


def _plain_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """InputError for entities, which grow without end, and for a size that the directory hides.

    Python's zipfile never unpacks more than the directory says, but does not say that it stopped.
    """
    seen, before = 0, b""
    with archive.open(part) as opened:
        while chunk := opened.read(64 * 1024):
            text = chunk.replace(b"\0", b"")  # UTF-16 reads as ASCII then
            declared = DECLARED.search(text) if not seen else None
            if b"<!DOCTYPE" in before + text or b"<!ENTITY" in before + text or (
                    declared and declared[1].lower() not in XML_ENCODINGS):
                raise InputError("bestand", "Dit Excel-bestand bevat iets dat niet in een "
                                 "testlijst hoort. Kopieer de lijst naar een nieuw bestand.")
            seen, before = seen + len(chunk), text[-10:]
            if seen > MAX_UNPACKED:
                raise InputError("te_groot", "Dit Excel-bestand is te groot.")


def _cell(value: object) -> str:
    """What a person sees in the cell; of a formula its text."""
    value = getattr(value, "text", value)  # a formula over several cells
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return tidy(str(value))
