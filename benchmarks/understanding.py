"""This classifier beside Rasa's default configuration and beside the nearest example, in one run.

All three learn from the examples in FOLDER/data/nlu and answer the same test list. FOLDER is made
and trained by benchmarks/server.py (--examples limits the examples of a label there: on two cores
Rasa's default configuration needs minutes for each pass over all of them). Prints the whole curve
of right at once against out of scope answered, and McNemar's exact test on whose best label is
right, and on who is right at once when each answers at most 3% of what is out of scope.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np
from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.loading import load_data
from scipy.stats import binomtest

from bot.bench.model import TASK_NAMES, Case, read_list
from bot.nlu.linear import OUT_OF_SCOPE, LinearModel, rank
from bot.nlu.ngrams import Ngrams
from bot.nlu.tiers import choose_thresholds

ROOT = Path(__file__).resolve().parent.parent
ANSWERED = (0.01, 0.02, 0.03, 0.05, 0.10, 0.15)
COMPARED = 0.03

Guess = tuple[str, float]  # label without theme, confidence


@dataclass(frozen=True)
class Results:
    """Of one method: for each question its confidence, and whether its best label is right."""

    confidence: np.ndarray
    right: np.ndarray
    outside: np.ndarray

    def limit(self, share: float) -> float:
        """The confidence above which at most `share` of what is out of scope is answered."""
        highest = np.sort(self.confidence[self.outside])[::-1]
        return float(highest[int(share * len(highest))])

    def at_once(self, share: float) -> np.ndarray:
        """For each question in scope: right at once when `share` of the others is answered."""
        return ((self.confidence > self.limit(share)) & self.right)[~self.outside]


    def best(self) -> np.ndarray:
        """For each question in scope: the best label is right, however unsure."""
        return self.right[~self.outside]


COMPARISONS: dict[str, Callable[[Results], np.ndarray]] = {
    "beste label": Results.best,
    f"in een keer bij {COMPARED:.0%}": lambda found: found.at_once(COMPARED),
}


def main() -> int:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="map met data/nlu en models van gewone Rasa")
    parser.add_argument("--list", type=Path, default=ROOT / "tests/bench/ronde.csv")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "understanding.json")
    options = parser.parse_args()
    texts, labels = examples(options.folder / "data" / "nlu")
    cases = [case for case in read_list(options.list) if case.topic != "nood"]
    print(f"{len(texts)} voorbeelden, {len(set(labels))} labels, {len(cases)} vragen", flush=True)
    methods: dict[str, Callable[[str], Guess]] = {
        "deze classificator": ours(texts, labels),
        "dichtste voorbeeld": nearest(texts, labels),
        "Rasa, standaard": default_rasa(options.folder),
    }
    found = {name: results(cases, ask) for name, ask in methods.items()}
    report = {name: {str(share): float(r.at_once(share).mean()) for share in ANSWERED}
              for name, r in found.items()}
    print("buiten bereik beantwoord" + "".join(f"{share:>9.0%}" for share in ANSWERED))
    for name, row in report.items():
        print(f"{name:<24}" + "".join(f"{value:>9.1%}" for value in row.values()))
    first, *others = found
    for name in others:
        for what, pick in COMPARISONS.items():
            a, b = pick(found[first]), pick(found[name])
            only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
            p = binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0
            report[name][f"mcnemar {what}"] = float(p)
            print(f"McNemar tegen {name}, {what}: {a.mean():.1%} en {b.mean():.1%}; "
                  f"alleen deze {only_a}, alleen die {only_b}, p = {p:.2g}")
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2))
    return 0


def examples(folder: Path) -> tuple[list[str], list[str]]:
    """Texts and full labels, as training reads them."""
    data = load_data(str(folder)).intent_examples
    return ([str(e.get("text")) for e in data],
            [str(e.get("intent_response_key") or e.get("intent")) for e in data])


def short(label: str) -> str:
    """A label as the test lists write it."""
    return TASK_NAMES.get(f"taak:{label}", label.rpartition("/")[2])


def results(cases: list[Case], ask: Callable[[str], Guess]) -> Results:
    """Ask every question."""
    guesses = [ask(case.question) for case in cases]
    return Results(
        confidence=np.array([0.0 if label == OUT_OF_SCOPE else sure for label, sure in guesses]),
        right=np.array([label in {case.topic, *case.also_right}
                        for (label, _), case in zip(guesses, cases)]),
        outside=np.array([case.topic == OUT_OF_SCOPE for case in cases]),
    )


def ours(texts: list[str], labels: list[str]) -> Callable[[str], Guess]:
    """The linear classifier with its two chances."""
    ngrams = Ngrams()
    rows = ngrams.learn(texts)
    model, (thresholds, _) = LinearModel().fit(rows, labels), choose_thresholds(rows, labels)

    def ask(text: str) -> Guess:
        ranked = rank(ngrams, model, text)
        return short(ranked.labels[0]), thresholds.decide(ranked)[0]

    return ask


def nearest(texts: list[str], labels: list[str]) -> Callable[[str], Guess]:
    """The label of the most alike example, by the same n-grams."""
    ngrams = Ngrams()
    known = ngrams.learn(texts)

    def ask(text: str) -> Guess:
        likeness = (known @ ngrams.rows([text]).T).toarray()[:, 0]
        best = int(np.argmax(likeness))
        return short(labels[best]), float(likeness[best])

    return ask


def default_rasa(folder: Path) -> Callable[[str], Guess]:
    """The newest model of Rasa's default configuration in the folder."""
    agent = Agent.load(str(max((folder / "models").glob("*.tar.gz"))))
    loop = asyncio.new_event_loop()

    def ask(text: str) -> Guess:
        parsed = loop.run_until_complete(agent.parse_message(text))
        # The fallback classifier puts itself first; the intent it doubts comes next.
        intent = next(i for i in parsed["intent_ranking"] if i["name"] != "nlu_fallback")
        label, sure = intent["name"], float(intent["confidence"])
        chosen = (parsed.get("response_selector") or {}).get("default", {}).get("ranking") or []
        inside = [c for c in chosen if c["intent_response_key"].startswith(f"{label}/")]
        if inside:
            return short(inside[0]["intent_response_key"]), sure * float(inside[0]["confidence"])
        return short(label), sure

    return ask


if __name__ == "__main__":
    sys.exit(main())
