"""Verdicts as counts with 95% intervals, in total and per layer."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path
from typing import Callable, Iterable, Sequence

from bot.bench.cells import safe
from bot.bench.judge import Message, Outcome, Verdict, judge
from bot.bench.model import Case

OUTSIDE = "buiten_bereik"
Ask = Callable[[str], Sequence[Message]]


def run(cases: Iterable[Case], ask: Ask) -> list[Verdict]:
    """Ask every question in a conversation of its own and judge the reply."""
    return [judge(case, ask(case.question)) for case in cases]


def interval(hits: int, total: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share, both ends 0 to 1."""
    if total == 0:
        return 0.0, 1.0
    z, p = 1.96, hits / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def table(verdicts: Sequence[Verdict]) -> str:
    """A table with a line for each layer within the subject, for what is outside it, and the total.

    Outside the subject "juist" is refused, "of keuze" refused or offered choices, "fout" answered.
    """
    inside = [v for v in verdicts if v.case.topic != OUTSIDE]
    outside = [v for v in verdicts if v.case.topic == OUTSIDE]
    layers = sorted({v.case.layer for v in inside if v.case.layer})
    lines = [f"{'laag':<20}{'n':>5}{'juist':>8}{'of keuze':>10}{'fout':>7}{'geweigerd':>11}"
             "   95% juist"]
    for layer in layers:
        lines.append(_line(layer, [v for v in inside if v.case.layer == layer]))
    if inside and outside:
        lines += [_line("binnen bereik", inside), _line("buiten bereik", outside)]
    lines.append(_line("totaal", verdicts))
    return "\n".join(lines)


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    count = Counter(v.outcome for v in verdicts)
    total = len(verdicts)
    right = count[Outcome.RIGHT]
    within = right + count[Outcome.CHOICE]
    low, high = interval(right, total)
    return (f"{name:<20}{total:>5}{_share(right, total):>8}{_share(within, total):>10}"
            f"{_share(count[Outcome.WRONG], total):>7}"
            f"{_share(count[Outcome.REFUSED], total):>11}   {low:.0%}-{high:.0%}")


def _share(hits: int, total: int) -> str:
    return f"{hits / total:.1%}" if total else "-"


def write(verdicts: Iterable[Verdict], file: Path) -> None:
    """Every verdict as a CSV row. Cells that a spreadsheet would run as a formula are quoted."""
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["vraag", "onderwerp", "laag", "oordeel", "soort", "gekregen", "reden",
                         "antwoord"])
        for v in verdicts:
            writer.writerow([safe(c) for c in (
                v.case.question, v.case.topic, v.case.layer, v.outcome.value, v.kind, v.topic,
                v.reason, v.text)])
