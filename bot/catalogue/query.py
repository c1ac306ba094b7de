"""Programmes by free words, through the catalogue's full-text table."""

from __future__ import annotations

import re

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Programme

MIN_WORD = 2


def find_programmes(catalogue: Catalogue, text: str, limit: int = 5) -> tuple[Programme, ...]:
    """Programmes whose title or aliases hold words of the text, best first; never an error.

    All words together first; when that finds nothing, any of them. Accents and case do not matter,
    and a word matches as the beginning of a longer one.
    """
    words = [w for w in re.findall(r"\w+", text.lower()) if len(w) >= MIN_WORD]
    if not words or limit < 1:
        return ()
    terms = [f'"{word}"*' for word in words]
    return catalogue.search(" AND ".join(terms), limit) or catalogue.search(" OR ".join(terms),
                                                                            limit)
