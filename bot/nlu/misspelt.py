"""Names of places and programmes with typing errors, through rapidfuzz (no Rasa)."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from itertools import pairwise
from typing import Mapping

from rapidfuzz import fuzz, process

from bot.nlu.found import OUTSIDE, PLACE, PROGRAMME, SCHOOL, Found, Token, ordinary, overlaps
from bot.nlu.place_words import BEFORE_PLACE

# Low enough for two letters that changed places in a name of six ("lueven", "slagreij").
PLACE_LIKENESS, PROGRAMME_LIKENESS = 83.0, 87.0
LONE_PLACE_LIKENESS = 90.0  # without a word before it that leads to a place
MIN_LENGTH = {PLACE: 4, PROGRAMME: 6, OUTSIDE: 7}  # of a name that may be mistyped
FEW_WORDS = 3
MIN_TYPED = 5  # letters of a word that may be a typing error
COMPOUND = re.compile(r"(.{4,}?)s?(?:opleiding|richting|school|cursus|beroep)(?:en)?")


class Misspelt:
    """All names, ready to be found with typing errors; only words that are not ordinary Dutch.

    `values` gives what to look up by kind and folded name.
    """

    def __init__(self, values: Mapping[tuple[str, str], str]) -> None:
        """Put the names in the order in which they are tried."""
        self._values = values
        # Names by kind and first letter: few people mistype that one.
        self._fuzzy: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, name in sorted(values):
            if len(name) >= MIN_LENGTH.get(kind, sys.maxsize):
                self._fuzzy[kind, name[0]].append(name)
        self._long = sorted(name for kind, name in values
                            if kind == PROGRAMME and " " in name and len(name) >= 6)
        # Places by first letter and letters, for two that changed places: "aalts".
        self._swapped = {(name[0], "".join(sorted(name))): value
                         for (kind, name), value in values.items()
                         if kind == PLACE and len(name) >= 4 and name.isalpha()}
        self._sint = sorted(name for kind, name in values
                            if kind == PLACE and name.startswith(("sint ", "st ")))
        self.known_words = {w for kind, name in values if kind != SCHOOL for w in name.split()}
        self._title_words = {w for name in self._long for w in name.split() if len(w) > 3}

    def find(self, tokens: list[Token], taken: list[Found]) -> list[Found]:
        """Names with typing errors beside those that were found as they are written."""
        usual = [word in self.known_words or ordinary(word) for word, _, _ in tokens]
        result = self._titles(tokens, usual, taken)
        result += self._saints(tokens, taken)
        for i, (word, start, end) in enumerate(tokens):
            if usual[i] or len(word) < 4 or word.isdigit():
                continue
            if overlaps(start, end, taken + result):
                continue
            # A few words are a search ("kapper hasslet"): there a place needs no word before it.
            led = (i > 0 and tokens[i - 1][0] in BEFORE_PLACE) or len(tokens) <= FEW_WORDS
            limits = {PLACE: PLACE_LIKENESS if led else LONE_PLACE_LIKENESS,
                      OUTSIDE: LONE_PLACE_LIKENESS, PROGRAMME: PROGRAMME_LIKENESS}
            swapped = self._swapped.get((word[0], "".join(sorted(word)))) if led else None
            if swapped:
                result.append(Found(PLACE, swapped, start, end, exact=False))
                continue
            made_of = self._compound(word)
            if made_of:
                result.append(Found(PROGRAMME, made_of, start, end))
                continue
            if len(word) < MIN_TYPED:
                continue
            for kind, limit in limits.items() if led else reversed(limits.items()):
                hit = process.extractOne(word, self._fuzzy.get((kind, word[0]), ()),
                                         scorer=fuzz.ratio, score_cutoff=limit)
                if hit:
                    value = self._values[(kind, hit[0])]
                    result.append(Found(kind, value, start, end, exact=False))
                    break
        return result

    def _compound(self, word: str) -> str | None:
        """The programme in "slagersopleiding"."""
        found = COMPOUND.fullmatch(word)
        return self._values.get((PROGRAMME, found[1])) if found else None

    def _saints(
        self, tokens: list[Token], taken: list[Found]
    ) -> list[Found]:
        """"Sint niklas": places of more words that begin with Sint."""
        result = []
        for (first, start, _), (second, _, end) in pairwise(tokens):
            if first not in ("sint", "st") or overlaps(start, end, taken):
                continue
            hit = process.extractOne(f"{first} {second}", self._sint, scorer=fuzz.ratio,
                                     score_cutoff=PROGRAMME_LIKENESS)
            if hit:
                result.append(Found(PLACE, self._values[(PLACE, hit[0])], start, end, exact=False))
        return result

    def _titles(
        self, tokens: list[Token], usual: list[bool], taken: list[Found]
    ) -> list[Found]:
        """Names of several words with typing errors, longest first."""
        result: list[Found] = []
        for size in range(4, 1, -1):
            for i in range(len(tokens) - size + 1):
                window = tokens[i : i + size]
                # One strange word between words of no title is a typing error in something else.
                strange = usual[i : i + size].count(False)
                words = [word for word, _, _ in window]
                if any(ordinary and word not in self._title_words for word, ordinary in (
                        (words[0], usual[i]), (words[-1], usual[i + size - 1]))):
                    continue  # "na koetwerk duaal": the title starts at the second word
                if not strange or (strange == 1 and self._title_words.isdisjoint(words)):
                    continue
                start, end = window[0][1], window[-1][2]
                if overlaps(start, end, taken + result):
                    continue
                hit = process.extractOne(" ".join(words), self._long,
                                         scorer=fuzz.ratio, score_cutoff=PROGRAMME_LIKENESS)
                if hit:
                    value = self._values[(PROGRAMME, hit[0])]
                    result.append(Found(PROGRAMME, value, start, end, exact=False))
        return result
