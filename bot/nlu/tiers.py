"""Sure, in doubt, or no: what the evidence of one text allows the bot to do (no Rasa).

Two chances are fitted on held-out folds: that a text is in scope (from the margin over
`buiten_bereik` and the second model), and that the best label is the right one (from the gap to the
runner-up and the margin). The limits on them are chosen there too, never by hand.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.nlu.linear import OUT_OF_SCOPE, LinearModel, Ranked
from bot.nlu.ngrams import Floats
from bot.nlu.progress import CHECKING, FOLDS, report

# What the limits are chosen for, on held-out folds.
MAX_OUT_OF_SCOPE_ANSWERED = 0.03
MAX_OUT_OF_SCOPE_OFFERED = 0.15
# An answer is given when it is more likely right than wrong; else the person chooses.
MIN_RIGHT = 0.5


class Tier(str, Enum):
    """What the bot does with its best label."""

    SURE = "zeker"
    DOUBT = "twijfel"
    NO = "nee"


@dataclass(frozen=True)
class Logistic:
    """A chance from two numbers."""

    first: float
    second: float
    bias: float

    def __call__(self, a: float, b: float) -> float:
        """The chance, 0 to 1."""
        return float(1.0 / (1.0 + np.exp(-(self.bias + self.first * a + self.second * b))))


@dataclass(frozen=True)
class Thresholds:
    """The two chances and the limits on them."""

    in_scope: Logistic
    right: Logistic
    sure: float
    doubt: float
    min_right: float = MIN_RIGHT

    def decide(self, ranked: Ranked) -> tuple[float, Tier]:
        """Confidence in the best label, 0 to 1, and the tier it earns."""
        inside = self.in_scope(ranked.margin, ranked.inside)
        right = self.right(ranked.gap, ranked.margin)
        if inside < self.doubt:
            return inside * right, Tier.NO
        sure = inside >= self.sure and right >= self.min_right
        return inside * right, Tier.SURE if sure else Tier.DOUBT


@dataclass(frozen=True)
class Report:
    """Held-out shares (0 to 1) at the chosen limits; kept with the model."""

    right_at_once: float
    within_choices: float
    wrong: float
    out_of_scope_answered: float
    out_of_scope_offered: float


@dataclass(frozen=True)
class HeldOut:
    """Scores of every example by a model that has not seen it; columns as `labels`."""

    scores: Floats
    inside: Floats
    labels: tuple[str, ...]


def held_out(rows: csr_matrix, labels: Sequence[str]) -> HeldOut:
    """Score each row by the model of the folds it is not in."""
    names = tuple(sorted(set(labels)))
    scores, inside = np.empty((len(labels), len(names))), np.empty(len(labels))
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(labels, labels))

    def score(train: NDArray[np.intp], test: NDArray[np.intp]) -> None:
        model = LinearModel().fit(rows[train], [labels[i] for i in train])
        scores[test], inside[test] = model.scores(rows[test])

    # Each fold writes its own rows; the solver leaves the interpreter lock, so threads do help.
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(score, train, test) for train, test in folds]
        for step, fold in zip(CHECKING, done):
            report(step)
            fold.result()
    return HeldOut(scores, inside, names)


def choose_thresholds(rows: csr_matrix, labels: Sequence[str]) -> tuple[Thresholds, Report]:
    """Fit both chances and pick the limits on held-out folds.

    `sure` is the lowest limit that answers at most MAX_OUT_OF_SCOPE_ANSWERED of the out-of-scope
    examples; `doubt` the lowest that offers choices to at most MAX_OUT_OF_SCOPE_OFFERED more.
    """
    data = held_out(rows, labels)
    outside = np.array([label == OUT_OF_SCOPE for label in labels])
    masked = data.scores.copy()
    masked[:, data.labels.index(OUT_OF_SCOPE)] = -np.inf
    order = np.argsort(-masked, axis=1, kind="stable")[:, :3]
    top = np.take_along_axis(masked, order, axis=1)
    margin = top[:, 0] - data.scores[:, data.labels.index(OUT_OF_SCOPE)]
    gap = top[:, 0] - top[:, 1]
    truth = np.array([data.labels.index(label) for label in labels])
    right = order[:, 0] == truth
    among = (order == truth[:, None]).any(axis=1)

    in_scope, chance_in = _fit(margin, data.inside, ~outside, balanced=True)
    correct, _ = _fit(gap[~outside], margin[~outside], right[~outside])
    chance_right = 1 / (1 + np.exp(-(correct.bias + correct.first * gap + correct.second * margin)))
    certain = chance_right >= MIN_RIGHT
    sure = _limit(chance_in[outside & certain], MAX_OUT_OF_SCOPE_ANSWERED, int(outside.sum()))
    reached = MAX_OUT_OF_SCOPE_ANSWERED + MAX_OUT_OF_SCOPE_OFFERED
    doubt = min(sure, _limit(chance_in[outside], reached, int(outside.sum())))
    answered = (chance_in >= sure) & certain
    offered = (chance_in >= doubt) & ~answered
    return Thresholds(in_scope, correct, sure, doubt), Report(
        right_at_once=float((answered & right)[~outside].mean()),
        within_choices=float(((answered & right) | (offered & among))[~outside].mean()),
        wrong=float((answered & ~right)[~outside].mean()),
        out_of_scope_answered=float(answered[outside].mean()),
        out_of_scope_offered=float(offered[outside].mean()),
    )


def _fit(
    first: Floats, second: Floats, target: NDArray[np.bool_], balanced: bool = False
) -> tuple[Logistic, Floats]:
    if target.all():  # nothing went wrong on the held-out folds: always certain
        return Logistic(0.0, 0.0, 10.0), np.ones(len(first))
    weight = "balanced" if balanced else None
    features = np.stack([first, second], axis=1)
    fitted = LogisticRegression(C=10.0, max_iter=1000, class_weight=weight).fit(features, target)
    logistic = Logistic(float(fitted.coef_[0][0]), float(fitted.coef_[0][1]),
                        float(fitted.intercept_[0]))
    return logistic, fitted.predict_proba(features)[:, 1]


def _limit(chances: Floats, share: float, total: int) -> float:
    """The lowest limit that lets at most `share` of `total` pass."""
    highest = np.sort(chances)[::-1]
    allowed = int(total * share)
    return float(highest[allowed]) + 1e-9 if allowed < len(highest) else 0.0
