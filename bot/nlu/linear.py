"""The topic classifier itself: pure scikit-learn, no Rasa.

One linear model over character and word n-grams plus the nearest example of each label
(docs/decisions/0002), and a second one that only tells in scope from out of scope. Scores say how
well a label fits; bot.nlu.tiers says what may be done with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.nlu.ngrams import Ngrams
from bot.nlu.normaliser import normalise

Floats = NDArray[np.float64]

OUT_OF_SCOPE = "buiten_bereik"
# From cross-validation; docs/understanding.md has the alternatives.
COST, NEIGHBOUR_WEIGHT = 1.0, 0.6


class LinearModel:
    """Labels scored for rows of n-grams; higher fits better, comparable within one row only."""

    def fit(self, rows: csr_matrix, labels: Sequence[str]) -> LinearModel:
        """Learn from rows and their labels; the same input gives the same model."""
        topics = LinearSVC(C=COST, class_weight="balanced", random_state=0).fit(rows, labels)
        self.labels = tuple(str(label) for label in topics.classes_)
        self.weights, self.bias = _compact(topics)
        gate = LinearSVC(C=COST, class_weight="balanced", random_state=0)
        gate.fit(rows, [label != OUT_OF_SCOPE for label in labels])
        self.gate_weights, self.gate_bias = _compact(gate)
        index = {label: i for i, label in enumerate(self.labels)}
        owners = np.array([index[label] for label in labels])
        order = np.argsort(owners, kind="stable")
        # N-grams by examples: turned once, because turning it for each message takes 20 ms.
        self.examples = csr_matrix(rows[order].T)
        self.starts = np.searchsorted(owners[order], np.arange(len(self.labels)))
        return self

    def scores(self, rows: csr_matrix) -> tuple[Floats, Floats]:
        """A row of label scores for each text (columns as `labels`), and how much it is in scope.

        The second array has one number a text: positive is in scope.
        """
        likeness = (rows @ self.examples).toarray() / 2
        nearest = np.maximum.reduceat(likeness, self.starts, axis=1)
        scores = (rows @ self.weights).toarray() + self.bias + NEIGHBOUR_WEIGHT * nearest
        inside = (rows @ self.gate_weights).toarray()[:, 0] + self.gate_bias[0]
        return scores.astype(np.float64), inside.astype(np.float64)


def _compact(fitted: LinearSVC) -> tuple[csr_matrix, NDArray[np.float32]]:
    """Weights (n-grams by labels) and bias; in thousandths, so that most are nothing at all."""
    weights = csr_matrix(np.round(fitted.coef_.T, 3), dtype=np.float32)
    return weights, fitted.intercept_.astype(np.float32)


def written_down(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Label by normalised example; examples that stand under two labels are left out."""
    found: dict[str, str] = {}
    for text, label in zip(texts, labels):
        key = normalise(text)
        found[key] = label if found.get(key, label) == label else ""
    return {key: label for key, label in found.items() if key and label}


@dataclass(frozen=True)
class Ranked:
    """In-scope labels of one text, best first, with their scores and the evidence for the tier.

    `margin` is the best score over that of `buiten_bereik`, `gap` over the runner-up, `inside`
    what the second model says.
    """

    labels: tuple[str, ...]
    scores: tuple[float, ...]
    margin: float
    gap: float
    inside: float


def rank(ngrams: Ngrams, model: LinearModel, text: str, limit: int = 8) -> Ranked:
    """The best in-scope labels for one text."""
    scores, inside = model.scores(ngrams.rows([text]))
    row = scores[0]
    outside = model.labels.index(OUT_OF_SCOPE)
    order = [i for i in np.argsort(-row, kind="stable")[: limit + 1] if i != outside][:limit]
    return Ranked(
        labels=tuple(model.labels[i] for i in order),
        scores=tuple(float(row[i]) for i in order),
        margin=float(row[order[0]] - row[outside]),
        gap=float(row[order[0]] - row[order[1]]),
        inside=float(inside[0]),
    )
