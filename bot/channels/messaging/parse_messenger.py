"""The webhook of Messenger as events (pure).

Echoes, reactions, edited and deleted messages, read and delivery receipts give nothing.
"""

from __future__ import annotations

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
    objects,
    position,
    words,
)

MEDIA = {"image": PICTURE, "audio": VOICE, "video": VIDEO, "file": DOCUMENT}
BEGIN = frozenset({"start", "get_started"})


def parse(body: Mapping[str, Any]) -> list[Event]:
    """Every message and pressed button in the batch."""
    if body.get("object") != "page":
        return []
    return [
        event
        for entry in objects(body, "entry")
        for item in objects(entry, "messaging")
        for event in [_event(item)] if event is not None
    ]


def _event(item: Mapping[str, Any]) -> Event | None:
    person = name(mapping(item, "sender"), "id")
    message, postback = mapping(item, "message"), mapping(item, "postback")
    sent = number(item.get("timestamp"))
    if person is None or message.get("is_echo") or message.get("is_deleted"):
        return None
    # An old postback has no id of its own: one person presses one button at one moment.
    key = name(message, "mid") or name(postback, "mid") or (
        f"postback-{person}-{sent:.0f}" if postback and sent else None)
    if key is None:
        return None
    payload = words(mapping(message, "quick_reply"), "payload") or words(postback, "payload")
    begins = bool(postback) and payload is not None and payload.lower() in BEGIN
    attachments = list(objects(message, "attachments"))
    text = words(message, "text")
    event = Event(
        id=key, person=person, to={"id": person},
        sent=sent / 1000 if sent is not None else None, order=sent or 0.0,
        text=HELLO if begins else None if payload else text,
        payload=None if begins else payload,
        location=_location(attachments),
        media=_media(attachments, text),
    )
    return None if event.empty else event


def _location(attachments: list[Mapping[str, Any]]) -> tuple[float, float] | None:
    for attachment in attachments:
        if attachment.get("type") == "location":
            return position(mapping(attachment, "payload", "coordinates"), "lat", "long")
    return None


def _media(attachments: list[Mapping[str, Any]], text: str | None) -> str | None:
    for attachment in attachments:
        kind = words(attachment, "type") or ""
        if "sticker_id" in mapping(attachment, "payload"):
            return STICKER
        if kind in MEDIA:
            return MEDIA[kind]
        if kind != "location" and text is None:  # a shared link comes with its text
            return OTHER
    return None
