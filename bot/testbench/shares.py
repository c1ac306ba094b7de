"""Shares of questions as people read them here: with one decimal, and the number behind them."""

from __future__ import annotations


def percent(count: int, total: int) -> str:
    """The share in percent: "95,5 %"; of nothing that is "0,0 %"."""
    return f"{_share(count, total):.1f} %".replace(".", ",")


def share(count: int, total: int) -> str:
    """The number with its share: "21 (95,5 %)"; only the number when there is no total."""
    return f"{count} ({percent(count, total)})" if total else str(count)


def difference(before: int, after: int, total: int) -> str:
    """How much the share rose or fell, in percentage points: "+4,5", "-4,5" or "0,0"."""
    points = f"{_share(after - before, total):+.1f}"
    return ("0,0" if points[1:] == "0.0" else points).replace(".", ",")


def _share(count: int, total: int) -> float:
    return 100 * count / total if total else 0.0
