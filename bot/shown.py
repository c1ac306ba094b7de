"""Which answer a conversation showed last, for a message that leans on it (no Rasa)."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

# Replies that change nothing about what the conversation is about.
PASSING = frozenset({
    "utter_keuze", "utter_andere_keuze", "utter_bedanken", "utter_bevestigen", "utter_ontkennen",
    "utter_niet_begrepen", "utter_bron", "utter_klacht_bot", "utter_buiten_bereik"})
TURNS = 3  # further back nobody leans on


def last_topic(events: Sequence[Mapping[str, Any]]) -> str | None:
    """The id of the topic shown before the latest message; `events` are Rasa's, oldest first.

    None when something else was shown since: a search, help lines, a greeting.
    """
    turns = -1
    for event in reversed(events):
        if event["event"] == "user":
            turns += 1
        elif event["event"] == "bot" and turns >= 0:
            name = str((event.get("metadata") or {}).get("utter_action") or "")
            if "/" in name:
                return name.partition("/")[2]
            if name not in PASSING:
                return None
        if turns >= TURNS:
            return None
    return None
