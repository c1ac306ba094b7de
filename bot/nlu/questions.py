"""Two questions in one message ("wat verdien je en heb ik vakantie?"), taken apart (no Rasa)."""

from __future__ import annotations

import re

ASKING = ("hoe|hoeveel|hvl|wat|wa|waar|wie|wanneer|waarom|wrm|welk|welke|kan|kunnen|kunde|kunt|mag|"
          "magk|mogen|moogde|moet|moeten|moek|moete|krijg|krijgt|krijgde|krijgen|is|zijn|zijt|ist|"
          "heb|heeft|hebben|hebt|hebde|ben|bent|word|wordt|worden|bestaat|bestaan|gaat|ga|telt|"
          "verdien|verdient|doet|zit|werkt|betaalt|komt|duurt|kost|verlies|blijft|hoelang")
SENTENCE_END = re.compile(r"(?<=[?!.])\s+|\n+")
AND_ASKING = re.compile(rf",?\s+(?:en|of|en ook|plus|&)\s+(?=(?:{ASKING})\b)", re.IGNORECASE)
QUESTION = re.compile(rf"(?:^(?:en |maar |of |ook |dus |ps |nog iets )*(?:{ASKING})\b)|\?\s*$",
                      re.IGNORECASE)
MIN_WORDS, MAX_QUESTIONS = 3, 2


def split_questions(text: str) -> tuple[str, ...]:
    """The questions in a text when there are exactly two of at least three words; else nothing."""
    pieces = [piece.strip() for sentence in SENTENCE_END.split(text)
              for piece in AND_ASKING.split(sentence)]
    asked = tuple(p for p in pieces if len(p.split()) >= MIN_WORDS and QUESTION.search(p))
    return asked if len(asked) == MAX_QUESTIONS else ()
