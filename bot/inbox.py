"""The one way in: every channel and the test bench clean a message here before Rasa sees it.

First the cry for help, in every state of a conversation; then personal data. Of a cry for help
only its kind goes on: its words are never stored.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot import resources
from bot.channels.payloads import ParseData, parse_crisis
from bot.errors import InputError
from bot.nlu.language import foreign_language
from bot.safety.counter import count
from bot.safety.personal import mask

MAX_TEXT = 1000
LONGEST = 20_000  # more is not even looked through
NOWHERE = "00000"  # no municipality of ours is near
# Slashes at the edges too: Rasa reads "/name" as an intent, a person's slash is only a character.
LINES = "\r\n\t\u2028\u2029"  # what begins a new line somewhere: a message is one line
EDGES = "/ \t\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True)
class Inbound:
    """A message as the bot may see and store it; `parsed` when it is already understood."""

    text: str
    parsed: ParseData | None = None


def receive(text: str, limit: int = MAX_TEXT) -> Inbound:
    """What may go on of a typed message.

    Raises InputError for an empty message or one over `limit` characters, but never for a cry for
    help: who is in need may write long.
    """
    cleaned = clean(text, LONGEST)
    category = _need(cleaned, limit)
    if category:
        count(resources.settings().counters_file, category, resources.today())
        foreign = foreign_language(cleaned)
        need = f"{category}:{foreign.language}" if foreign else category
        return Inbound("[nood]", parse_crisis(need))
    return Inbound(mask(clean(cleaned, limit)).text)


def _need(text: str, width: int) -> str | None:
    """The kind of the first cry for help in parts of `width` that overlap by half."""
    for start in range(0, max(len(text) - width // 2, 1), width // 2):
        if category := resources.crisis().detect(text[start : start + width]).category:
            return category
    return None


def municipality(lat: float, lon: float) -> str:
    """The code of the municipality around a position; the position itself goes no further."""
    place = resources.catalogue().places.nearest(round(lat, 2), round(lon, 2))
    return place.niscode if place else NOWHERE


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """No control characters, no lone surrogates, never a `/command`; InputError as `receive`."""
    if len(text) > limit:
        raise InputError("te_lang", f"Je bericht is te lang. Gebruik hoogstens {limit} tekens.")
    cleaned = "".join(" " if c in LINES else c for c in text if _printable(c))
    cleaned = cleaned.strip(EDGES)
    if not cleaned:
        raise InputError("leeg", "Je bericht is leeg. Typ een vraag.")
    return cleaned


def _printable(char: str) -> bool:
    return char in LINES or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
