"""Which answer a conversation showed last, for a message that leans on it (no Rasa)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping

# What the way out writes beside each reply, on every channel.
KIND, TOPIC = "soort", "onderwerp"
# Kinds of replies that change nothing about what the conversation is about.
PASSING = frozenset({"choice", "smalltalk", "refusal", "fallback"})
TURNS = 3  # further back nobody leans on


def last_topic(events: Iterable[Mapping[str, Any]]) -> str | None:
    """The id of the topic shown before the latest message; `events` are Rasa's, latest first.

    None when something else was shown since: a search, help lines, a question back.
    """
    turns = -1
    for event in events:
        if event["event"] == "user":
            turns += 1
        elif event["event"] == "bot" and turns >= 0:
            metadata = event.get("metadata") or {}
            if metadata.get(TOPIC):
                return str(metadata[TOPIC])
            if metadata.get(KIND) not in PASSING:
                return None
        if turns >= TURNS:
            return None
    return None
