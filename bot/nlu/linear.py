"""The topic classifier itself: pure scikit-learn, no Rasa.

One linear model over character and word n-grams and the meaning of the sentence, plus the nearest
example of each label (docs/decisions/0002), and a second one that only tells in scope from out of
scope. Scores say how well a label fits; bot.nlu.tiers says what may be done with them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.nlu.normaliser import normalise
from bot.nlu.sentences import Vectors, encode

Floats = NDArray[np.float64]

OUT_OF_SCOPE = "buiten_bereik"
WORD_WEIGHT = 0.7
NEIGHBOUR_WEIGHT = 0.6


@dataclass(frozen=True)
class Settings:
    """What may be tuned; the values come from cross-validation (docs/understanding.md)."""

    c: float = 1.0
    gate_c: float = 1.0
    word_weight: float = WORD_WEIGHT
    neighbour_weight: float = NEIGHBOUR_WEIGHT
    # 128 of the 512 directions keep 85% of the variance, and the accuracy, at a third of the time.
    directions: int = 128


DEFAULT = Settings()


class LinearModel:
    """Labels scored for a text; higher fits better, comparable within one text only."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        """An untrained model."""
        self.settings = settings
        self.chars = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2,
            dtype=np.float32, preprocessor=normalise,
        )
        self.words = TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+",
            dtype=np.float32, preprocessor=normalise,
        )

    def _ngrams(self, texts: list[str], fit: bool = False) -> csr_matrix:
        chars = self.chars.fit_transform(texts) if fit else self.chars.transform(texts)
        words = self.words.fit_transform(texts) if fit else self.words.transform(texts)
        return csr_matrix(hstack([chars, words * self.settings.word_weight]), dtype=np.float32)

    def _meaning(self, vectors: Vectors) -> Vectors:
        return np.asarray(self.directions.transform(vectors), dtype=np.float32)

    def fit(
        self, texts: list[str], labels: list[str], vectors: Vectors | None = None
    ) -> LinearModel:
        """Learn from texts and their labels; the same input gives the same model.

        `vectors` are the texts' sentence vectors where the caller already has them.
        """
        vectors = encode(texts) if vectors is None else vectors
        directions = min(self.settings.directions, *vectors.shape)
        self.directions = PCA(directions, svd_solver="full").fit(vectors)
        ngrams, meaning = self._ngrams(texts, fit=True), self._meaning(vectors)
        features = csr_matrix(hstack([ngrams, csr_matrix(meaning)]), dtype=np.float32)
        self.svm = LinearSVC(C=self.settings.c, class_weight="balanced", random_state=0)
        self.svm.fit(features, labels)
        self.svm.coef_ = self.svm.coef_.astype(np.float32)
        self.labels: list[str] = [str(label) for label in self.svm.classes_]
        self.gate = LinearSVC(C=self.settings.gate_c, class_weight="balanced", random_state=0)
        self.gate.fit(features, [label != OUT_OF_SCOPE for label in labels])
        self.known = _known(texts, labels)
        index = {label: i for i, label in enumerate(self.labels)}
        order = np.argsort([index[label] for label in labels], kind="stable")
        self.example_ngrams, self.example_meaning = ngrams[order], _unit(meaning[order])
        self.example_labels = np.array([index[labels[i]] for i in order])
        self.starts = np.searchsorted(self.example_labels, np.arange(len(self.labels)))
        self._norm = 1.0 + self.settings.word_weight**2
        return self

    def scores(self, texts: list[str], vectors: Vectors | None = None) -> tuple[Floats, Floats]:
        """A row of label scores for each text (columns as `labels`), and how much it is in scope.

        The second array has one number a text: positive is in scope.
        """
        vectors = encode(texts) if vectors is None else vectors
        ngrams, meaning = self._ngrams(texts), self._meaning(vectors)
        features = csr_matrix(hstack([ngrams, csr_matrix(meaning)]), dtype=np.float32)
        linear = np.asarray(self.svm.decision_function(features))
        similarity = (ngrams @ self.example_ngrams.T).toarray() / self._norm
        similarity += _unit(meaning) @ self.example_meaning.T
        nearest = np.maximum.reduceat(similarity, self.starts, axis=1)
        scores = np.asarray(linear + self.settings.neighbour_weight * nearest, dtype=np.float64)
        return scores, np.asarray(self.gate.decision_function(features), dtype=np.float64)


def _unit(rows: Vectors) -> Vectors:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _known(texts: list[str], labels: list[str]) -> dict[str, str]:
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


def rank(model: LinearModel, text: str, limit: int = 8) -> Ranked:
    """The best in-scope labels for one text."""
    scores, inside = model.scores([text])
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
