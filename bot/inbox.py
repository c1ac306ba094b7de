"""The one way in: every channel and the test bench clean a message here before Rasa sees it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.errors import InputError

MAX_TEXT = 1000


@dataclass(frozen=True)
class Inbound:
    """A message as the bot may see and store it."""

    text: str


def receive(text: str, limit: int = MAX_TEXT) -> Inbound:
    """A cleaned message: no control characters, no lone surrogates, never a `/command`.

    Raises InputError for an empty message or one over `limit` characters.
    """
    if len(text) > limit:
        raise InputError("te_lang", f"Je bericht is te lang. Gebruik hoogstens {limit} tekens.")
    cleaned = "".join(" " if c in "\r\n\t" else c for c in text if _printable(c))
    # Rasa reads "/name" as an intent: a person's slash is only a character.
    cleaned = cleaned.strip().lstrip("/").strip()
    if not cleaned:
        raise InputError("leeg", "Je bericht is leeg. Typ een vraag.")
    return Inbound(cleaned)


def _printable(char: str) -> bool:
    return char in "\r\n\t" or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
