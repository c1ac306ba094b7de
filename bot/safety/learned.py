"""How much a message sounds like a cry for help, learned from hand-written examples.

A linear model over character and word n-grams, as for the topics: the same words always give the
same answer. The patterns of bot.safety.crisis catch the plain words; this catches the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.nlu.ngrams import Ngrams

CONCERN, ORDINARY = "zorg", "gewoon"
CONCERN_WEIGHT = 0.5  # of the concern in a certain cry; docs/understanding.md has the measurement


@dataclass(frozen=True)
class Evidence:
    """`certain` and `concern` are positive for yes; `category` is the most likely kind of need."""

    certain: float
    concern: float
    category: str


class SafetyModel:
    """Three decisions on one text: a certain cry for help, any concern, and which kind."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> SafetyModel:
        """Learn from examples; labels are the categories of need, `zorg` and `gewoon`."""
        self.ngrams = Ngrams(chars=(2, 5), words=(1, 3))
        rows = self.ngrams.learn(texts)
        need = np.array([label not in (CONCERN, ORDINARY) for label in labels])
        ordinary = np.array([label == ORDINARY for label in labels])
        clear, needs = np.flatnonzero(need | ordinary), np.flatnonzero(need)
        certain = _classifier().fit(rows[clear], need[clear])
        concern = _classifier().fit(rows, ~ordinary)
        category = _classifier().fit(rows[needs], [labels[i] for i in needs])
        self.categories = tuple(str(name) for name in category.classes_)
        fitted = (certain, concern, category)
        self.weights = csr_matrix(np.vstack([m.coef_ for m in fitted]).T, dtype=np.float32)
        self.bias = np.concatenate([m.intercept_ for m in fitted])
        return self

    def evidence(self, text: str) -> Evidence:
        """The evidence in one text."""
        scores = self.ngrams.row(text).times(self.weights) + self.bias
        category = self.categories[int(np.argmax(scores[2:]))]
        concern = float(scores[1])
        return Evidence(float(scores[0]) + CONCERN_WEIGHT * concern, concern, category)


def _classifier() -> LinearSVC:
    return LinearSVC(C=1.0, class_weight="balanced", random_state=0)
