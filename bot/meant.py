"""What is answered to a message that may lean on the answer shown before it (no Rasa)."""

from __future__ import annotations

from typing import Any, Mapping

import cattrs

from bot import resources
from bot.insight import DOUBT
from bot.knowledge.model import Topic
from bot.nlu.leaning import Evidence, needs_more, read
from bot.nlu.linear import OUT_OF_SCOPE
from bot.nlu.prediction import IN_DOUBT, LEANING

LEANED = f"utter_{LEANING}"
# Responses to a message that means little by itself.
LEANS = frozenset({LEANED, DOUBT, "utter_buiten_bereik"})
RESPONSES = {IN_DOUBT: "keuze"}
# Small talk that is said for a message that looked like something else.
TALK = frozenset({"bron", "niet_begrepen", "bedanken", "afscheid", "bevestigen", "ontkennen"})


def meant(utter_action: str, parsed: Mapping[str, Any], shown: Topic | None
          ) -> tuple[str, dict[str, Any]]:
    """The response for a message that may lean on the topic shown, and what to say it with.

    Any other message keeps its own. Here and not in an action: it works without action server.
    """
    if utter_action not in LEANS:
        return utter_action, {}
    alone, text = str(parsed.get("alleen") or IN_DOUBT), str(parsed.get("text") or "")
    by_itself = utter_action if utter_action != LEANED else f"utter_{RESPONSES.get(alone, alone)}"
    if not parsed.get("weging") or shown is None or shown.safety:
        if not shown and "/" in alone and needs_more(text):
            by_itself = DOUBT  # it goes on with what is not kept, as a cry for help
        return by_itself, {}
    knowledge = resources.knowledge()
    under = [knowledge.topics[name].label for name in shown.followups if name in knowledge.topics]
    reading = read(cattrs.structure(parsed["weging"], Evidence), shown.label, under)
    label = reading.label or ""
    topic = knowledge.get(label.partition("/")[2])
    if topic and not topic.safety:
        return f"utter_{topic.label}", {"verder": topic == shown}
    if label in TALK:
        return f"utter_{label}", {}
    if alone == OUT_OF_SCOPE:
        return by_itself, {}
    return DOUBT, {"keuzes": list(reading.choices)}
