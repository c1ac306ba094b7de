"""From a platform's event to what may be stored of it.

The inbox looks first, so that of a cry for help only its kind is kept and personal data are out
before the first byte reaches the disk. Of a position only the municipality is kept.
"""

from __future__ import annotations

from typing import Any, Mapping

from bot.channels.messaging.inbound import Event
from bot.errors import InputError
from bot.inbox import municipality, receive

CRISIS, TEXT, PAYLOAD, PLACE, MEDIA, FAULT = "nood", "tekst", "knop", "plaats", "media", "fout"
LONGEST_PAYLOAD = 256


def content(event: Event, max_text: int) -> dict[str, Any]:
    """What is kept of an event, with what a reply needs; sealed before it is written."""
    kept: dict[str, Any] = {"to": dict(event.to)}
    if event.ack is not None:
        kept["ack"] = dict(event.ack)
    if event.media is not None:
        kept[MEDIA] = event.media
    if event.payload is not None:
        kept[PAYLOAD] = event.payload[:LONGEST_PAYLOAD]
    elif event.location is not None:
        kept[PLACE] = municipality(*event.location)
    elif event.text is not None:
        kept.update(_text(event.text, max_text))
    return kept


def fault(event: Event, code: str) -> dict[str, Any]:
    """What is kept of an event that is not looked at, with the reason."""
    return {"to": dict(event.to), FAULT: code}


def urgent(kept: Mapping[str, Any]) -> bool:
    """True for what is never too much: a cry for help, or the wish to be forgotten."""
    return CRISIS in kept or kept.get(PAYLOAD) == "actie:wis"


def _text(text: str, max_text: int) -> dict[str, Any]:
    try:
        inbound = receive(text, max_text)
    except InputError as error:
        return {FAULT: error.code}
    if inbound.parsed is not None:
        return {CRISIS: inbound.parsed}
    return {TEXT: inbound.text}
