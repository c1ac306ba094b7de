"""Answers that the kill switch held back, told from what was said in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from bot.answers.texts import Texts
from bot.knowledge.model import Knowledge, Topic
from bot.knowledge.silence import Silence
from bot.testbench.certainty import led_by

TOPIC_BUTTON = "onderwerp:"


@dataclass(frozen=True)
class Silent:
    """An answer that was held back. `topic` is None when no topic was meant.

    `everything` when the whole bot was silent; `reason` is "" when it speaks again by now.
    """

    topic: Topic | None
    everything: bool
    reason: str

    @property
    def sentence(self) -> str:
        """As people read it."""
        if not self.reason:
            return "Dit antwoord stond stil toen je de vraag stelde. Nu spreekt het weer."
        whole = " (de hele bot staat stil)" if self.everything else ""
        return f"Dit antwoord staat stil: {self.reason.rstrip('.')}{whole}."


def reason_now(topic: Topic, silence: Silence) -> str:
    """Why a topic is silent now, its own reason first; "" when it speaks (help lines always do)."""
    if topic.safety:
        return ""
    return silence.topics.get(topic.id) or silence.everything or ""


def held_back(messages: Sequence[Mapping[str, Any]], parsed: Mapping[str, Any],
              knowledge: Knowledge, texts: Texts, silence: Silence) -> list[Silent | None]:
    """For each message of one turn what it took the place of; None for an answer of its own."""
    meant = _meant(parsed, knowledge)
    return [_held_back(message, meant[i] if i < len(meant) else None, knowledge, texts, silence)
            for i, message in enumerate(messages)]


def _held_back(message: Mapping[str, Any], meant: Topic | None, knowledge: Knowledge,
               texts: Texts, silence: Silence) -> Silent | None:
    if message["kind"] != "fallback":
        return None
    # A sentence about help or personal data may follow.
    said = str(message["text"])
    if said.startswith(str(texts.entry("gesprek", "stil")["tekst"]).strip()):
        return Silent(meant, True, silence.everything or "")
    for topic in knowledge:
        if said.startswith(texts.say("kennis", "stil", vraag=topic.question)):
            reason = reason_now(topic, silence)
            return Silent(topic, topic.id not in silence.topics and bool(reason), reason)
    return None


def _meant(parsed: Mapping[str, Any], knowledge: Knowledge) -> list[Topic | None]:
    """The topics that the messages of a turn are about, in order."""
    payload = str(parsed.get("payload") or "")
    if payload:
        return [knowledge.get(payload.partition(TOPIC_BUTTON)[2])]
    return [knowledge.get(label.partition("/")[2]) for label in led_by(parsed)]
