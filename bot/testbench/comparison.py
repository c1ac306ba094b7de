"""Two runs of the same list side by side: what got better, what worse, what is only different."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.judge import Outcome
from bot.testbench.results import theme_of
from bot.testbench.runs import Result

# A refusal does no harm, a wrong answer does.
WORTH = {Outcome.WRONG: 0, Outcome.REFUSED: 1, Outcome.CHOICE: 2, Outcome.RIGHT: 3}
Pair = tuple[Result, Result]


@dataclass(frozen=True)
class Line:
    """How many questions of a theme had each outcome, before and after; "" is every theme."""

    theme: str
    total: int
    before: Counter[Outcome]
    after: Counter[Outcome]


@dataclass(frozen=True)
class Comparison:
    """Pairs of results on the same question, before and after; `alone` have no other half.

    `changed` got the same outcome with another answer; `pairs` are all of them.
    """

    pairs: tuple[Pair, ...]
    better: tuple[Pair, ...]
    worse: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    same: int
    alone: int

    @property
    def sentence(self) -> str:
        """The same in plain words."""
        if not (self.better or self.worse or self.changed):
            return "Alle gedeelde vragen kregen hetzelfde antwoord."
        better, changed = len(self.better), len(self.changed)
        return (f"{better} {'vraag werd' if better == 1 else 'vragen werden'} beter, "
                f"{len(self.worse)} slechter, {changed} {'kreeg' if changed == 1 else 'kregen'} "
                f"een ander antwoord met hetzelfde oordeel, {self.same} "
                f"{'bleef' if self.same == 1 else 'bleven'} gelijk.")


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """Pairs by question and expected topic; one that stands there twice pairs in order."""
    earlier: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in reversed(before):
        earlier[_key(result)].append(result)
    pairs = [(earlier[_key(result)].pop(), result) for result in after if earlier[_key(result)]]
    worth = [(WORTH[new.outcome] - WORTH[old.outcome], (old, new)) for old, new in pairs]
    level = [pair for step, pair in worth if step == 0]
    changed = tuple(pair for pair in level if _said(pair[0]) != _said(pair[1]))
    return Comparison(
        tuple(pairs), tuple(pair for step, pair in worth if step > 0),
        tuple(pair for step, pair in worth if step < 0),
        changed, len(level) - len(changed), len(before) + len(after) - 2 * len(pairs))


def theme_lines(pairs: Iterable[Pair], themes: Mapping[str, str]) -> list[Line]:
    """All pairs together, then those of each theme, by name; `themes` are by topic id."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for name in ("", theme_of(pair[1].case.topic, themes)):
            groups[name].append(pair)
    return [Line(name, len(of), Counter(old.outcome for old, _ in of),
                 Counter(new.outcome for _, new in of)) for name, of in sorted(groups.items())]


def _key(result: Result) -> tuple[str, str]:
    return result.case.question, result.case.topic


def _said(result: Result) -> tuple[str, str, str]:
    return result.kind, result.topic, result.text
