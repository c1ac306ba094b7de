"""Button payloads as parsed messages: intent, entities and selector, never a `/intent` text."""

from __future__ import annotations

import re
from typing import Any, Callable, Mapping

from bot.nlu.prediction import CRISIS, selector

PAYLOAD = re.compile(r"[a-z0-9_:.-]{1,64}")
TASKS = {"aanbod": "aanbod", "opleiding": "opleiding_info", "pad": "pad", "hulp": "overdracht"}
ACTIONS = {"wis": "wis_gesprek", "help": "hulp_bot", "opnieuw": "opnieuw"}

ParseData = dict[str, Any]


def parse_payload(
    payload: str, topic_label: Callable[[str], str | None], themes: Mapping[str, Any]
) -> ParseData | None:
    """The parsed message that a payload stands for; None for one we never offered.

    `topic_label` gives `thema/onderwerp` for a topic id, or None.
    """
    if not PAYLOAD.fullmatch(payload):
        return None
    kind, _, value = payload.partition(":")
    if kind == "onderwerp":
        label = topic_label(value)
        return _parsed(payload, label.partition("/")[0], label=label) if label else None
    if kind == "thema" and value in themes:
        return _parsed(payload, "thema")
    if kind == "opleiding" and value:
        return _parsed(payload, "kies_opleiding", {"opleiding": value})
    if kind == "plaats" and re.fullmatch(r"\d{4,5}", value):
        return _parsed(payload, "informeer", {"plaats": value})
    if kind == "school" and value:
        return _parsed(payload, "kies_school", {"school": value})
    if kind == "taak" and value in TASKS:
        return _parsed(payload, TASKS[value])
    if payload == "keuze:geen":
        return _parsed(payload, "andere_keuze")
    if kind == "meer" and value.isdigit():
        return _parsed(payload, "meer", {"vanaf": value})
    if kind == "actie" and value in ACTIONS:
        return _parsed(payload, ACTIONS[value])
    return None


def parse_crisis(value: str) -> ParseData:
    """A cry for help: only its kind goes on, never its words."""
    return _parsed("[nood]", CRISIS, {"nood": value})


def parse_place(niscode: str) -> ParseData:
    """A shared location, already turned into its municipality."""
    return _parsed(f"plaats:{niscode}", "informeer", {"plaats": niscode})


def _parsed(
    payload: str,
    intent: str,
    entities: Mapping[str, str] | None = None,
    label: str | None = None,
) -> ParseData:
    parsed: ParseData = {
        "text": payload,
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": [{"name": label or intent, "confidence": 1.0}],
        "entities": [
            {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "payload"}
            for name, value in (entities or {}).items()
        ],
        "tier": {"naam": "zeker", "keuzes": []},
        "payload": payload,
    }
    if label:
        parsed["response_selector"] = selector(label, 1.0)
    return parsed
