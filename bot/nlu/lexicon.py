"""Names of places, programmes and interests found in a message (no Rasa).

Exact names through spaCy's PhraseMatcher over folded words, so that case, accents and hyphens do
not matter; what is left may hold typing errors (bot.nlu.misspelt).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Iterable, Mapping

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from wordfreq import zipf_frequency

from bot.nlu.cues import AFTER, DOMAIN, WISH, YEAR, cues
from bot.nlu.found import (
    DENIED_PLACE,
    GOAL,
    NOT_DUAL,
    OUTSIDE,
    PLACE,
    PROGRAMME,
    PROVINCE,
    SCHOOL,
    Found,
    Token,
    ordinary,
    overlaps,
)
from bot.nlu.misspelt import Misspelt
from bot.nlu.normaliser import fold
from bot.nlu.place_words import BEFORE_PLACE, TOWNS, WORDLIKE_PLACES
from bot.nlu.taken_back import denied, without_denied

SHORT_SEARCH = 5  # words
ARTICLES = frozenset({"de", "het", "een"})
TO_UNKNOWN = frozenset({"in", "rond", "omgeving", "regio"})
YEARS = frozenset("34567")
TOKEN = re.compile(r"[a-z0-9€]+")


class Lexicon:
    """All names the catalogue knows, ready to be found in messages."""

    def __init__(
        self,
        places: Iterable[str],
        programmes: Mapping[str, str],
        provinces: Iterable[str],
        postcodes: Iterable[str],
        outside: Iterable[str] = (),
        schools: Iterable[str] = (),
        goals: Iterable[str] = (),
        not_dual: Iterable[str] = (),
    ) -> None:
        """`programmes` maps a name or alias as typed to the value to look up.

        `outside` are places where there is no dual learning of ours, `goals` names of graduate
        programmes and of what they lead to, `not_dual` programmes that cannot be done dual.
        """
        self._nlp = spacy.blank("nl")
        self._matcher = PhraseMatcher(self._nlp.vocab)
        self._values: dict[tuple[str, str], str] = {}
        self._postcodes = frozenset(postcodes)
        self._add(PROVINCE, {name: name for name in provinces})
        places = list(places)
        self._add(PLACE, {name: name for name in places})
        self._add(PLACE, {f"st {name[5:]}": name for name in places
                          if name.lower().startswith(("sint-", "sint "))})
        self._add(PROGRAMME, programmes)
        self._add(OUTSIDE, {name: name for name in outside})
        self._add(GOAL, {name: name for name in goals})
        self._add(NOT_DUAL, {name: name for name in not_dual})
        # A school that is called by an ordinary word is only known by more of its name.
        self._add(SCHOOL, {name: name for name in schools if " " in name or not ordinary(name)})
        self._misspelt = Misspelt(self._values)

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
        found = self._exact(tokens, text, offsets) + self._postcode(tokens)
        taken = _without_overlap(found)
        taken += self._misspelt.find(tokens, taken)
        said = [Found(*cue) for cue in cues(folded)]
        whole = [(f.start, f.end) for f in said if f.kind == DOMAIN]
        taken = [f for f in taken if f.kind != PROGRAMME
                 or not any(start <= f.start and f.end <= end for start, end in whole)]
        taken += said + _beside_programmes(tokens, taken)
        taken = without_denied(tokens, taken)
        taken += self._unknown_places(tokens, taken)
        return sorted(
            (Found(f.kind, f.value, offsets[f.start], offsets[f.end - 1] + 1, f.exact)
             for f in taken),
            key=lambda f: f.start,
        )

    def _exact(
        self, tokens: list[Token], text: str, offsets: list[int]
    ) -> list[Found]:
        # A capital inside a message makes a place of an ordinary word: "doe maar Mol".
        shouted = text.isupper()
        doc = Doc(self._nlp.vocab, words=[t[0] for t in tokens])
        result = []
        for match_id, start, end in self._matcher(doc):
            kind = self._nlp.vocab.strings[match_id]
            name = " ".join(t[0] for t in tokens[start:end])
            capital = text[offsets[tokens[start][1]]].isupper()
            if kind == PLACE and not (self._place_fits(tokens, start, end, name)
                                      or (start > 0 and capital and not shouted)
                                      or (name in TOWNS and 1 < len(tokens) <= SHORT_SEARCH
                                          and tokens[start - 1][0] not in ARTICLES)):
                continue
            if kind == PLACE and denied(tokens, start, end):
                kind = DENIED_PLACE
                result.append(Found(kind, name, tokens[start][1], tokens[end - 1][2]))
                continue
            value = self._values[(kind, name)]
            result.append(Found(kind, value, tokens[start][1], tokens[end - 1][2]))
        return result

    def _place_fits(
        self, tokens: list[Token], start: int, end: int, name: str
    ) -> bool:
        if name not in WORDLIKE_PLACES:
            return True
        return (len(tokens) == end - start and name != "meer") or (
            start > 0 and tokens[start - 1][0] in BEFORE_PLACE - {"te", "en", "of", "ik", "maar"})

    def _postcode(self, tokens: list[Token]) -> list[Found]:
        return [Found(PLACE, t, s, e) for t, s, e in tokens if t in self._postcodes]

    def _unknown_places(
        self, tokens: list[Token], taken: list[Found]
    ) -> list[Found]:
        """A strange word after "in" or "rond" is a place we do not know, to be asked back."""
        if any(f.kind in (PLACE, PROVINCE, OUTSIDE, SCHOOL) for f in taken):
            return []
        return [Found(PLACE, word, start, end, exact=False)
                for (led, _, _), (word, start, end) in pairwise(tokens)
                if led in TO_UNKNOWN and len(word) >= 5 and word not in self._misspelt.known_words
                and not word.isdigit() and zipf_frequency(word, "nl") == 0.0
                and not overlaps(start, end, taken)]


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


def _beside_programmes(tokens: list[Token], taken: list[Found]) -> list[Found]:
    """The year in "6 elektriciteit", and "na lassen" as a question of what comes after it."""
    starts, found = {f.start for f in taken if f.kind == PROGRAMME}, []
    for (word, start, end), (_, following, _) in reversed(list(pairwise(tokens))):
        if following in starts and word in YEARS:
            found.append(Found(YEAR, word, start, end))
            starts.add(start)
        elif following in starts and word == "na":
            found.append(Found(WISH, AFTER, start, end))
    return found


def _without_overlap(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    # A programme beats a place of the same length: "Bakkerij" is not the hamlet.
    for item in sorted(found, key=lambda f: (f.start - f.end, f.kind != PROGRAMME)):
        if not overlaps(item.start, item.end, kept):
            kept.append(item)
    return kept
