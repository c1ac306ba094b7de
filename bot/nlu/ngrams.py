"""Texts as rows of character and word n-grams, each half weighted by rarity and of length 1.

scikit-learn learns which n-grams there are; a single text is turned into a row by hand, because
scikit-learn's own way costs ten times more for one text than for one of many.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.normaliser import normalise

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One text: the columns of its n-grams, and their weights."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    def times(self, matrix: csr_matrix) -> Floats:
        """This row times a matrix of n-grams by anything, as one plain row.

        Takes the few rows that count first: half the time of scipy's product.
        """
        return np.asarray(matrix[self.columns].T @ self.values, dtype=np.float64)


class Ngrams:
    """Which n-grams there are and how rare each is; `learn` first."""

    def __init__(self, chars: tuple[int, int] = (3, 5), words: tuple[int, int] = (1, 2)) -> None:
        """Lengths of the n-grams, shortest and longest."""
        self._halves = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=chars, min_df=2, sublinear_tf=True,
                            dtype=np.float32, preprocessor=normalise),
            TfidfVectorizer(analyzer="word", ngram_range=words, sublinear_tf=True,
                            token_pattern=r"\S+", dtype=np.float32, preprocessor=normalise),
        )

    def __getstate__(self) -> dict[str, Any]:
        return {"_halves": self._halves}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Learn from the texts; gives their rows."""
        rows = csr_matrix(hstack([half.fit_transform(texts) for half in self._halves]),
                          dtype=np.float32)
        self._prepare()
        return rows

    def _prepare(self) -> None:
        self._analysers: list[Callable[[str], Iterable[str]]] = [
            half.build_analyzer() for half in self._halves]
        self._rarity = [half.idf_ for half in self._halves]
        self.width = sum(len(half.vocabulary_) for half in self._halves)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """The rows of new texts; n-grams never learned are left out."""
        made = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(row.columns) for row in made)])
        return csr_matrix((np.concatenate([row.values for row in made]),
                           np.concatenate([row.columns for row in made]), ends),
                          shape=(len(texts), self.width))

    def row(self, text: str) -> Row:
        """The n-grams of one new text; see `rows`."""
        columns, values, offset = [], [], 0
        for half, analyse, rarity in zip(self._halves, self._analysers, self._rarity):
            found, weights = _weigh(analyse(text), half.vocabulary_, rarity)
            columns.append(found + offset)
            values.append(weights)
            offset += len(half.vocabulary_)
        return Row(np.concatenate(columns), np.concatenate(values))


def _weigh(
    found: Iterable[str], vocabulary: dict[str, int], rarity: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Columns and weights of one half of one text: (1 + log count) x rarity, to length 1."""
    counts = Counter(vocabulary[ngram] for ngram in found if ngram in vocabulary)
    columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
    weights = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
    weights = (weights * rarity[columns]).astype(np.float32)
    length = np.linalg.norm(weights)
    return columns, weights / length if length else weights
