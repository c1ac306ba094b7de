"""Test lists: questions with what a person would expect, in one CSV format everywhere."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

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


def read_list(file: Path) -> list[Case]:
    """The cases of one CSV file; TestListError names the row and column that is wrong."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            header, *lines = list(csv.reader(handle)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TestListError(file.name, "", f"niet leesbaar ({error})",
                            "bewaar de lijst als CSV in UTF-8") from error
    missing = [c for c in COLUMNS if c not in header]
    if missing:
        raise TestListError(file.name, "rij 1", f"mist kolom {', '.join(missing)}",
                            f"de eerste rij moet zijn: {','.join(COLUMNS)}")
    # Rows count as in a spreadsheet: an empty line is one, a cell of two lines is not.
    rows = [(number, dict(zip_longest(header, cells)))
            for number, cells in enumerate(lines, 2) if cells]
    if len(rows) > MAX_ROWS:
        raise TestListError(file.name, "", f"heeft {len(rows)} rijen", f"hoogstens {MAX_ROWS}")
    return [_case(file, number, row) for number, row in rows]


def _case(file: Path, number: int, row: dict[str, str | None]) -> Case:
    for column in ("vraag", "onderwerp"):
        if not (row.get(column) or "").strip():
            raise TestListError(file.name, f"rij {number}", f"kolom {column} is leeg",
                                "vul ze in of schrap de rij")
    return Case(
        question=(row["vraag"] or "").strip(),
        topic=_topic(row["onderwerp"] or ""),
        also_right=tuple(map(_topic, _parts(row["ook_goed"], "|;"))),
        must_contain=_parts(row["moet_bevatten"]),
        must_not_contain=_parts(row["mag_niet_bevatten"]),
        layer=(row["laag"] or "").strip(),
        remark=(row["opmerking"] or "").strip(),
    )


def _topic(value: str) -> str:
    """A topic id, also when written with its theme; a task, also by the name of its intent."""
    name = value.strip().rpartition("/")[2]
    return TASK_NAMES.get(name, name)


def _parts(value: str | None, separators: str = "|") -> tuple[str, ...]:
    return tuple(p.strip() for p in re.split(f"[{separators}]", value or "") if p.strip())
