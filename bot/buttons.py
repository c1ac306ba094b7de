"""What a button means, pressed or typed ("2", "de tweede", "meer") in a conversation."""

from __future__ import annotations

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import BotUttered

from bot import resources
from bot.channels.choices import chosen, may_choose
from bot.channels.payloads import ParseData, parse_payload


def pressed(payload: str) -> ParseData | None:
    """The parsed message of a payload; None for one that the bot never offered."""
    knowledge = resources.knowledge()

    def label(topic_id: str) -> str | None:
        topic = knowledge.get(topic_id)
        return topic.label if topic else None

    return parse_payload(payload, label, knowledge.themes())


async def typed(store: TrackerStore, sender: str, text: str) -> tuple[str, ParseData] | None:
    """The payload that a typed choice means in the bot's last answer, with its parsed message."""
    if not may_choose(text):
        return None
    tracker = await store.retrieve(sender)
    for event in reversed(tracker.events if tracker else ()):
        answer = event.data.get("custom") if isinstance(event, BotUttered) else None
        if answer:
            payload = chosen(text, answer)
            parsed = pressed(payload) if payload else None
            return (payload, parsed) if payload and parsed else None
    return None
