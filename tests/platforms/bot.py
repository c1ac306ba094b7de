"""The messaging channels in a process of its own, for tests of the protocol only.

Where Rasa would answer stands an echo; the webhooks, the queue, the conversation store and the
calls out are the real ones. `python -m tests.platforms.bot PORT`, settings from the environment.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from bot import before_rasa, resources

before_rasa.prepare()

from rasa.core.channels import channel as rasa_channels  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import BotUttered, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from sanic import Sanic, response  # noqa: E402

from bot.channels.messaging.channel import Clock  # noqa: E402
from bot.channels.messaging.registry import messaging  # noqa: E402
from bot.channels.messaging.worker import Sleep  # noqa: E402
from bot.conversations import ConversationStore  # noqa: E402
from bot.settings import Settings  # noqa: E402

Sanic.test_mode = True  # without it Sanic starts only once in a process


class EchoAgent:
    """Says what it was told, after `think` seconds, and keeps it as Rasa would."""

    def __init__(self, settings: Settings, think: float = 0.0) -> None:
        self.tracker_store = ConversationStore(Domain.empty(),
                                               db=str(settings.conversations_file))
        self.think = think
        self.asked: list[str] = []

    async def handle_message(self, message: Any) -> None:
        self.asked.append(message.text)
        await asyncio.sleep(self.think)
        answer = {"v": 1, "kind": "smalltalk", "text": f"echo {message.text}"}
        erase = (message.parse_data or {}).get("payload") == "actie:wis"
        sent = {"text": answer["text"], "custom": answer,
                "utter_action": "utter_gewist" if erase else "utter_echo"}
        tracker = (await self.tracker_store.retrieve(message.sender_id)
                   or DialogueStateTracker(message.sender_id, []))
        tracker.update(UserUttered(message.text, message_id=message.message_id))
        tracker.update(BotUttered(answer["text"], metadata={"utter_action": sent["utter_action"]},
                                  data={"custom": answer}))
        await self.tracker_store.save(tracker)
        await message.output_channel.send_response(message.sender_id, sent)


def make(settings: Settings, name: str = "proef", think: float = 0.0, clock: Clock = time.time,
         sleep: Sleep = asyncio.sleep) -> Sanic:
    """The app with every channel that has its secrets."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 4 * settings.max_body
    app.ctx.agent = EchoAgent(settings, think)
    rasa_channels.register(messaging(settings, clock, sleep), app, route="/webhooks/")
    app.add_route(lambda _: response.empty(200), "/health")
    return app


if __name__ == "__main__":
    make(resources.settings()).run("127.0.0.1", int(sys.argv[1]), access_log=False, motd=False)
