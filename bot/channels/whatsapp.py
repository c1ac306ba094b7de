"""WhatsApp through Meta's Cloud API."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from bot.answers.render import whatsapp
from bot.channels.messaging.inbound import Event
from bot.channels.messaging.meta import MetaChannel
from bot.channels.messaging.parse_whatsapp import parse
from bot.channels.messaging.sending import Call
from bot.channels.output import Collected

NAME = "whatsapp"


class WhatsAppOutput(Collected):
    """Collects the answers of one turn."""

    @classmethod
    def name(cls) -> str:
        """The name by which the way out knows us."""
        return NAME


class WhatsAppChannel(MetaChannel):
    """The webhook /webhooks/whatsapp/webhook and the calls of one telephone number."""

    app = "WhatsApp"
    needs = ("WHATSAPP_TOKEN", "WHATSAPP_NUMMER", "WHATSAPP_APPGEHEIM", "WHATSAPP_VERIFICATIE")
    output = WhatsAppOutput

    @classmethod
    def name(cls) -> str:
        """Path part: /webhooks/whatsapp."""
        return NAME

    def parse(self, body: Mapping[str, Any]) -> List[Event]:
        """The messages to our number."""
        return parse(body, self.own("NUMMER"))

    def render(self, answer: Mapping[str, Any]) -> List[Dict[str, Any]]:
        """Bodies of POST /messages."""
        return whatsapp.render(answer, self.settings.public_url)

    def call(self, to: Mapping[str, str], rendered: Mapping[str, Any]) -> Call:
        """`to` holds a telephone number or, as `recipient`, a business-scoped user id."""
        return Call(
            f"{self.settings.graph_url}/{self.own('NUMMER')}/messages",
            {"messaging_product": "whatsapp", "recipient_type": "individual", **to, **rendered},
            self.authorised())
