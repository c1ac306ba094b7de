"""An update of the Telegram Bot API as an event (pure).

Only private chats; edited messages, reactions, polls and every other kind of update give nothing.
"""

from __future__ import annotations

import re
from typing import Any, Mapping

from bot.channels.messaging.inbound import (
    DOCUMENT,
    HELLO,
    OTHER,
    PICTURE,
    STICKER,
    VIDEO,
    VOICE,
    Event,
    mapping,
    name,
    number,
    position,
    words,
)

MEDIA = {"photo": PICTURE, "voice": VOICE, "audio": VOICE, "video": VIDEO, "video_note": VIDEO,
         "animation": PICTURE, "sticker": STICKER, "document": DOCUMENT, "contact": OTHER,
         "poll": OTHER, "dice": OTHER, "story": OTHER}
# What the app types for a person who opens the chat.
BEGIN = re.compile(r"/start(?:@\w+)?(?:\s.*)?", re.DOTALL)


def parse(body: Mapping[str, Any]) -> list[Event]:
    """The message or pressed button of one update; none or one."""
    key, order = name(body, "update_id"), number(body.get("update_id"))
    if key is None or order is None:
        return []
    pressed = mapping(body, "callback_query")
    message = mapping(pressed, "message") if pressed else mapping(body, "message")
    chat, sender = mapping(message, "chat"), mapping(pressed or message, "from")
    person = name(chat, "id")
    if person is None or chat.get("type") != "private" or sender.get("is_bot"):
        return []
    if pressed:
        query = name(pressed, "id")
        event = Event(
            key, person, {"chat_id": person}, None, order, payload=words(pressed, "data"),
            ack={"method": "answerCallbackQuery", "params": {"callback_query_id": query}}
            if query else None)
    else:
        event = _message(key, person, order, message)
    return [] if event.empty else [event]


def _message(key: str, person: str, order: float, message: Mapping[str, Any]) -> Event:
    text = words(message, "text") or words(message, "caption")
    return Event(
        key, person, {"chat_id": person}, number(message.get("date")), order,
        text=HELLO if text and BEGIN.fullmatch(text) else text,
        location=position(mapping(message, "location"), "latitude", "longitude"),
        media=next((kind for part, kind in MEDIA.items() if part in message), None),
    )
