"""Questions that lean on the answer before them: how they are read, and the weights for it.

tests/bench/vervolg.csv has two lists (`reeks`) by people who had seen no example: what was shown,
what was typed next, what it means. The weights are fitted on one list and tried on the other, and
then on both; those stand in bot/nlu/leaning.py. Questions of tests/bench/ronde.csv after any answer
show that what stands on its own is not pulled along.
"""

from __future__ import annotations

import argparse
import csv
import random
import tarfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from scipy.optimize import minimize

from bot import before_rasa, preparation
from bot.nlu.linear import OUT_OF_SCOPE, rank
from bot.packed import unpack
from bot.settings import from_environment

before_rasa.prepare()

from bot.knowledge.load import load_knowledge  # noqa: E402
from bot.nlu import leaning  # noqa: E402
from bot.nlu.learned import FILE  # noqa: E402
from bot.nlu.tiers import Tier  # noqa: E402

LISTS = Path("tests/bench")
PENALTY = 0.002
LOOSE = 400  # questions of the round that are fitted on as well


@dataclass(frozen=True)
class Row:
    """One message after a topic: its evidence, tier and best label alone, and what is right."""

    series: str
    tier: Tier
    alone: str
    labels: list[str]
    rows: Any
    leans: bool
    wanted: str
    right: frozenset[str]


def learned(archive: Path) -> Any:
    """What the classifier of a trained model has learned."""
    with tarfile.open(archive) as opened:
        name = next(n for n in opened.getnames() if n.endswith(f"/{FILE}"))
        stored = opened.extractfile(name)
        assert stored
        return unpack(stored.read())


def read_rows(model: Any, knowledge: Any) -> list[Row]:
    """Both lists, and the round after answers that have nothing to do with it."""
    topics = sorted(knowledge.topics)
    chance = random.Random(7)
    with (LISTS / "vervolg.csv").open(encoding="utf-8", newline="") as file:
        asked = [(row["reeks"], row["ervoor"], row["vervolg"], row) for row in csv.DictReader(file)]
    with (LISTS / "ronde.csv").open(encoding="utf-8", newline="") as file:
        asked += [("los", chance.choice(topics), row["vraag"], row) for row in csv.DictReader(file)]
    return [row for one in asked if (row := _row(model, knowledge, *one))]


def _row(model: Any, knowledge: Any, series: str, shown: str, text: str, row: dict[str, str]
         ) -> Row | None:
    wanted = _label(row["onderwerp"], knowledge)
    if wanted is None:
        return None
    ranked = rank(model.ngrams, model.model, text, leaning.CANDIDATES)
    topic = knowledge.topics[shown]
    labels, rows = leaning.features(
        leaning.evidence(text, ranked), topic.label,
        [knowledge.topics[f].label for f in topic.followups if f in knowledge.topics])
    tier = model.thresholds.decide(ranked)[1]
    right = {label for name in row["ook_goed"].split("|") if (label := _label(name, knowledge))}
    return Row(series, tier, ranked.labels[0], labels, rows, leaning.may_lean(text, tier), wanted,
               frozenset({wanted, *right}))


def _label(name: str, knowledge: Any) -> str | None:
    topic = knowledge.get(name)
    return topic.label if topic else name if name == OUT_OF_SCOPE else None


def fit(rows: Sequence[Row]) -> Any:
    """The weights under which what was meant is likeliest."""
    within = [row for row in rows if row.wanted in row.labels]

    def loss(weights: Any) -> float:
        likely = [leaning.chances(row.rows, weights)[row.labels.index(row.wanted)]
                  for row in within]
        return float(-np.mean(np.log(np.array(likely) + 1e-9)) + PENALTY * weights @ weights)

    start = np.zeros(len(leaning.WEIGHTS))
    start[0] = leaning.WEIGHTS[0]
    return minimize(loss, start).x


def outcome(row: Row, weights: Any) -> str:
    """What becomes of one message."""
    likely = leaning.chances(row.rows, weights)
    order = [row.labels[i] for i in np.argsort(-likely)]
    label, certain = order[0], likely.max() >= leaning.ENOUGH
    if not row.leans:
        return _alone(row)
    if label != OUT_OF_SCOPE and certain:
        return "goed" if label in row.right else "fout"
    if row.tier is Tier.NO:
        return "geweigerd"
    return "keuze"


def _alone(row: Row) -> str:
    if row.tier is Tier.SURE:
        return "goed" if row.alone in row.right else "fout"
    return "geweigerd" if row.tier is Tier.NO else "keuze"


def show(name: str, rows: Sequence[Row], weights: Any) -> None:
    """One line: with what was shown before, and without."""
    for how, found in (("met", Counter(outcome(row, weights) for row in rows)),
                       ("zonder", Counter(map(_alone, rows)))):
        shares = "  ".join(f"{kind} {found[kind] / len(rows):6.1%}"
                           for kind in ("goed", "keuze", "geweigerd", "fout"))
        print(f"{name:28}{how:8}{len(rows):5}  {shares}")


def main() -> None:
    """Fit and show."""
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    settings = from_environment()
    choice = preparation.choose_model(settings)
    if choice.reason:
        raise SystemExit(f"Geen passend model ({choice.reason}). Train eerst: duaalwijzer train")
    rows = read_rows(learned(choice.file), load_knowledge(Path("data/nlu/kennis")))
    loose = [row for row in rows if row.series == "los"]
    inside = [row for row in loose if row.wanted != OUT_OF_SCOPE]
    outside = [row for row in loose if row.wanted == OUT_OF_SCOPE]
    for fitted, tried in (("1", "2"), ("2", "1")):
        weights = fit([r for r in rows if r.series == fitted] + loose[: LOOSE // 2])
        show(f"reeks {tried}, gewogen op {fitted}", [r for r in rows if r.series == tried], weights)
    weights = fit([row for row in rows if row.series != "los"] + loose[:LOOSE])
    show("los, binnen bereik", inside, weights)
    show("los, buiten bereik", outside, weights)
    print("gewichten ", np.round(weights, 3).tolist())
    print("in gebruik", leaning.WEIGHTS.tolist())


if __name__ == "__main__":
    main()
