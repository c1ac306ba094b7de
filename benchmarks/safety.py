"""What the crisis detector does with a list of cries for help, and with ordinary questions.

Prints for each layer of the list how many messages get help lines, one sentence of help, or nothing
of the kind; then the same for the questions of an ordinary list.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from bot import resources
from bot.bench.model import read_list
from bot.settings import from_environment

ROOT = Path(__file__).resolve().parent.parent
OUTCOMES = ("hulplijnen", "hulpzin", "niets")
SAFETY = {"nood", "psychische_nood", "pesten_geweld"}


def outcome(question: str) -> str:
    """What the bot would show."""
    signal = resources.crisis().detect(question)
    return OUTCOMES[0] if signal.category else OUTCOMES[1] if signal.concern else OUTCOMES[2]


def main() -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, default=ROOT / "tests/bench/nood.csv")
    parser.add_argument("--ordinary", type=Path, default=ROOT / "tests/bench/ronde.csv")
    options = parser.parse_args()
    resources.use(resources.Resources(from_environment()))
    counts: dict[str, Counter[str]] = {}
    for case in read_list(options.list):
        counts.setdefault(case.layer, Counter())[outcome(case.question)] += 1
    counts["gewone vragen"] = Counter(
        outcome(case.question) for case in read_list(options.ordinary)
        if SAFETY.isdisjoint({case.topic, *case.also_right}))
    print(f"{'':<16}" + "".join(f"{name:>12}" for name in OUTCOMES))
    for layer, found in counts.items():
        print(f"{layer:<16}" + "".join(f"{found[name]:>12}" for name in OUTCOMES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
