"""The forms Rasa's dialogue side reads, shared by the classifier and the payloads (no Rasa)."""

from __future__ import annotations

from typing import Any

CHOICES = 3  # how many readings are offered
# Intents that our own components decide on.
CRISIS, FOREIGN, TWO_QUESTIONS = "nood", "andere_taal", "twee_vragen"
IN_DOUBT = "twijfel"
LEANING = "leunt"  # what was shown before may say what is meant (bot.nlu.leaning)
RULE_AND_PATHWAY = "regel_en_pad"  # a general topic, asked of a programme


def selector(label: str, confidence: float) -> dict[str, Any]:
    """Response-selector property that leads `utter_<thema>` to `utter_<thema>/<onderwerp>`."""
    theme, _, _ = label.partition("/")
    response = {
        "responses": [],
        "confidence": confidence,
        "intent_response_key": label,
        "utter_action": f"utter_{label}",
    }
    ranking = [{"confidence": confidence, "intent_response_key": label}]
    return {
        "all_retrieval_intents": [theme],
        theme: {"response": response, "ranking": ranking},
    }
