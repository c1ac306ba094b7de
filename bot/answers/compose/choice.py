"""In doubt: at most three readable readings and "geen van deze"."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from bot.answers.model import Answer, Button
from bot.answers.texts import Texts
from bot.knowledge.model import Knowledge

MAX_CHOICES = 3


def compose_choice(
    labels: Sequence[str],
    knowledge: Knowledge,
    texts: Texts,
    confidence: float | None = None,
    doubts: int = 0,
) -> Answer:
    """A question back with the best readings. Small talk is never offered as a reading.

    `doubts` is how many turns in a row it was asked just before: each time in other words.
    """
    wordings = texts.entry("keuze", "teksten")
    choices = [c for c in (choice(label, knowledge, texts) for label in labels) if c]
    none = Button(texts.say("keuze", "knop_geen"), "keuze:geen", texts.say("keuze", "label_geen"))
    return Answer(
        kind="choice",
        text=str(wordings[doubts % len(wordings)]),
        buttons=(*choices[:MAX_CHOICES], none),
        confidence=confidence,
    )


def choice(label: str, knowledge: Knowledge, texts: Texts) -> Button | None:
    """One classifier label as a button, or None when a person could not choose it."""
    topic = knowledge.get(label.partition("/")[2])
    if topic:
        return Button(topic.button, f"onderwerp:{topic.id}", topic.question)
    tasks: Mapping[str, Any] = texts.entry("keuze", "taken")
    if label in tasks:
        row = tasks[label]
        return Button(row["knop"], row["doel"], row["label"])
    return None


def has_choices(labels: Sequence[str], knowledge: Knowledge, texts: Texts) -> bool:
    """True when at least one label can be offered."""
    return any(choice(label, knowledge, texts) for label in labels)
