"""Bars of the numbers on the insight page, drawn on the server; a hidden number has no bar."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Sequence

from bot.testbench.disclosure import FEW
from bot.testbench.insight import Line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWN = 50  # charts kept
BLUE, INK = "#0b5c8a", "#1d1d1f"


@lru_cache(maxsize=DRAWN)
def chart(lines: tuple[Line, ...], title: str, lying: bool = True) -> bytes:
    """What `bars` draws, once for the same numbers of the same month (it is in the title)."""
    return bars(lines, title, lying)


def bars(lines: Sequence[Line], title: str, lying: bool = True) -> bytes:
    """An SVG with a bar for each line, lying or standing; the same lines give the same bytes."""
    import matplotlib
    from matplotlib.figure import Figure  # no pyplot: several threads may draw

    names = [line.name for line in lines]
    heights = [0 if isinstance(line.number, str) else line.number for line in lines]
    with matplotlib.rc_context({"svg.hashsalt": "duaalwijzer", "font.size": 11}):
        figure = Figure(figsize=(8, max(2.2, 0.42 * len(lines) + 1) if lying else 3.4),
                        layout="constrained")
        axes = figure.subplots()
        places = range(len(lines))
        if lying:
            axes.barh(places, heights, color=BLUE)
            axes.set_yticks(places, names)
            axes.invert_yaxis()
        else:
            axes.bar(places, heights, color=BLUE)
            axes.set_xticks(places, [name[-2:].lstrip("0") for name in names])
        for place, line in zip(places, lines):
            _label(axes, place, line, lying)
        axes.set_title(title, loc="left")
        axes.spines[["top", "right"]].set_visible(False)
        axes.margins(**{"x" if lying else "y": 0.18})
        return _svg(figure)


def _label(axes: object, place: int, line: Line, lying: bool) -> None:
    hidden = isinstance(line.number, str)
    if not line.number and not lying:
        return
    text = str(line.number)
    if hidden and not lying:
        text = "<5" if line.number == FEW else "?"
    height = 0 if hidden else line.number
    axes.annotate(  # type: ignore[attr-defined]
        text, (height, place) if lying else (place, height), color=INK,
        xytext=(4, 0) if lying else (0, 3), textcoords="offset points",
        va="center" if lying else "bottom", ha="left" if lying else "center", fontsize=9)


def _svg(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
