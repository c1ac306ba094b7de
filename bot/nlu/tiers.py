"""Sure, in doubt, or no: what the scores of one text allow the bot to do (no Rasa).

The evidence is the margin of the best label over `buiten_bereik` and the gap to the runner-up.
A logistic model over both, fitted on held-out folds, gives the chance that the best label is
right; the thresholds on it are chosen there too, never by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.nlu.linear import DEFAULT, LinearModel, Settings
from bot.nlu.progress import FOLDS, STEPS, report

OUT_OF_SCOPE = "buiten_bereik"
# What the thresholds are chosen for, on held-out folds.
MAX_OUT_OF_SCOPE_ANSWERED = 0.03
MAX_OUT_OF_SCOPE_OFFERED = 0.30

Floats = NDArray[np.float64]


class Tier(str, Enum):
    """What the bot does with its best label."""

    SURE = "zeker"
    DOUBT = "twijfel"
    NO = "nee"


@dataclass(frozen=True)
class Thresholds:
    """The logistic weights and the two limits on its result."""

    weights: tuple[float, float, float]
    bias: float
    sure: float
    doubt: float

    def confidence(self, margin: float, gap: float, top: float) -> float:
        """Chance, 0 to 1, that the best in-scope label is right."""
        z = self.bias + sum(w * x for w, x in zip(self.weights, (margin, gap, top)))
        return float(1.0 / (1.0 + np.exp(-z)))

    def tier(self, confidence: float) -> Tier:
        """The tier of one confidence."""
        if confidence >= self.sure:
            return Tier.SURE
        return Tier.DOUBT if confidence >= self.doubt else Tier.NO


@dataclass(frozen=True)
class Report:
    """Held-out shares (0 to 1) at the chosen thresholds; kept with the model."""

    right_at_once: float
    within_choices: float
    wrong: float
    out_of_scope_answered: float
    out_of_scope_offered: float


def evidence(scores: Floats, labels: list[str]) -> tuple[Floats, NDArray[np.int64]]:
    """(margin, gap, top score) per row, and the column of the best in-scope label."""
    inside = np.array([label != OUT_OF_SCOPE for label in labels])
    masked = np.where(inside, scores, -np.inf)
    best = masked.argmax(axis=1)
    rows = np.arange(len(scores))
    top = masked[rows, best]
    masked[rows, best] = -np.inf
    second = masked.max(axis=1)
    outside = scores[:, labels.index(OUT_OF_SCOPE)]
    return np.stack([top - outside, top - second, top], axis=1), best


def held_out_scores(
    texts: list[str], labels: list[str], settings: Settings
) -> tuple[Floats, list[str]]:
    """Scores of every text by a model that has not seen it; columns in the returned order."""
    names = sorted(set(labels))
    column = {name: i for i, name in enumerate(names)}
    result = np.full((len(texts), len(names)), -3.0)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for step, (train, test) in zip(STEPS, folds.split(texts, labels)):
        report(step)
        model = LinearModel(settings).fit([texts[i] for i in train], [labels[i] for i in train])
        columns = [column[name] for name in model.labels]
        result[np.ix_(test, columns)] = model.scores([texts[i] for i in test])
    return result, names


def choose_thresholds(
    texts: list[str], labels: list[str], settings: Settings = DEFAULT
) -> tuple[Thresholds, Report]:
    """Fit the confidence and pick both limits on held-out folds.

    `sure` is the lowest limit that answers at most 3% of the out-of-scope examples; `doubt` the
    lowest that still refuses 70% of them.
    """
    scores, names = held_out_scores(texts, labels, settings)
    features, best = evidence(scores, names)
    truth = np.array([names.index(label) for label in labels])
    outside = truth == names.index(OUT_OF_SCOPE)
    right = (best == truth) & ~outside
    logistic = LogisticRegression(C=10.0, max_iter=1000, class_weight=None).fit(features, right)
    weights = tuple(float(w) for w in logistic.coef_[0])
    confidence = logistic.predict_proba(features)[:, 1]
    foreign = np.sort(confidence[outside])[::-1]

    def limit(share: float) -> float:
        return float(foreign[min(int(len(foreign) * share), len(foreign) - 1)]) + 1e-6

    sure, doubt = limit(MAX_OUT_OF_SCOPE_ANSWERED), limit(MAX_OUT_OF_SCOPE_OFFERED)
    thresholds = Thresholds((weights[0], weights[1], weights[2]), float(logistic.intercept_[0]),
                            sure, min(doubt, sure))
    inside = ~outside
    top3 = np.argsort(-np.where([n != OUT_OF_SCOPE for n in names], scores, -np.inf))[:, :3]
    among = (top3 == truth[:, None]).any(axis=1)
    answered, offered = confidence >= sure, (confidence < sure) & (confidence >= doubt)
    return thresholds, Report(
        right_at_once=float((answered & right)[inside].mean()),
        within_choices=float(((answered & right) | (offered & among))[inside].mean()),
        wrong=float((answered & ~right)[inside].mean()),
        out_of_scope_answered=float(answered[outside].mean()),
        out_of_scope_offered=float(offered[outside].mean()),
    )
