"""Cells of a list: what a spreadsheet would run as a formula is kept as text, and comes back whole.

In a CSV file only a mark can do that: a ' in front, that reading takes off again.
"""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
# What XML cannot hold, and so no workbook; a person can neither see nor type it.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(cell: str) -> str:
    """The cell with a ' in front when a spreadsheet would run it, or read that ' as the mark."""
    return f"'{cell}" if cell.lstrip("'").startswith(STARTS) else cell


def plain(cell: str) -> str:
    """The cell that `safe` was given."""
    marked = cell.startswith("'") and cell.lstrip("'").startswith(STARTS)
    return cell[1:] if marked else cell


def tidy(cell: str) -> str:
    """Without invisible characters, and with one kind of line end, so that every format keeps it.

    "_x000D_" is how Excel writes a carriage return.
    """
    lines = cell.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")
    return INVISIBLE.sub("", lines)
