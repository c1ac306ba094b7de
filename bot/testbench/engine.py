"""What runs in the process of the worker: one model, asked and looked into."""

from __future__ import annotations

import gc
import uuid
from collections import OrderedDict
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot import resources
from bot.buttons import pressed
from bot.conversation import Conversations
from bot.errors import DuaalwijzerError, InputError
from bot.nlu.normaliser import normalise
from bot.settings import Settings

Turn = tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any] | None]
SEARCH = "zoekvraag"
MOST = 500  # conversations in memory; the oldest goes


class Engine:
    """Answers of one model with what was understood of each message."""

    def __init__(self, model: Path, settings: Settings) -> None:
        """Load the model."""
        self._conversations = Conversations(model, settings)
        self._senders: OrderedDict[str, None] = OrderedDict()
        resources.current().read()
        # What is loaded stays: looking through it for garbage takes 2 ms a question.
        gc.collect()
        gc.freeze()

    def say(self, sender: str, text: str) -> Turn:
        """One typed message; InputError when it is empty or too long."""
        return self._understood(sender, self._conversations.say(sender, text))

    def press(self, sender: str, payload: str) -> Turn:
        """One pressed button; InputError for one that the bot never offers."""
        if pressed(payload) is None:
            raise InputError("knop", "Deze knop bestaat niet (meer).")
        return self._understood(sender, self._conversations.press(sender, payload))

    def say_many(self, texts: list[str]) -> list[tuple[list[dict[str, Any]], str, bool]]:
        """Messages on each text in a conversation of its own, or why not, and if that is a fault.

        These conversations are forgotten at once, and nothing is looked up in them.
        """
        found = []
        for text in texts:
            sender = str(uuid.uuid4())
            try:
                found.append((self._conversations.say(sender, text), "", False))
            except DuaalwijzerError as error:
                found.append(([], str(error), False))
            except Exception as error:  # one question must not end the others
                found.append(([], f"Er liep iets mis ({type(error).__name__}).", True))
            self._conversations.forget(sender)
        return found

    def nearest(self, text: str, topics: list[str], count: int) -> dict[str, list[str]]:
        """The `count` examples of each topic label that are most like the text."""
        wanted = normalise(text)
        found = {}
        for label in topics:
            topic = resources.knowledge().get(label.partition("/")[2])
            examples = topic.examples if topic else ()
            hits = process.extract(wanted, examples, scorer=fuzz.token_set_ratio,
                                   processor=normalise, limit=count)
            found[label] = [example for example, _, _ in hits]
        return found

    def _understood(self, sender: str, messages: list[dict[str, Any]]) -> Turn:
        self._senders[sender] = None
        self._senders.move_to_end(sender)
        if len(self._senders) > MOST:
            self._conversations.forget(self._senders.popitem(last=False)[0])
        parsed: dict[str, Any] = {}
        search: dict[str, Any] | None = None
        for event in self._conversations.events(sender):
            if event["event"] == "user":
                parsed = event.get("parse_data") or {}
            elif event["event"] == "slot" and event["name"] == SEARCH:
                search = event["value"]
        return messages, parsed, search
