"""The topic classifier itself: pure scikit-learn, no Rasa.

One linear model over character and word n-grams plus the nearest example of each label
(docs/decisions/0002), and a second one that only tells in scope from out of scope. Scores say how
well a label fits; bot.nlu.tiers says what may be done with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.nlu.ngrams import Floats, Ngrams, Row
from bot.nlu.normaliser import normalise

OUT_OF_SCOPE = "buiten_bereik"
FOLLOW_UP = "informeer"
# From cross-validation; docs/understanding.md has the alternatives.
COST, NEIGHBOUR_WEIGHT = 1.0, 0.6
TOLERANCE = 0.1  # of the solver; a stricter one takes a fifth longer and ranks the same


class LinearModel:
    """Labels scored for rows of n-grams; higher fits better, comparable within one row only."""

    def fit(self, rows: csr_matrix, labels: Sequence[str]) -> LinearModel:
        """Learn from rows and their labels; the same input gives the same model."""
        topics = _solver().fit(rows, labels)
        self.labels = tuple(str(label) for label in topics.classes_)
        # In thousandths most weights are nothing; a likeness needs no more than hundredths.
        self.weights = csr_matrix(np.round(topics.coef_.T, 3), dtype=np.float32)
        self.bias = topics.intercept_.astype(np.float32)
        gate = _solver()
        gate.fit(rows, [label != OUT_OF_SCOPE for label in labels])
        self.gate_weights, self.gate_bias = gate.coef_[0].astype(np.float32), gate.intercept_[0]
        index = {label: i for i, label in enumerate(self.labels)}
        owners = np.array([index[label] for label in labels])
        order = np.argsort(owners, kind="stable")
        # N-grams by examples: turned once, because turning it for each message takes 20 ms.
        self.examples = csr_matrix(np.round(rows[order].T, 2))
        self.starts = np.searchsorted(owners[order], np.arange(len(self.labels)))
        return self

    def scores(self, rows: csr_matrix) -> tuple[Floats, Floats]:
        """A row of label scores for each text (columns as `labels`), and how much it is in scope.

        The second array has one number a text: positive is in scope.
        """
        nearest = np.maximum.reduceat((rows @ self.examples).toarray(), self.starts, axis=1) / 2
        scores = (rows @ self.weights).toarray() + self.bias + NEIGHBOUR_WEIGHT * nearest
        return scores.astype(np.float64), rows @ self.gate_weights + self.gate_bias

    def score(self, row: Row) -> tuple[Floats, float]:
        """The same for one text: its label scores, and how much it is in scope."""
        nearest = np.maximum.reduceat(row.times(self.examples), self.starts) / 2
        scores = row.times(self.weights) + self.bias + NEIGHBOUR_WEIGHT * nearest
        return scores, float(row.values @ self.gate_weights[row.columns] + self.gate_bias)


def _solver() -> LinearSVC:
    return LinearSVC(C=COST, class_weight="balanced", tol=TOLERANCE, random_state=0)


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
    what the second model says. `leans` when the text looks most like one that goes on with the
    message before it, which is no label by itself.
    """

    labels: tuple[str, ...]
    scores: tuple[float, ...]
    margin: float
    gap: float
    inside: float
    leans: bool = False


def rank(ngrams: Ngrams, model: LinearModel, text: str, limit: int = 8) -> Ranked:
    """The best in-scope labels for one text."""
    row, inside = model.score(ngrams.row(text))
    outside = model.labels.index(OUT_OF_SCOPE)
    best = np.argsort(-row, kind="stable")
    aside = {i for i, name in enumerate(model.labels) if name in (OUT_OF_SCOPE, FOLLOW_UP)}
    order = [i for i in best[: limit + 2] if i not in aside][:limit]
    return Ranked(
        labels=tuple(model.labels[i] for i in order),
        scores=tuple(float(row[i]) for i in order),
        margin=float(row[order[0]] - row[outside]),
        gap=float(row[order[0]] - row[order[1]]),
        inside=inside,
        leans=model.labels[best[0]] == FOLLOW_UP,
    )
