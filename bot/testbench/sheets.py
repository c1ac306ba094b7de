"""An uploaded test list: whatever Excel or LibreOffice wrote, read row by row, or why it cannot be.

One file is read at a time, row by row; what is empty is dropped at once, and reading stops at the
first row too many.
"""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Collection

from rapidfuzz import fuzz, process, utils

from bot.answers.words import listing
from bot.bench.cells import plain, separator_of, tidy
from bot.bench.judge import TASK_KINDS
from bot.bench.model import MAX_ROWS, Case, RowError, as_row, read_rows
from bot.errors import InputError
from bot.testbench.workbooks import MAX_COLUMNS, MAX_LINES, sheets_of, shown_in, unreadable

NEEDED = ("vraag", "onderwerp")
OTHER_TOPICS = ("buiten_bereik", "nood", *(f"taak:{name}" for name in TASK_KINDS))
NEAR = 75  # of 100: "mentr" is near "mentor", "stageplaats" is near nothing
MAX_CELL = 32_767
MAX_TEXT = 8_000_000  # signs of all cells together
MAX_SEPARATORS = 10_000  # of one row
TOP = 20  # rows in which a sheet must have its header
PATIENCE = 20.0  # seconds that an upload waits for another one
READING = threading.Lock()
Numbered = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """What an upload holds: the good rows by their row in the file, and all that is wrong."""

    rows: tuple[tuple[int, Case], ...]
    errors: tuple[RowError, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The good rows without their number."""
        return tuple(case for _, case in self.rows)

    @property
    def wrong_rows(self) -> int:
        """How many rows cannot be used."""
        return len({error.row for error in self.errors})


def read_sheet(data: bytes, topics: Collection[str]) -> Sheet:
    """The rows of an .xlsx or .csv file, whatever its name; `topics` are the ids that exist.

    InputError when the file as a whole cannot be used.
    """
    if not READING.acquire(timeout=PATIENCE):
        raise InputError("bezig", "Er wordt net een andere lijst gelezen. Probeer het zo meteen "
                         "opnieuw.")
    try:
        lines = _workbook(data) if data[:2] == b"PK" else _filled(_csv(data))
    finally:
        READING.release()
    header = [re.sub(r"\s+", "_", cell.strip().casefold()) for cell in lines[0][1]] \
        if lines else []
    missing = [column for column in NEEDED if column not in header]
    if missing:
        word = "kolom" if len(missing) == 1 else "kolommen"
        raise InputError("kolommen", f"De eerste rij mist de {word} {listing(missing)}. "
                         "Begin van het sjabloon: daar staan alle kolommen juist.")
    rows = lines[1:]
    if not rows:
        raise InputError("leeg", "De lijst heeft geen enkele vraag. Vul minstens een rij in.")
    if len(rows) > MAX_ROWS:
        raise InputError("rijen", f"De lijst heeft meer dan {MAX_ROWS} rijen. Hoogstens {MAX_ROWS} "
                         "kan: splits ze in twee lijsten.")
    good: list[tuple[int, Case]] = []
    errors: list[RowError] = []
    known = {*topics, *OTHER_TOPICS}
    for number, found in read_rows(header, rows):
        wrong = [found] if isinstance(found, RowError) else list(_faults(number, found, known))
        errors += wrong
        if isinstance(found, Case) and not wrong:
            good.append((number, found))
    return Sheet(tuple(good), tuple(errors))


def _faults(number: int, case: Case, known: Collection[str]) -> Iterator[RowError]:
    """A topic that does not exist, and a cell that no spreadsheet can hold."""
    for column, names in (("onderwerp", (case.topic,)), ("ook_goed", case.also_right)):
        for name in names:
            if name not in known:
                near = process.extractOne(name, list(known), scorer=fuzz.ratio,
                                          processor=utils.default_process, score_cutoff=NEAR)
                yield RowError(number, column, f"kent het onderwerp \"{name[:60]}\" niet",
                               f"bedoel je {near[0]}" if near else "kijk op blad Onderwerpen")
    if max(map(len, as_row(case))) > MAX_CELL:
        yield RowError(number, "vraag", "heeft een cel die te lang is",
                       f"gebruik hoogstens {MAX_CELL} tekens in een cel")


def _filled(lines: Iterable[Iterable[str]], most: int = MAX_ROWS + 2) -> list[Numbered]:
    """The rows that are not empty with their number, up to one more than a list may have."""
    found: list[Numbered] = []
    size = 0
    for number, line in enumerate(lines, 1):
        if number > MAX_LINES:
            raise InputError("rijen", f"De lijst heeft meer dan {MAX_LINES} regels, ook lege. "
                             "Kopieer de rijen met vragen naar een nieuw bestand.")
        cells = list(islice(line, MAX_COLUMNS))
        if not any(cell.strip() for cell in cells):
            continue
        size += sum(map(len, cells))
        if size > MAX_TEXT:
            raise InputError("te_groot", "De lijst bevat te veel tekst. Splits ze in twee lijsten.")
        found.append((number, cells))
        if len(found) >= most:
            break
    return found


def _csv(data: bytes) -> Iterator[Iterable[str]]:
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep="):  # Excel's own note to itself
        text = rest
    separator = separator_of(text.partition("\n")[0])
    in_row = 0

    def read() -> Iterator[str]:
        nonlocal in_row
        for line in io.StringIO(text, newline=""):
            in_row += line.count(separator)
            if in_row > MAX_SEPARATORS:  # before a cell is made of each
                raise InputError("kolommen", "Een rij heeft te veel kolommen. Begin van het "
                                 "sjabloon: daar staan alle kolommen juist.")
            yield line

    try:
        for cells in csv.reader(read(), delimiter=separator):
            in_row = 0
            yield (tidy(plain(cell)) for cell in cells)
    except csv.Error as error:
        raise InputError("bestand", "Dit bestand is geen leesbare CSV. Open het in Excel of "
                         "LibreOffice en bewaar het opnieuw.") from error


def _workbook(data: bytes) -> list[Numbered]:
    """The list may be on any sheet; when no sheet has its header, the top of the first one."""
    top: list[Numbered] | None = None
    for sheet in sheets_of(data):
        lines = ((shown_in(value) for value in line) for line in sheet)
        try:
            first = _filled(lines, TOP)
            if any({cell.strip().casefold() for cell in line} >= set(NEEDED) for _, line in first):
                read = first[-1][0]
                rest = _filled(lines, MAX_ROWS + 2 - len(first)) if len(first) == TOP else []
                return first + [(number + read, line) for number, line in rest]
        except InputError:
            raise
        except Exception as error:  # openpyxl raises whatever it meets on a broken file
            raise unreadable() from error
        top = first if top is None else top
    return top or []


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
