"""Questions that are alike, put together: the same questions always give the same groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.normaliser import normalise
from bot.unanswered import Question

DISTANCE = 0.62  # cosine distance of letter groups, on average, up to which questions are alike
MOST = 1500  # questions that are compared; the newest


@dataclass(frozen=True)
class Group:
    """Questions that are alike, newest first; `title` is the one most like all others."""

    title: str
    questions: tuple[Question, ...]

    @property
    def newest(self) -> date:
        """The day of the newest question."""
        return self.questions[0].day


def groups(questions: Sequence[Question]) -> list[Group]:
    """All of them in groups, the group with the newest question first."""
    ordered = sorted(questions, key=lambda q: (-q.day.toordinal(), q.text, q.id))[:MOST]
    # What holds no word of its own (all of it masked) is only like itself.
    texts = [normalise(q.text) or q.text.strip() or q.id for q in ordered]
    found: dict[int, list[int]] = {}
    vectors = _vectors(texts)
    for i, label in enumerate(_labels(vectors)):
        found.setdefault(label, []).append(i)
    made = [_group([ordered[i] for i in members], vectors[members])
            for members in found.values()]
    return sorted(made, key=lambda g: (-g.newest.toordinal(), -len(g.questions), g.title))


def _vectors(texts: Sequence[str]) -> np.ndarray:
    if not texts:
        return np.zeros((0, 1))
    words = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    return np.asarray(words.fit_transform(texts).todense())


def _labels(vectors: np.ndarray) -> list[int]:
    if len(vectors) < 2:
        return list(range(len(vectors)))
    tree = linkage(vectors, method="average", metric="cosine")
    return [int(label) for label in fcluster(np.clip(tree, 0, None), DISTANCE, "distance")]


def _group(questions: list[Question], vectors: np.ndarray) -> Group:
    alike = vectors @ vectors.sum(axis=0)
    return Group(questions[int(np.argmax(alike))].text, tuple(questions))
