"""Names of places, programmes and interests found in a message (no Rasa).

Exact names through spaCy's PhraseMatcher over folded words, so that case, accents and hyphens do
not matter; typing errors through rapidfuzz, and there only for words that are not ordinary Dutch.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Iterable, Mapping

import spacy
from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from wordfreq import zipf_frequency

from bot.nlu.cues import AFTER, DOMAIN, WISH, YEAR, cues
from bot.nlu.normaliser import fold

PLACE, PROGRAMME, PROVINCE, OUTSIDE = "plaats", "opleiding", "provincie", "buitenland"
SCHOOL, GOAL, NOT_DUAL = "schoolnaam", "doel", "niet_duaal"
# A programme or place that is taken back: "niet kapper", "niet in Gent maar in Eeklo".
DENIED, DENIED_PLACE = "niet_opleiding", "niet_plaats"
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
    "kapellen male dilsen halen doel voeren melden voort haren hal zolder schaffen kozen appels "
    "wortel heffen heks mal linden herten jeuk lauw meeuwen grazen sluizen kluizen weelde welle "
    "veulen burst leut menen schoten drongen mater".split()
)
# Of those, towns that people do type in a short search: "bakker geel duaal".
TOWNS = frozenset("mol geel lier boom peer bree essen balen halle zele temse evere olen kapellen "
                  "melle heist duffel schelle lommel dilsen menen schoten drongen zolder "
                  "linden".split())
ORDINARY_WORD = 3.2  # Zipf frequency from which a word is ordinary Dutch, never a typing error
# Low enough for two letters that changed places in a name of six ("lueven", "slagreij").
PLACE_LIKENESS, PROGRAMME_LIKENESS = 83.0, 87.0
MIN_LENGTH = {PLACE: 4, PROGRAMME: 6, OUTSIDE: 7}  # of a name that may be mistyped
FEW_WORDS, SHORT_SEARCH = 3, 5
MIN_TYPED = 5  # letters of a word that may be a typing error
COMPOUND = re.compile(r"(.{4,}?)s?(?:opleiding|richting|school|cursus|beroep)(?:en)?")
LONE_PLACE_LIKENESS = 90.0  # without a word before it that leads to a place
ARTICLES = frozenset({"de", "het", "een"})
TO_UNKNOWN = frozenset({"in", "rond", "omgeving", "regio"})
YEARS = frozenset("34567")
NOT = frozenset({"niet", "geen"})
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
        self._add(SCHOOL, {name: name for name in schools if " " in name or not _ordinary(name)})
        # Names by kind and first letter: few people mistype that one.
        self._fuzzy: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, name in sorted(self._values):
            if len(name) >= MIN_LENGTH.get(kind, sys.maxsize):
                self._fuzzy[kind, name[0]].append(name)
        self._long = sorted(name for kind, name in self._values
                            if kind == PROGRAMME and " " in name and len(name) >= 6)
        # Places by first letter and letters, for two that changed places: "aalts".
        self._swapped = {(name[0], "".join(sorted(name))): value
                         for (kind, name), value in self._values.items()
                         if kind == PLACE and len(name) >= 4 and name.isalpha()}
        self._sint = sorted(name for kind, name in self._values
                            if kind == PLACE and name.startswith(("sint ", "st ")))
        self._known_words = {w for kind, name in self._values if kind != SCHOOL
                             for w in name.split()}
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
        found = self._exact(tokens, text, offsets) + self._postcode(tokens)
        taken = _without_overlap(found)
        taken += self._typing_errors(tokens, taken)
        said = [Found(*cue) for cue in cues(folded)]
        whole = [(f.start, f.end) for f in said if f.kind == DOMAIN]
        taken = [f for f in taken if f.kind != PROGRAMME
                 or not any(start <= f.start and f.end <= end for start, end in whole)]
        taken += said + _beside_programmes(tokens, taken)
        taken = _without_denied(tokens, taken)
        taken += self._unknown_places(tokens, taken)
        return sorted(
            (Found(f.kind, f.value, offsets[f.start], offsets[f.end - 1] + 1, f.exact)
             for f in taken),
            key=lambda f: f.start,
        )

    def _exact(
        self, tokens: list[tuple[str, int, int]], text: str, offsets: list[int]
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
            if kind == PLACE and _denied(tokens, start, end):
                kind = DENIED_PLACE
                result.append(Found(kind, name, tokens[start][1], tokens[end - 1][2]))
                continue
            value = self._values[(kind, name)]
            result.append(Found(kind, value, tokens[start][1], tokens[end - 1][2]))
        return result

    def _place_fits(
        self, tokens: list[tuple[str, int, int]], start: int, end: int, name: str
    ) -> bool:
        if name not in WORDLIKE_PLACES:
            return True
        return (len(tokens) == end - start and name != "meer") or (
            start > 0 and tokens[start - 1][0] in BEFORE_PLACE - {"te", "en", "of", "ik", "maar"})

    def _postcode(self, tokens: list[tuple[str, int, int]]) -> list[Found]:
        return [Found(PLACE, t, s, e) for t, s, e in tokens if t in self._postcodes]

    def _typing_errors(
        self, tokens: list[tuple[str, int, int]], taken: list[Found]
    ) -> list[Found]:
        usual = [word in self._known_words or _ordinary(word) for word, _, _ in tokens]
        result = self._misspelt_titles(tokens, usual, taken)
        result += self._misspelt_saints(tokens, taken)
        for i, (word, start, end) in enumerate(tokens):
            if usual[i] or len(word) < 4 or word.isdigit():
                continue
            if any(f.start < end and start < f.end for f in taken + result):
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

    def _misspelt_saints(
        self, tokens: list[tuple[str, int, int]], taken: list[Found]
    ) -> list[Found]:
        """"Sint niklas": places of more words that begin with Sint."""
        result = []
        for (first, start, _), (second, _, end) in pairwise(tokens):
            if first not in ("sint", "st") or any(
                    f.start < end and start < f.end for f in taken):
                continue
            hit = process.extractOne(f"{first} {second}", self._sint, scorer=fuzz.ratio,
                                     score_cutoff=PROGRAMME_LIKENESS)
            if hit:
                result.append(Found(PLACE, self._values[(PLACE, hit[0])], start, end, exact=False))
        return result

    def _unknown_places(
        self, tokens: list[tuple[str, int, int]], taken: list[Found]
    ) -> list[Found]:
        """A strange word after "in" or "rond" is a place we do not know, to be asked back."""
        if any(f.kind in (PLACE, PROVINCE, OUTSIDE, SCHOOL) for f in taken):
            return []
        return [Found(PLACE, word, start, end, exact=False)
                for (led, _, _), (word, start, end) in pairwise(tokens)
                if led in TO_UNKNOWN and len(word) >= 5 and word not in self._known_words
                and not word.isdigit() and zipf_frequency(word, "nl") == 0.0
                and not any(f.start < end and start < f.end for f in taken)]

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
                words = [word for word, _, _ in window]
                if any(ordinary and word not in self._title_words for word, ordinary in (
                        (words[0], usual[i]), (words[-1], usual[i + size - 1]))):
                    continue  # "na koetwerk duaal": the title starts at the second word
                if not strange or (strange == 1 and self._title_words.isdisjoint(words)):
                    continue
                start, end = window[0][1], window[-1][2]
                if any(f.start < end and start < f.end for f in taken + result):
                    continue
                hit = process.extractOne(" ".join(words), self._long,
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
    return led and (after == ["maar"] or (not after and start > 2))


def _beside_programmes(tokens: list[tuple[str, int, int]], taken: list[Found]) -> list[Found]:
    """The year in "6 elektriciteit", and "na lassen" as a question of what comes after it."""
    starts, found = {f.start for f in taken if f.kind == PROGRAMME}, []
    for (word, start, end), (_, following, _) in reversed(list(pairwise(tokens))):
        if following in starts and word in YEARS:
            found.append(Found(YEAR, word, start, end))
            starts.add(start)
        elif following in starts and word == "na":
            found.append(Found(WISH, AFTER, start, end))
    return found


def _without_denied(tokens: list[tuple[str, int, int]], taken: list[Found]) -> list[Found]:
    """What comes after "niet" or "geen" is taken back: "niet auto, wel machines".

    A place only when there is another: "niet Deinze, Diksmuide".
    """
    before = {start: word for (word, _, _), (_, start, _) in pairwise(tokens)}
    denied = [f for f in taken if f.kind in (PROGRAMME, PLACE) and before.get(f.start) in NOT]
    places = sum(f.kind == PLACE for f in taken)
    kinds = {PROGRAMME: DENIED, PLACE: DENIED_PLACE}
    return [replace(f, kind=kinds[f.kind]) if f in denied and (f.kind == PROGRAMME or places > 1)
            else f for f in taken]


def _without_overlap(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    # A programme beats a place of the same length: "Bakkerij" is not the hamlet.
    for item in sorted(found, key=lambda f: (f.start - f.end, f.kind != PROGRAMME)):
        if not any(k.start < item.end and item.start < k.end for k in kept):
            kept.append(item)
    return kept
