"""Messenger of a Facebook page."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from bot.answers.render import messenger
from bot.channels.messaging.inbound import Event
from bot.channels.messaging.meta import MetaChannel
from bot.channels.messaging.parse_messenger import parse
from bot.channels.messaging.sending import Call
from bot.channels.output import Collected

NAME = "messenger"


class MessengerOutput(Collected):
    """Collects the answers of one turn."""

    @classmethod
    def name(cls) -> str:
        """The name by which the way out knows us."""
        return NAME


class MessengerChannel(MetaChannel):
    """The webhook /webhooks/messenger/webhook and the Send API of one page."""

    app = "Messenger"
    needs = ("MESSENGER_TOKEN", "MESSENGER_APPGEHEIM", "MESSENGER_VERIFICATIE")
    output = MessengerOutput

    @classmethod
    def name(cls) -> str:
        """Path part: /webhooks/messenger."""
        return NAME

    def parse(self, body: Mapping[str, Any]) -> List[Event]:
        """The messages to our page."""
        return parse(body)

    def render(self, answer: Mapping[str, Any]) -> List[Dict[str, Any]]:
        """`message` objects of the Send API."""
        return messenger.render(answer, self.settings.public_url)

    def call(self, to: Mapping[str, str], rendered: Mapping[str, Any]) -> Call:
        """`to` holds the page-scoped id of the person."""
        return Call(
            f"{self.settings.graph_url}/me/messages",
            {"recipient": dict(to), "messaging_type": "RESPONSE", "message": rendered},
            self.authorised())
