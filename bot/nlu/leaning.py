"""Questions that lean on the answer just shown: "en als ik 16 ben?", "wie betaalt dat" (no Rasa).

Such a question looks like nothing by itself, or like something else. Every label is weighed by its
score and by what it has to do with the topic shown: it is that topic, or one of the topics that
editors put under it. The weights are fitted on follow-ups by people who had seen no example
(benchmarks/leaning.py, docs/understanding.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.nlu.linear import OUT_OF_SCOPE, Ranked
from bot.nlu.normaliser import normalise
from bot.nlu.tiers import Tier

CANDIDATES = 30  # labels that are weighed; a topic beyond gets the score of the last
ENOUGH = 0.5  # chance from which a reading is the answer
BEGINNING = frozenset("en of maar dus".split())
POINTING = frozenset(
    "dat die dit daar er dan daarvoor daarvan daarmee daarna ervan ervoor hem haar zij hij ze het "
    "ook nog zo deze dieje dien hun hen ons wij we".split())
# A longer message has a subject of its own.
LONGEST = {Tier.SURE: 12, Tier.DOUBT: 15, Tier.NO: 8}
FEW = 6
# Fitted: see above. What the columns of `features` count for.
WEIGHTS = np.array([4.526, 4.141, 1.798, -0.136, 2.05, 0.157, -0.505, -0.038])


@dataclass(frozen=True)
class Evidence:
    """What the classifier makes of a message that may lean: enough to weigh it later.

    `scores` are those of the best labels, best first; `outside` is that of `buiten_bereik`,
    `inside` what the second model says.
    """

    text: str
    scores: Mapping[str, float]
    outside: float
    inside: float


@dataclass(frozen=True)
class Reading:
    """The label to answer with, or None; and the best labels, to choose from."""

    label: str | None
    choices: tuple[str, ...]


def may_lean(text: str, tier: Tier) -> bool:
    """True when what was shown before may change what this message means.

    What is in doubt is always weighed; what is sure, or no question for us, only when it points
    back.
    """
    words = normalise(text).split()
    return len(words) <= LONGEST[tier] and (tier is Tier.DOUBT or _points(words))


def needs_more(text: str) -> bool:
    """True when a message means too little without what it goes on with: "en hoe lang nog?"."""
    words = normalise(text).split()
    return 0 < len(words) <= FEW and words[0] in BEGINNING


def evidence(text: str, ranked: Ranked) -> Evidence:
    """The evidence of one message; `ranked` has at least CANDIDATES labels."""
    best = dict(zip(ranked.labels[:CANDIDATES], ranked.scores))
    return Evidence(text, best, ranked.scores[0] - ranked.margin, ranked.inside)


def features(found: Evidence, shown: str, under: Collection[str]
             ) -> tuple[list[str], NDArray[np.float64]]:
    """Every label that the message can mean, and a row of numbers for each.

    Columns: its score; whether it is the topic shown, that times "points back", and that times the
    number of words; whether it is a topic under the one shown; and for `buiten_bereik` one, what
    the second model says, and the number of words.
    """
    words = normalise(found.text).split()
    last = min(found.scores.values())
    scores = {**dict.fromkeys((shown, *under), last), **found.scores}
    rows = [[score, same := float(label == shown), same * _points(words), same * len(words),
             float(label in under), 0.0, 0.0, 0.0] for label, score in scores.items()]
    outside = [found.outside, 0.0, 0.0, 0.0, 0.0, 1.0, found.inside, float(len(words))]
    return [*scores, OUT_OF_SCOPE], np.array([*rows, outside])


def chances(rows: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of each row of `features`; together 1."""
    fits = rows @ weights
    likely = np.exp(fits - fits.max())
    return np.asarray(likely / likely.sum())


def read(found: Evidence, shown: str, under: Collection[str]) -> Reading:
    """What the message means after the topic `shown`; `under` are the topics under its answer.

    All are labels, `thema/onderwerp`. None as label when nothing is likely enough.
    """
    labels, rows = features(found, shown, under)
    likely = chances(rows, WEIGHTS)
    order = [(labels[i], likely[i]) for i in np.argsort(-likely)]
    best, chance = order[0]
    return Reading(best if best != OUT_OF_SCOPE and chance >= ENOUGH else None,
                   tuple(label for label, _ in order if label != OUT_OF_SCOPE)[:3])


def _points(words: Sequence[str]) -> bool:
    return bool(words) and (words[0] in BEGINNING or not POINTING.isdisjoint(words))
