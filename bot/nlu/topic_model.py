"""The topic classifier itself: kernel ridge regression over one likeness of two texts (no Rasa).

Two texts are alike by the letters they share, the words they share and what they mean
(docs/decisions/0002). Each label gets a score that is a weighted sum of a text's likeness to the
examples; so does "in scope". bot.nlu.tiers says what may be done with the scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.normaliser import normalise
from bot.nlu.sentences import Vectors, encode

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

OUT_OF_SCOPE = "buiten_bereik"


@dataclass(frozen=True)
class Settings:
    """What may be tuned; the values come from cross-validation (docs/understanding.md)."""

    word_weight: float = 0.5
    meaning_weight: float = 1.5
    meaning_sharpness: float = 2.0
    ridge: float = 0.5
    # 128 of the 512 directions keep the accuracy, at a quarter of the memory.
    directions: int = 128


DEFAULT = Settings()


@dataclass(frozen=True)
class Features:
    """Texts as rows of length 1: letter n-grams, word n-grams and meaning."""

    chars: csr_matrix
    words: csr_matrix
    meaning: Floats


class Likeness:
    """Turns texts into features and pairs of features into numbers; learned from the examples."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        """Nothing learned yet."""
        self.settings = settings
        self.chars = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2,
            dtype=np.float32, preprocessor=normalise,
        )
        self.words = TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+",
            dtype=np.float32, preprocessor=normalise,
        )

    def learn(self, texts: list[str], vectors: Vectors) -> Features:
        """Learn from the examples; gives their features."""
        directions = min(self.settings.directions, *vectors.shape)
        self.directions = PCA(directions, svd_solver="full").fit(vectors)
        return Features(self.chars.fit_transform(texts), self.words.fit_transform(texts),
                        self._meaning(vectors))

    def features(self, texts: list[str], vectors: Vectors | None = None) -> Features:
        """The features of new texts."""
        vectors = encode(texts) if vectors is None else vectors
        return Features(self.chars.transform(texts), self.words.transform(texts),
                        self._meaning(vectors))

    def _meaning(self, vectors: Vectors) -> Floats:
        rows = np.asarray(self.directions.transform(vectors), dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def between(self, left: Features, right: Features) -> Floats:
        """How alike each text on the left is to each on the right; higher is more alike."""
        chosen = self.settings
        alike = np.exp((left.chars @ right.chars.T).toarray() - 1)
        alike += chosen.word_weight * (left.words @ right.words.T).toarray()
        meaning = left.meaning @ right.meaning.T
        alike += chosen.meaning_weight * np.exp(chosen.meaning_sharpness * (meaning - 1))
        return np.asarray(alike, dtype=np.float32)


@dataclass(frozen=True)
class Targets:
    """What each example should score (rows) for each label and, last, for "in scope": 1 or -1."""

    labels: tuple[str, ...]
    values: Floats
    weights: Floats


def targets(labels: list[str]) -> Targets:
    """Targets of examples; a label with few examples weighs each of them more."""
    names = tuple(sorted(set(labels)))
    column = {name: i for i, name in enumerate(names)}
    index = np.array([column[label] for label in labels])
    values = -np.ones((len(labels), len(names) + 1), dtype=np.float32)
    values[np.arange(len(labels)), index] = 1
    values[:, -1] = [-1 if label == OUT_OF_SCOPE else 1 for label in labels]
    counts = np.bincount(index, minlength=len(names))
    weights = np.sqrt(len(labels) / len(names) / counts[index])
    return Targets(names, values, weights.astype(np.float32))


def solve(alike: Floats, wanted: Targets, rows: Indices, ridge: float) -> Floats:
    """How much each of the examples `rows` counts for each target; closed form, no seed."""
    system = alike[np.ix_(rows, rows)]
    system[np.diag_indices(len(rows))] += ridge / wanted.weights[rows]
    factor = cho_factor(system, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, wanted.values[rows]), dtype=np.float32)


class TopicModel:
    """Labels scored for a text; higher fits better, comparable within one text only."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        """An untrained model."""
        self.settings, self.likeness = settings, Likeness(settings)

    def fit(self, texts: list[str], labels: list[str], vectors: Vectors) -> Floats:
        """Learn from texts and labels; the same input gives the same model.

        Gives the likeness of all pairs of examples, which cross-validation can use again.
        """
        wanted = targets(labels)
        self.labels = wanted.labels
        self.examples = self.likeness.learn(texts, vectors)
        alike = self.likeness.between(self.examples, self.examples)
        self.counts = solve(alike, wanted, np.arange(len(texts)), self.settings.ridge)
        self.known = _known(texts, labels)
        return alike

    def scores(self, texts: list[str]) -> tuple[Floats, Floats]:
        """A row of label scores for each text (columns as `labels`), and how much it is in scope.

        The second array has one number a text: positive is in scope.
        """
        found = self.likeness.features(texts)
        scores = self.likeness.between(found, self.examples) @ self.counts
        return scores[:, :-1], scores[:, -1]


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
    how much the text is in scope.
    """

    labels: tuple[str, ...]
    scores: tuple[float, ...]
    margin: float
    gap: float
    inside: float


def rank(model: TopicModel, text: str, limit: int = 8) -> Ranked:
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
