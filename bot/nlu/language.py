"""In which language a message is written, offline (no Rasa).

A script decides at once. Latin letters only count from three words on, and only when another
language is far more likely than Dutch: short Dutch messages are easily taken for something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Sequence

from lingua import Language, LanguageDetector, LanguageDetectorBuilder
from wordfreq import zipf_frequency

from bot.nlu.normaliser import fold

SCRIPTS = {"ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f]{2,}"),
           "uk": re.compile(r"[\u0400-\u04ff]{2,}")}
WORD = re.compile(r"[^\W\d_]+")
# Letters that Dutch, French and English do not have.
OWN_LETTERS = {
    "tr": re.compile(r"[ğışĞİŞ]"), "pl": re.compile(r"[ąęłńśźżĄĘŁŃŚŹŻ]"),
    "ro": re.compile(r"[ășțşţĂȘȚ]"), "es": re.compile(r"[ñ¿¡Ñ]"),
}
# Short words of a language: a message of two or more and nothing else is plain ("what is duaal
# leren", where the words left are too short for the detector).
OWN_WORDS = {
    "fr": "c est quoi ce que qu est comment combien pourquoi ca le la je il veut dire pour l d",
    "en": "what whats is the how does do it about why i my can this mean meaning of a",
    "pl": "co to jest jak ile czym dlaczego znaczy",
    "es": "que es el la como cuanto por cual significa son",
    "ro": "ce este cum cat inseamna e",
    "tr": "ne nedir nasil demek bu",
}
# Words that only Dutch has: with one of them a message is Dutch, whatever the others look like.
DUTCH = frozenset("aub ik het een niet voor mijn waar hoe ge gij naar moet heb wij welke "
                  "wa wat dat kost zijn krijg hoeveel".split())
MIN_WORDS = 3
CERTAIN, PLAIN = 0.5, 0.75
# Flemish terms that people of every language use; they say nothing of the language around them.
DOMAIN = re.compile(
    r"\b(duaal|duale|leren|leervergoeding|clb|okan|trajectbegeleider|graduaat)\b", re.IGNORECASE)

LATIN = {
    Language.FRENCH: "fr", Language.ENGLISH: "en", Language.TURKISH: "tr", Language.POLISH: "pl",
    Language.SPANISH: "es", Language.ROMANIAN: "ro",
}


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    # Low accuracy mode takes 17 MB instead of 221; the classifier has the last word anyway.
    return (LanguageDetectorBuilder.from_languages(Language.DUTCH, *LATIN)
            .with_low_accuracy_mode().build())


@dataclass(frozen=True)
class Foreign:
    """A language other than Dutch; `plain` when it cannot be anything else."""

    language: str
    plain: bool


def foreign_language(text: str) -> Foreign | None:
    """The language (fr, en, tr, ar, uk, pl, es, ro), or None for Dutch and when unsure."""
    for language, script in SCRIPTS.items():
        if script.search(text):
            return Foreign(language, True)
    if len(WORD.findall(text)) < MIN_WORDS:
        return None
    for language, letters in OWN_LETTERS.items():
        if letters.search(text):
            return Foreign(language, True)
    told = DOMAIN.sub(" ", text)
    words = [fold(word) for word in WORD.findall(told)]
    for language, own in OWN_WORDS.items():
        if len(words) > 1 and set(words) <= set(own.split()):
            return Foreign(language, True)
    if len(words) < MIN_WORDS or not DUTCH.isdisjoint(words):
        return None
    best = _detector().compute_language_confidence_values(told)[0]
    found = LATIN.get(best.language)
    if not found or best.value < CERTAIN or _known(words, "nl") >= _known(words, found):
        return None
    return Foreign(found, best.value >= PLAIN)


def _known(words: Sequence[str], language: str) -> float:
    """How ordinary these words are in a language, together; the small list takes little memory."""
    return sum(zipf_frequency(word, language, wordlist="small") for word in words)
