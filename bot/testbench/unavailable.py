"""Answers that expired or are not written yet, told from what the bot says in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from bot.answers.texts import Texts
from bot.knowledge.model import Knowledge, Topic

# What the bot says (data/teksten/kennis.yml), and what that means for who tests it.
SAID = {"vervallen": ("verlopen antwoord", "moet het nakijken"),
        "in_opmaak": ("antwoord dat nog niet geschreven is", "moet het schrijven")}


@dataclass(frozen=True)
class Unavailable:
    """A topic whose answer expired or is not written yet, and what must be done by whom."""

    topic: Topic
    what: str
    task: str

    @property
    def sentence(self) -> str:
        """As people read it."""
        return (f'{self.what}: "{self.topic.question}" '
                f"({self.topic.owner or 'nog niemand'} {self.task})")


def unavailable(message: Mapping[str, Any], knowledge: Knowledge, texts: Texts
                ) -> Unavailable | None:
    """What a message took the place of; None for an answer of its own."""
    if message["kind"] != "fallback":
        return None
    # A sentence about help or personal data may follow.
    said = str(message["text"])
    for topic in knowledge:
        for entry, (what, task) in SAID.items():
            if said.startswith(texts.say("kennis", entry, vraag=topic.question)):
                return Unavailable(topic, what, task)
    return None
