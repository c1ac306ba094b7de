"""How much a message sounds like a cry for help, learned from hand-written examples.

A linear model over character and word n-grams, as for the topics: the same words always give the
same answer. The patterns of bot.safety.crisis catch the plain words; this catches the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.nlu.normaliser import normalise

CONCERN, ORDINARY = "zorg", "gewoon"


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
        self.chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True,
                                     min_df=2, dtype=np.float32, preprocessor=normalise)
        self.words = TfidfVectorizer(analyzer="word", ngram_range=(1, 3), sublinear_tf=True,
                                     token_pattern=r"\S+", dtype=np.float32,
                                     preprocessor=normalise)
        rows = csr_matrix(hstack([self.chars.fit_transform(texts),
                                  self.words.fit_transform(texts)]))
        need = np.array([label not in (CONCERN, ORDINARY) for label in labels])
        ordinary = np.array([label == ORDINARY for label in labels])
        clear = np.flatnonzero(need | ordinary)
        self.certain = _binary().fit(rows[clear], need[clear])
        self.concern = _binary().fit(rows, ~ordinary)
        needs = np.flatnonzero(need)
        self.category = LinearSVC(C=1.0, class_weight="balanced", random_state=0)
        self.category.fit(rows[needs], [labels[i] for i in needs])
        return self

    def evidence(self, texts: Sequence[str]) -> list[Evidence]:
        """The evidence in each text."""
        rows = csr_matrix(hstack([self.chars.transform(texts), self.words.transform(texts)]))
        certain, concern = (m.decision_function(rows) for m in (self.certain, self.concern))
        categories = self.category.predict(rows)
        return [Evidence(float(a), float(b), str(c))
                for a, b, c in zip(certain, concern, categories)]


def _binary() -> LinearSVC:
    return LinearSVC(C=1.0, class_weight="balanced", random_state=0)
