"""Test lists: questions with what a person would expect, in one CSV format everywhere."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Iterable, Iterator, Sequence

from bot.bench.cells import plain, separator_of
from bot.errors import TestListError

COLUMNS = ("vraag", "onderwerp", "ook_goed", "moet_bevatten", "mag_niet_bevatten", "laag",
           "opmerking")
MAX_ROWS = 5000
TASK_NAMES = {"taak:opleiding_info": "taak:opleiding", "taak:overdracht": "taak:hulp"}


@dataclass(frozen=True)
class Case:
    """One question. `topic` is a topic id, `buiten_bereik`, `nood` or `taak:<naam>`."""

    question: str
    topic: str
    also_right: tuple[str, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    layer: str = ""
    remark: str = ""


@dataclass(frozen=True)
class RowError:
    """What is wrong with one row, counted as in a spreadsheet, and what to do about it."""

    row: int
    column: str
    reason: str
    fix: str


def read_list(file: Path) -> list[Case]:
    """The cases of one CSV file; TestListError names the row and column that is wrong."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            separator = separator_of(handle.readline())
            handle.seek(0)
            header, *lines = [[plain(cell) for cell in line]
                              for line in csv.reader(handle, delimiter=separator)] or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TestListError(file.name, "", f"niet leesbaar ({error})",
                            "bewaar de lijst als CSV in UTF-8") from error
    missing = [c for c in COLUMNS if c not in header]
    if missing:
        raise TestListError(file.name, "rij 1", f"mist kolom {', '.join(missing)}",
                            f"de eerste rij moet zijn: {','.join(COLUMNS)}")
    # Rows count as in a spreadsheet: an empty line is one, a cell of two lines is not.
    rows = [(number, cells) for number, cells in enumerate(lines, 2) if cells]
    if len(rows) > MAX_ROWS:
        raise TestListError(file.name, "", f"heeft {len(rows)} rijen", f"hoogstens {MAX_ROWS}")
    cases = []
    for _, case in read_rows(header, rows):
        if isinstance(case, RowError):
            raise TestListError(file.name, f"rij {case.row}",
                                f"kolom {case.column} {case.reason}", case.fix)
        cases.append(case)
    return cases


def read_rows(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
              ) -> Iterator[tuple[int, Case | RowError]]:
    """A case for each numbered row of cells, or each thing that is wrong with it; with its number.

    The columns may stand in any order, others are passed over, and one that is not there is empty.
    """
    for number, cells in rows:
        row = {column: (cell or "").strip() for column, cell in zip_longest(header, cells)}
        empty = [column for column in ("vraag", "onderwerp") if not row.get(column)]
        if empty:
            yield from ((number, RowError(number, column, "is leeg", "vul het in of schrap de rij"))
                        for column in empty)
        else:
            yield number, _case({column: row.get(column, "") for column in COLUMNS})


def as_row(case: Case) -> tuple[str, ...]:
    """The cells of a case in the order of COLUMNS; `read_rows` makes the same case of them."""
    return (case.question, case.topic, "|".join(case.also_right), "|".join(case.must_contain),
            "|".join(case.must_not_contain), case.layer, case.remark)


def _case(row: dict[str, str]) -> Case:
    return Case(
        question=row["vraag"],
        topic=_topic(row["onderwerp"]),
        also_right=tuple(map(_topic, _parts(row["ook_goed"], "|;"))),
        must_contain=_parts(row["moet_bevatten"]),
        must_not_contain=_parts(row["mag_niet_bevatten"]),
        layer=row["laag"],
        remark=row["opmerking"],
    )


def _topic(value: str) -> str:
    """A topic id, also when written with its theme; a task, also by the name of its intent."""
    name = value.strip().rpartition("/")[2]
    return TASK_NAMES.get(name, name)


def _parts(value: str, separators: str = "|") -> tuple[str, ...]:
    return tuple(p.strip() for p in re.split(f"[{separators}]", value) if p.strip())
