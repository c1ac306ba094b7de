"""A choice that is typed: "2", "de tweede", "meer" after an answer with options (no Rasa)."""

from __future__ import annotations

import re
from typing import Any, Mapping

from bot.answers.render.parts import numbering
from bot.nlu.normaliser import normalise

ORDER = {word: i for i, words in enumerate((
    ("1", "eerste"), ("2", "twee", "tweede"), ("3", "drie", "derde"),
    ("4", "vier", "vierde"), ("5", "vijf", "vijfde"), ("6", "zes", "zesde"),
    *((str(n),) for n in range(7, 100)))) for word in words}
CHOICE = re.compile(
    r"(?:(?:ok|oke|ja|nee|en|toch|liever|doe|dan|ik|neem|kies|wil|bedoel|nummer|nr|optie|keuze|"
    r"antwoord|die|van|de|het|maar)\s+)*"
    rf"(?P<which>{'|'.join(ORDER)}|laatste)(?P<ordinal>e|de|ste)?"
    r"(?:\s+(?:school|richting|optie|keuze|graag|die|aub|alstublieft|alsjeblieft|svp))*")
MORE = frozenset({"meer", "toon meer", "nog meer", "meer scholen", "toon meer scholen", "nog",
                  "nog scholen", "nog andere", "andere scholen"})
# Answers whose first button is the step that comes next.
OFFERING = frozenset({"programme", "pathway"})
YES = frozenset({"ja", "jaa", "ja graag", "graag", "ja hoor", "ja doe maar", "doe maar",
                 "ja toon maar", "yes", "jep", "ja dat wil ik"})


def may_choose(text: str) -> bool:
    """True when the text can only be a choice among what was just offered."""
    words = normalise(text)
    return words in MORE or words in YES or CHOICE.fullmatch(words) is not None


def chosen(text: str, answer: Mapping[str, Any]) -> str | None:
    """The payload of the option that the text means in the last answer; None when there is none.

    A number is that of `numbering`: schools first, then the buttons. "Ja" takes up what an answer
    offers first; after a question with several options it is no choice.
    """
    words = normalise(text)
    buttons = [str(b["payload"]) for b in answer.get("buttons") or () if b.get("payload")]
    if words in MORE:
        return next((payload for payload in buttons if payload.startswith("meer:")), None)
    if words in YES:
        offers = answer.get("kind") in OFFERING and not answer.get("ask")
        return buttons[0] if buttons and offers else None
    found = CHOICE.fullmatch(words)
    if found is None or (found["ordinal"] and not words.startswith("de ")):
        return None  # "3de" alone is the third year
    numbers = numbering(answer)
    schools = [payload for payload in numbers if payload.startswith("school:")]
    if found["which"] == "laatste":
        return next(reversed(schools or list(numbers)), None)
    number = ORDER[found["which"]] + 1
    return next((payload for payload, n in numbers.items() if n == number), None)
