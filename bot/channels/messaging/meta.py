"""What WhatsApp and Messenger share: Meta's signature, verification and Graph API."""

from __future__ import annotations

from typing import Any, Mapping

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.messaging.channel import MessagingChannel
from bot.channels.messaging.delivery import Delivery, judge_graph
from bot.channels.messaging.secrecy import same, signature


class MetaChannel(MessagingChannel):
    """A channel of Meta; its secrets are named after it: WHATSAPP_TOKEN, MESSENGER_TOKEN …"""

    party = "Meta"

    def own(self, name: str) -> str:
        """A secret of this channel."""
        return self.secret(f"{self.name().upper()}_{name}")

    def signed(self, request: Request) -> bool:
        """Meta signs the raw body with the secret of the app."""
        expected = signature(self.own("APPGEHEIM"), request.body)
        return same(expected, request.headers.get("X-Hub-Signature-256"))

    def verify(self, request: Request) -> HTTPResponse:
        """Send the challenge back to who knows our verification word."""
        asked = request.args
        if asked.get("hub.mode") == "subscribe" and same(
                self.own("VERIFICATIE"), asked.get("hub.verify_token")):
            return response.text(asked.get("hub.challenge") or "")
        return response.empty(403)

    def judge(self, status: int, headers: Mapping[str, str], body: Any) -> Delivery:
        """An answer of the Graph API."""
        return judge_graph(status, headers, body)

    def authorised(self) -> dict[str, str]:
        """The header with our token."""
        return {"Authorization": f"Bearer {self.own('TOKEN')}"}
