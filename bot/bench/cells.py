"""Cells of a list: what a spreadsheet would run as a formula is kept as text, and comes back whole.

In a CSV file only a mark can do that: a ' in front, that reading takes off again.
"""

from __future__ import annotations

import re

SEPARATORS = ";,\t"
# Where a cell begins, also for a program that splits at another separator than the one written or
# inside what it does not see as quoted, and what it would run there.
RUN = re.compile(r"""(^|[;,\t\n\r])(?=["']*[=+\-@\t\r])""")
MARKED = re.compile(r"""(^|[;,\t\n\r])'(?=["']*[=+\-@\t\r])""")
# What XML cannot hold, and so no workbook; a person can neither see nor type it.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def separator_of(header: str) -> str:
    """What stands between the cells, by the first line: Excel in Belgium writes semicolons."""
    return max(SEPARATORS, key=header.count)


def safe(cell: str) -> str:
    """The cell with a ' in front of what a spreadsheet would run, or read that ' as the mark."""
    return RUN.sub(r"\1'", cell)


def plain(cell: str) -> str:
    """The cell that `safe` was given."""
    return MARKED.sub(r"\1", cell)


def tidy(cell: str) -> str:
    """Without invisible characters, and with one kind of line end, so that every format keeps it.

    "_x000D_" is how Excel writes a carriage return.
    """
    lines = cell.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")
    return INVISIBLE.sub("", lines)
