"""Names of places, programmes and interests found in a message (no Rasa).

Exact names through spaCy's PhraseMatcher over folded words, so that case, accents and hyphens do
not matter; typing errors through rapidfuzz, and there only for words that are not ordinary Dutch.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterable, Mapping

import spacy
from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from wordfreq import zipf_frequency

from bot.nlu.filters import filters
from bot.nlu.normaliser import fold

PLACE, PROGRAMME, PROVINCE, OUTSIDE = "plaats", "opleiding", "provincie", "buitenland"
BEFORE_PLACE = frozenset(
    "in te rond bij nabij omgeving omtrent regio van uit naar tussen richting omstreken buurt "
    "stad gemeente provincie school scholen duaal duale ik wonen woon woont wonende bedoel "
    "bedoelde maar en of".split()
)
# Municipalities whose name is also a word or a form of one: only after a word that leads to a
# place, or alone in the message.
WORDLIKE_PLACES = frozenset(
    "ham as mol peer boom essen lint lier geel bree lo heist halle balen duffel meer bos "
    "laken werken winkel staden berg paal loon lot stal rum hove olen bever zele melle hoek "
    "landen leest muizen heide bevel reet vorst weert ursel schelle wijk temse evere "
    "vissenaken wilde haan moment beek brug kerk pulle gits hever duras lommel dieren "
    "kapellen male dilsen".split()
)
ORDINARY_WORD = 3.2  # Zipf frequency from which a word is ordinary Dutch, never a typing error
PLACE_LIKENESS, PROGRAMME_LIKENESS = 84.0, 88.0
MIN_LENGTH = {PLACE: 5, PROGRAMME: 6}  # of a name that may be mistyped
FEW_WORDS = 3
LONE_PLACE_LIKENESS = 90.0  # without a word before it that leads to a place
TOKEN = re.compile(r"[a-z0-9€]+")


@dataclass(frozen=True)
class Found:
    """One name in a message: what it is, the value to look up, and where it stands."""

    kind: str
    value: str
    start: int
    end: int
    exact: bool = True


class Lexicon:
    """All names the catalogue knows, ready to be found in messages."""

    def __init__(
        self,
        places: Iterable[str],
        programmes: Mapping[str, str],
        provinces: Iterable[str],
        postcodes: Iterable[str],
        outside: Iterable[str] = (),
    ) -> None:
        """`programmes` maps a name or alias as typed to the value to look up.

        `outside` are places where there is no dual learning of ours.
        """
        self._nlp = spacy.blank("nl")
        self._matcher = PhraseMatcher(self._nlp.vocab)
        self._values: dict[tuple[str, str], str] = {}
        self._postcodes = frozenset(postcodes)
        self._add(PROVINCE, {name: name for name in provinces})
        self._add(PLACE, {name: name for name in places})
        self._add(PROGRAMME, programmes)
        self._add(OUTSIDE, {name: name for name in outside})
        # Names by kind and first letter: few people mistype that one.
        self._fuzzy: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, name in sorted(self._values):
            if len(name) >= MIN_LENGTH.get(kind, sys.maxsize):
                self._fuzzy[kind, name[0]].append(name)
        self._long = sorted(name for kind, name in self._values
                            if kind == PROGRAMME and " " in name and len(name) >= 6)
        self._known_words = {w for _, name in self._values for w in name.split()}
        self._title_words = {w for name in self._long for w in name.split() if len(w) > 3}

    def _add(self, kind: str, names: Mapping[str, str]) -> None:
        docs = []
        for name, value in names.items():
            parts = _folded_words(name)
            if not parts:
                continue
            key = " ".join(parts)
            if (kind, key) not in self._values:
                self._values[(kind, key)] = value
                docs.append(Doc(self._nlp.vocab, words=parts))
        self._matcher.add(kind, docs)

    def find(self, text: str) -> list[Found]:
        """Names in the text, longest first where they overlap, in order of appearance."""
        folded, offsets = _fold_with_offsets(text)
        tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(folded)]
        if not tokens:
            return []
        found = self._exact(tokens) + self._postcode(tokens)
        taken = _without_overlap(found)
        taken += self._typing_errors(tokens, taken)
        taken += [Found(kind, value, start, end) for kind, value, start, end in filters(folded)]
        return sorted(
            (Found(f.kind, f.value, offsets[f.start], offsets[f.end - 1] + 1, f.exact)
             for f in taken),
            key=lambda f: f.start,
        )

    def _exact(self, tokens: list[tuple[str, int, int]]) -> list[Found]:
        doc = Doc(self._nlp.vocab, words=[t[0] for t in tokens])
        result = []
        for match_id, start, end in self._matcher(doc):
            kind = self._nlp.vocab.strings[match_id]
            name = " ".join(t[0] for t in tokens[start:end])
            if kind == PLACE and not self._place_fits(tokens, start, end, name):
                continue
            if kind == PLACE and _denied(tokens, start, end):
                continue
            value = self._values[(kind, name)]
            result.append(Found(kind, value, tokens[start][1], tokens[end - 1][2]))
        return result

    def _place_fits(
        self, tokens: list[tuple[str, int, int]], start: int, end: int, name: str
    ) -> bool:
        if name not in WORDLIKE_PLACES and (
            end - start > 1 or zipf_frequency(name, "nl") < 4.6 or len(name) > 7
        ):
            return True
        return (len(tokens) == end - start and name != "meer") or (
            start > 0 and tokens[start - 1][0] in BEFORE_PLACE - {"te", "en", "of", "ik", "maar"}
        ) or name not in WORDLIKE_PLACES

    def _postcode(self, tokens: list[tuple[str, int, int]]) -> list[Found]:
        return [Found(PLACE, t, s, e) for t, s, e in tokens if t in self._postcodes]

    def _typing_errors(
        self, tokens: list[tuple[str, int, int]], taken: list[Found]
    ) -> list[Found]:
        usual = [word in self._known_words or _ordinary(word) for word, _, _ in tokens]
        result = self._misspelt_titles(tokens, usual, taken)
        for i, (word, start, end) in enumerate(tokens):
            if usual[i] or len(word) < 5 or word.isdigit():
                continue
            if any(f.start < end and start < f.end for f in taken + result):
                continue
            # A few words are a search ("kapper hasslet"): there a place needs no word before it.
            led = (i > 0 and tokens[i - 1][0] in BEFORE_PLACE) or len(tokens) <= FEW_WORDS
            limits = {PLACE: PLACE_LIKENESS if led else LONE_PLACE_LIKENESS,
                      PROGRAMME: PROGRAMME_LIKENESS}
            for kind, limit in limits.items() if led else reversed(limits.items()):
                hit = process.extractOne(word, self._fuzzy.get((kind, word[0]), ()),
                                         scorer=fuzz.ratio, score_cutoff=limit)
                if hit:
                    value = self._values[(kind, hit[0])]
                    result.append(Found(kind, value, start, end, exact=False))
                    break
        return result

    def _misspelt_titles(
        self, tokens: list[tuple[str, int, int]], usual: list[bool], taken: list[Found]
    ) -> list[Found]:
        """Names of several words with typing errors, longest first."""
        result: list[Found] = []
        for size in range(4, 1, -1):
            for i in range(len(tokens) - size + 1):
                window = tokens[i : i + size]
                # One strange word between words of no title is a typing error in something else.
                strange = usual[i : i + size].count(False)
                if not strange or (strange == 1 and self._title_words.isdisjoint(
                        word for word, _, _ in window)):
                    continue
                start, end = window[0][1], window[-1][2]
                if any(f.start < end and start < f.end for f in taken + result):
                    continue
                hit = process.extractOne(" ".join(word for word, _, _ in window), self._long,
                                         scorer=fuzz.ratio, score_cutoff=PROGRAMME_LIKENESS)
                if hit:
                    value = self._values[(PROGRAMME, hit[0])]
                    result.append(Found(PROGRAMME, value, start, end, exact=False))
        return result


def _ordinary(word: str) -> bool:
    """True for a word that is Dutch as it stands, never a typing error."""
    return bool(zipf_frequency(word, "nl") >= ORDINARY_WORD)


def _folded_words(name: str) -> list[str]:
    return TOKEN.findall(fold(name).replace("'", ""))


def _fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Folded text of the same meaning, with for each character its place in the original."""
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        for piece in _fold_one(char):
            if piece == "'":
                continue
            out.append(piece)
            offsets.append(i)
    return "".join(out), offsets


@lru_cache(maxsize=1000)
def _fold_one(char: str) -> str:
    return fold(char)


def _denied(tokens: list[tuple[str, int, int]], start: int, end: int) -> bool:
    """True for a name that is taken back or left: "niet in Aalst maar in Gent", "verhuisd van Aalst
    naar Gent".
    """
    words = [word for word, _, _ in tokens]
    before, after = words[max(0, start - 2) : start], words[end : end + 1]
    if before[-1:] in (["van"], ["uit"]) and after == ["naar"]:
        return any(word.startswith("verhui") for word in words)
    led = before[-1:] == ["niet"] or (before[:1] == ["niet"] and before[-1] in BEFORE_PLACE)
    return led and after == ["maar"]


def _without_overlap(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    # A programme beats a place of the same length: "Bakkerij" is not the hamlet.
    for item in sorted(found, key=lambda f: (f.start - f.end, f.kind != PROGRAMME)):
        if not any(k.start < item.end and item.start < k.end for k in kept):
            kept.append(item)
    return kept
