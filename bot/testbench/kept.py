"""What the pages may keep of what people type: no personal data, nothing of somebody in need."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from bot import resources
from bot.errors import InputError
from bot.nlu.prediction import CRISIS
from bot.safety.personal import mask

SAFETY = "safety"


def kept(text: str) -> str:
    """A remark, reason or name with personal data masked; InputError for a sign of need."""
    if in_need(text):
        raise InputError("nood", "Deze tekst lijkt op een noodkreet. Die bewaren we niet. Schrijf "
                         "het anders, zonder de woorden van een leerling.")
    return mask(text).text


def in_need(text: str) -> bool:
    """True for a cry for help and for a sign of concern."""
    signal = resources.crisis().detect(text)
    return signal.category is not None or signal.concern


def turn_in_need(
    text: str, parsed: Mapping[str, Any], messages: Sequence[Mapping[str, Any]]
) -> bool:
    """True when a turn is about somebody in need: by its words, its intent or its answers."""
    return (in_need(text) or (parsed.get("intent") or {}).get("name") == CRISIS
            or any(message.get("kind") == SAFETY for message in messages))
