"""Meta's Graph API for WhatsApp and Messenger, and the webhooks that Meta sends."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.channels.messaging.secrecy import signature
from tests.platforms.standin import Fault, Standin

NUMBER, TOKEN, SECRET, WORD = "1055501234", "EAA-proef", "appgeheim-proef", "verificatie-proef"


@dataclass
class Graph(Standin):
    """One server for both, as Meta's."""

    def read(self, request: web.Request, body: dict[str, Any]
             ) -> tuple[str, str, dict[str, Any], str]:
        wrong = "" if request.headers.get("Authorization") == f"Bearer {TOKEN}" else "geen token"
        if request.path == "/me/messages":
            if body.get("messaging_type") != "RESPONSE":
                wrong = wrong or "geen messaging_type"
            return "messenger", str(body["recipient"]["id"]), dict(body["message"]), wrong
        if request.path != f"/{NUMBER}/messages" or body.pop("messaging_product") != "whatsapp":
            wrong = wrong or f"pad {request.path} of messaging_product"
        body.pop("recipient_type", None)
        to = body.pop("to", None) or body.pop("recipient", None)
        return "whatsapp", str(to), body, wrong or ("" if to else "geen ontvanger")

    def accept(self) -> web.Response:
        return web.json_response({"messages": [{"id": f"wamid.{len(self.calls)}"}]})

    def fail(self, fault: Fault) -> web.Response:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        error = {"message": "proef", "type": "OAuthException", "code": fault.code}
        return web.json_response({"error": error}, status=fault.status, headers=headers)


def signed(body: Any, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """Body and headers as Meta sends them."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return raw, {"Content-Type": "application/json", "X-Hub-Signature-256": signature(secret, raw)}


def whatsapp(*messages: dict[str, Any], **value: Any) -> dict[str, Any]:
    """A webhook with these messages."""
    return {"object": "whatsapp_business_account", "entry": [{"id": "WABA", "changes": [{
        "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "32470000000", "phone_number_id": NUMBER},
            "messages": list(messages), **value}}]}]}


def whatsapp_message(key: str, sender: str = "32470123456", text: str | None = None,
                     at: float | None = None, **parts: Any) -> dict[str, Any]:
    """One message: a text, or a `type` with its part."""
    body = {"type": "text", "text": {"body": text}} if text is not None else parts
    return {"from": sender, "id": f"wamid.{key}", "timestamp": str(int(at or time.time())), **body}


def messenger(*items: dict[str, Any]) -> dict[str, Any]:
    """A webhook with these items."""
    return {"object": "page", "entry": [{"id": "PAGE", "time": 1, "messaging": list(items)}]}


def messenger_message(key: str, sender: str = "9988776655", text: str | None = None,
                      at: float | None = None, **message: Any) -> dict[str, Any]:
    """One message of a person to the page."""
    said = {"text": text} if text is not None else {}
    return {"sender": {"id": sender}, "recipient": {"id": "PAGE"},
            "timestamp": int((at or time.time()) * 1000),
            "message": {"mid": f"m_{key}", **said, **message}}
