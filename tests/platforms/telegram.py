"""Telegram's Bot API and the updates that Telegram sends."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.platforms.standin import Fault, Standin

TOKEN, SECRET = "123456:proef-token", "geheim_proef"


@dataclass
class Telegram(Standin):
    """The Bot API of one bot."""

    def read(self, request: web.Request, body: dict[str, Any]
             ) -> tuple[str, str, dict[str, Any], str]:
        start, _, method = request.path.rpartition("/")
        wrong = "" if start == f"/bot{TOKEN}" else f"pad {request.path}"
        to = str(body.pop("chat_id", ""))
        if not to and method != "answerCallbackQuery":
            wrong = wrong or "geen chat_id"
        return "telegram", to, {"method": method, "params": body}, wrong

    def accept(self) -> web.Response:
        return web.json_response({"ok": True, "result": {"message_id": len(self.calls)}})

    def fail(self, fault: Fault) -> web.Response:
        body: dict[str, Any] = {"ok": False, "error_code": fault.status, "description": "proef"}
        if fault.retry_after:
            body["parameters"] = {"retry_after": fault.retry_after}
        return web.json_response(body, status=fault.status)


def signed(body: Any, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """Body and headers as Telegram sends them."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return raw, {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}


def update(number: int, sender: int = 777000111, text: str | None = None,
           at: float | None = None, **parts: Any) -> dict[str, Any]:
    """An update with a message in a private chat."""
    said = {"text": text} if text is not None else {}
    return {"update_id": number, "message": {
        "message_id": number, "date": int(at or time.time()),
        "from": {"id": sender, "is_bot": False, "first_name": "Proef"},
        "chat": {"id": sender, "type": "private"}, **said, **parts}}


def pressed(number: int, data: str, sender: int = 777000111) -> dict[str, Any]:
    """An update with a pressed button."""
    return {"update_id": number, "callback_query": {
        "id": f"vraag{number}", "data": data,
        "from": {"id": sender, "is_bot": False, "first_name": "Proef"},
        "message": {"message_id": 1, "date": int(time.time()),
                    "chat": {"id": sender, "type": "private"}}}}
