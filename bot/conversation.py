"""Talk to a trained model in this process, through the same inbox and way out as the server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot import rasa_patches
from bot.buttons import pressed, typed
from bot.channels.web import SENDER_PREFIX, WebOutput
from bot.conversations import MemoryStore, store_of
from bot.endpoints import endpoints
from bot.inbox import receive
from bot.settings import Settings


class Conversations:
    """One loaded model and any number of conversations with it, kept in memory only."""

    def __init__(self, model: Path, settings: Settings) -> None:
        """Load the model; it must exist."""
        rasa_patches.apply()
        ends = endpoints(settings)
        from rasa.core.nlg import NaturalLanguageGenerator

        self.agent = Agent.load(
            str(model),
            generator=NaturalLanguageGenerator.create(ends.nlg, None),
            action_endpoint=ends.action,
            tracker_store=MemoryStore(None),
        )
        self._loop = asyncio.new_event_loop()

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """The bot's messages on one typed message."""
        inbound = receive(text)
        text, parsed = inbound.text, inbound.parsed
        if parsed is None:
            choice = typed(self.agent.tracker_store, f"{SENDER_PREFIX}{sender}", text)
            text, parsed = self._loop.run_until_complete(choice) or (text, None)
        return self._turn(sender, text, parsed)

    def events(self, sender: str) -> list[dict[str, Any]]:
        """Everything that is kept of one conversation, as Rasa stores it."""
        tracker = self._loop.run_until_complete(
            self.agent.tracker_store.retrieve(f"{SENDER_PREFIX}{sender}"))
        return [event.as_dict() for event in tracker.events] if tracker else []

    def forget(self, sender: str) -> None:
        """Drop one conversation from memory."""
        store_of(self.agent).store.pop(f"{SENDER_PREFIX}{sender}", None)

    def press(self, sender: str, payload: str) -> list[dict[str, Any]]:
        """The bot's messages on one pressed button."""
        parsed = pressed(payload)
        assert parsed is not None, f"onbekende knop {payload}"
        return self._turn(sender, payload, parsed)

    def _turn(self, sender: str, text: str, parsed: dict[str, Any] | None) -> list[dict[str, Any]]:
        output = WebOutput()
        message = UserMessage(text, output, f"{SENDER_PREFIX}{sender}", parse_data=parsed,
                              input_channel="web")
        self._loop.run_until_complete(self.agent.handle_message(message))
        return output.answers
