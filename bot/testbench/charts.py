"""Charts of runs as SVG, each drawn once. The page shows the same numbers as a table."""

from __future__ import annotations

import io
import textwrap
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.bench.judge import Outcome

# Each outcome with a colour and a pattern: also without colours they can be told apart.
LOOKS = {Outcome.RIGHT: ("#14622f", ""), Outcome.CHOICE: ("#7fb2d6", "//"),
         Outcome.REFUSED: ("#c9ced6", ".."), Outcome.WRONG: ("#a11212", "xx")}
DRAWN = 50  # charts that are kept, to open a page quickly
NAME_WIDTH = 28  # letters on a line beside a bar
Counts = Mapping[Outcome, int]
Frozen = tuple[tuple[str, tuple[int, ...]], ...]  # what a chart shows: the same is drawn once
_one = threading.Lock()  # matplotlib draws letters with state of its own


def bars(groups: Mapping[str, Counts]) -> bytes:
    """A bar for each group, with the share of each outcome in percent."""
    return _bars(_frozen(groups.items()))


def lines(moments: Sequence[tuple[str, Counts]]) -> bytes:
    """The share of each outcome in percent from the first run to the last."""
    return _lines(_frozen(moments))


def _frozen(groups: Iterable[tuple[str, Counts]]) -> Frozen:
    return tuple((name, tuple(counts.get(outcome, 0) for outcome in LOOKS))
                 for name, counts in groups)


def _shares(groups: Frozen, at: int) -> list[float]:
    return [100 * counts[at] / max(sum(counts), 1) for _, counts in groups]


@lru_cache(DRAWN)
def _bars(groups: Frozen) -> bytes:
    figure, axes = _figure(0.42 * len(groups) + 1.4)
    places, left = range(len(groups)), [0.0] * len(groups)
    for at, (outcome, (colour, hatch)) in enumerate(LOOKS.items()):
        shares = _shares(groups[::-1], at)
        axes.barh(places, shares, left=left, label=outcome.value, color=colour,
                  hatch=hatch, edgecolor="white", linewidth=0.5)
        left = [a + b for a, b in zip(left, shares)]
    axes.set_xlim(0, 100)
    axes.set_xlabel("% van de vragen")
    axes.set_yticks(places)
    axes.set_yticklabels([textwrap.fill(name, NAME_WIDTH) for name, _ in groups[::-1]])
    return _svg(figure, axes)


@lru_cache(DRAWN)
def _lines(moments: Frozen) -> bytes:
    figure, axes = _figure(3.4)
    labels = [moment for moment, _ in moments]
    for at, ((outcome, (colour, _)), marker) in enumerate(zip(LOOKS.items(), "os^X")):
        shares = _shares(moments, at)
        # The two light ones need a darker line on white than in a bar.
        dark = {Outcome.CHOICE: "#0b5c8a", Outcome.REFUSED: "#6b7280"}.get(outcome, colour)
        axes.plot(range(len(labels)), shares, marker=marker, label=outcome.value, color=dark)
    axes.set_xticks(range(len(labels)))
    axes.set_xticklabels(labels, rotation=30, ha="right")
    axes.set_ylim(-3, 103)
    axes.set_ylabel("% van de vragen")
    return _svg(figure, axes)


def _figure(height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), constrained_layout=True)
    return figure, figure.subplots()


def _svg(figure: Any, axes: Any) -> bytes:
    from matplotlib import rc_context

    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncol=len(LOOKS), frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    held = io.BytesIO()
    with _one, rc_context({"svg.hashsalt": "proefbank", "hatch.linewidth": 0.6}):
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None})
    return held.getvalue()
