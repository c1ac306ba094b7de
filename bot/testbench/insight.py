"""The numbers of one month as they may be shown, and what people judged of the answers."""

from __future__ import annotations

import csv
import io
import json
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Iterable, Sequence

from bot.bench.cells import safe
from bot.bench.report import interval
from bot.errors import InputError
from bot.insight import Outcome, Row
from bot.testbench.disclosure import Key, Sum, shown
from bot.testbench.previews import CHANNELS
from bot.testbench.verdicts import GOOD

TOTAL: Key = ("totaal",)
NO_THEME = "geen thema"
AT_ONCE, AFTER, REFUSED, PERSON, OTHER = (
    "meteen beantwoord", "na een keuze", "geweigerd", "naar een mens", "al de rest")
GROUPS = (AT_ONCE, AFTER, REFUSED, PERSON, OTHER)
GROUP = {Outcome.ANSWERED: AT_ONCE, Outcome.SEARCHED: AT_ONCE, Outcome.AFTER_CHOICE: AFTER,
         Outcome.OUT_OF_SCOPE: REFUSED, Outcome.NOT_UNDERSTOOD: REFUSED, Outcome.HANDOVER: PERSON}


@dataclass(frozen=True)
class Line:
    """One line of a table: its number and, by group, what became of the questions."""

    name: str
    number: int | str
    groups: tuple[int | str, ...] = ()

    def share(self, at: int) -> str:
        """The share of one group, in whole percents; empty when a number behind it is hidden."""
        part = self.groups[at]
        if isinstance(part, str) or isinstance(self.number, str) or not self.number:
            return ""
        return f"{part / self.number:.0%}"


@dataclass(frozen=True)
class Month:
    """The tables of one month, safe to show and to export."""

    name: str
    total: int | str
    days: tuple[Line, ...]
    weeks: tuple[Line, ...]
    groups: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    channels: tuple[Line, ...]
    themes: tuple[Line, ...]
    topics: tuple[Line, ...]

    def tables(self) -> dict[str, tuple[Line, ...]]:
        """Every table by its Dutch name."""
        return {"totaal": (Line("alles", self.total),), "dag": self.days, "week": self.weeks,
                "wat ervan kwam": self.groups, "in detail": self.outcomes,
                "kanaal": self.channels, "thema": self.themes, "onderwerp": self.topics}


@dataclass(frozen=True)
class Judged:
    """How many settled judgements are good, with Wilson's 95% interval (0 to 1)."""

    name: str
    good: int
    total: int
    low: float
    high: float


def span(month: str) -> tuple[date, date]:
    """The first and last day of "2026-11"; InputError for anything else."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise InputError("maand", "Kies een maand uit de lijst.") from error
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def summarise(month: str, rows: Iterable[Row], today: date) -> Month:
    """The tables of a month, up to and including yesterday.

    Months do not overlap: no two of them give away a part of another. A day that goes on is not
    in them: who looks before and after a question would see what it added.
    """
    first, last = span(month)
    last = min(last, today - timedelta(days=1))
    return _summarised(month, tuple(row for row in rows if first <= row.day <= last), first, last)


@lru_cache(maxsize=12)  # what may be shown can take a second to find, and changes once a day
def _summarised(month: str, rows: tuple[Row, ...], first: date, last: date) -> Month:
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    channels = sorted({row.channel for row in rows})
    themes = sorted({_theme(row) for row in rows})
    topics = sorted({("onderwerp", _theme(row), row.topic) for row in rows if row.topic})
    numbers: Counter[Key] = Counter()
    for row in rows:
        for key in _keys(row):
            numbers[key] += row.number
    sums = _sums(days, channels, themes)
    sums += [Sum(("thema", theme), (*parts, ("onderwerp", theme, ""))) for theme in themes
             if (parts := tuple(key for key in topics if key[1] == theme))]
    every = {key: numbers[key] for one in sums for key in one.members}
    occurring = {("kanaal", c) for c in channels} | {("thema", t) for t in themes} | set(topics)
    safe_numbers = shown(every, sums, occurring)

    def line(name: str, key: Key, cross: str = "") -> Line:
        return Line(name, safe_numbers[key], tuple(
            safe_numbers[cross, name, group] for group in GROUPS) if cross else ())

    return Month(
        month, safe_numbers[TOTAL], tuple(line(str(d), ("dag", str(d))) for d in days),
        tuple(line(w, ("week", w)) for w in _weeks(days)),
        tuple(line(g, ("groep", g)) for g in GROUPS),
        tuple(line(o.value, ("uitkomst", o.value)) for o in Outcome),
        tuple(line(c, ("kanaal", c), "kanaal-groep") for c in channels),
        _most_first(line(t, ("thema", t), "thema-groep") for t in themes),
        _most_first(line(key[2], key) for key in topics))


def _most_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """By number; the hidden ones come last, by name: their order tells nothing."""
    return tuple(sorted(lines, key=lambda line: (
        (1, 0, line.name) if isinstance(line.number, str) else (0, -line.number, line.name))))


def _keys(row: Row) -> list[Key]:
    group, theme = GROUP.get(row.outcome, OTHER), _theme(row)
    return [TOTAL, ("dag", str(row.day)), ("week", _week(row.day)), ("groep", group),
            ("uitkomst", row.outcome.value), ("kanaal", row.channel), ("thema", theme),
            ("onderwerp", theme, row.topic), ("kanaal-groep", row.channel, group),
            ("thema-groep", theme, group)]


def _sums(days: Sequence[date], channels: Sequence[str], themes: Sequence[str]) -> list[Sum]:
    """Everything that adds up, so that a hidden number stays hidden in all tables together."""
    weeks = _weeks(days)
    found = [Sum(TOTAL, tuple(("week", w) for w in weeks)),
             Sum(TOTAL, tuple(("groep", g) for g in GROUPS))]
    found += [Sum(("week", w), tuple(("dag", str(d)) for d in days if _week(d) == w))
              for w in weeks]
    found += [Sum(("groep", g), tuple(("uitkomst", o.value) for o in Outcome
                                      if GROUP.get(o, OTHER) == g)) for g in GROUPS]
    for kind, names in (("kanaal", channels), ("thema", themes)):
        if not names:
            continue
        cross = f"{kind}-groep"
        found.append(Sum(TOTAL, tuple((kind, n) for n in names)))
        found += [Sum((kind, n), tuple((cross, n, g) for g in GROUPS)) for n in names]
        found += [Sum(("groep", g), tuple((cross, n, g) for n in names)) for g in GROUPS]
    return found


def _theme(row: Row) -> str:
    return row.theme or NO_THEME


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}, week {week}"


def _weeks(days: Sequence[date]) -> list[str]:
    return list(dict.fromkeys(map(_week, days)))


def judged(verdicts: Iterable[tuple[str, str, str]], names: dict[str, str]) -> list[Judged]:
    """Correctness as people judged it: of everything, then per theme that was judged."""
    verdicts = list(verdicts)
    good = Counter(theme for _, theme, verdict in verdicts if verdict == GOOD)
    total = Counter(theme for _, theme, _ in verdicts)
    found = [_judged("alles samen", sum(good.values()), len(verdicts))] if verdicts else []
    return found + [_judged(names.get(t, t) or NO_THEME, good[t], total[t]) for t in sorted(total)]


def _judged(name: str, good: int, total: int) -> Judged:
    return Judged(name, good, total, *interval(good, total))


def to_csv(month: Month) -> str:
    """Every table below each other; what is hidden on the page is hidden here."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")  # as Excel in Belgium reads it
    writer.writerow(["maand", "tabel", "naam", "aantal", *GROUPS])
    for table, lines in month.tables().items():
        for line in lines:
            name = CHANNELS.get(line.name, line.name) if table == "kanaal" else line.name
            writer.writerow([safe(str(cell)) for cell in (
                month.name, table, name, line.number, *(line.groups or [""] * len(GROUPS)))])
    return out.getvalue()


def to_json(month: Month) -> str:
    """The same as an object; a hidden number is its words."""
    return json.dumps({"maand": month.name, "tabellen": {
        table: [{"naam": line.name, "aantal": line.number, **dict(zip(GROUPS, line.groups))}
                for line in lines] for table, lines in month.tables().items()}},
        ensure_ascii=False, indent=1)
