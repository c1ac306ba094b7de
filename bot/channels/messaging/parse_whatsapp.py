"""The webhook of the WhatsApp Cloud API as events (pure).

Status events, reactions, edited and deleted messages give nothing.
"""

from __future__ import annotations

from typing import Any, Mapping

from bot.channels.messaging.inbound import (
    DOCUMENT,
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

MEDIA = {"image": PICTURE, "audio": VOICE, "voice": VOICE, "video": VIDEO, "sticker": STICKER,
         "document": DOCUMENT, "contacts": OTHER, "order": OTHER}


def parse(body: Mapping[str, Any], number_id: str) -> list[Event]:
    """The messages to our own number; those to another number of the same app are not ours."""
    return [
        event
        for entry in objects(body, "entry")
        for change in objects(entry, "changes") if change.get("field") == "messages"
        for value in [mapping(change, "value")]
        if name(mapping(value, "metadata"), "phone_number_id") == number_id
        for message in objects(value, "messages")
        for event in [_event(message, value)] if event is not None
    ]


def _event(message: Mapping[str, Any], value: Mapping[str, Any]) -> Event | None:
    phone, user = name(message, "from"), _user(message, value)
    key, person = name(message, "id"), user or phone
    if key is None or person is None:
        return None
    sent = number(message.get("timestamp"))
    kind = words(message, "type") or ""
    part = mapping(message, kind)
    event = Event(
        id=key, person=person,
        # Meta prefers the phone number; who hides it is reached by the business-scoped id.
        to={"to": phone} if phone else {"recipient": person},
        sent=sent, order=sent or 0.0,
        text=words(part, "body") if kind == "text" else words(part, "caption"),
        payload=_choice(kind, part),
        location=position(part, "latitude", "longitude") if kind == "location" else None,
        media=MEDIA.get(kind),
    )
    return None if event.empty else event


def _user(message: Mapping[str, Any], value: Mapping[str, Any]) -> str | None:
    """The business-scoped user id, from the message or the contact it belongs to."""
    found = name(message, "from_user_id")
    if found:
        return found
    contacts = list(objects(value, "contacts"))
    phone = name(message, "from")
    own = [c for c in contacts if phone and name(c, "wa_id") == phone]
    if not own and len(contacts) == 1 and not (phone and name(contacts[0], "wa_id")):
        own = contacts
    return name(own[0], "user_id") if own else None


def _choice(kind: str, part: Mapping[str, Any]) -> str | None:
    if kind == "button":
        return words(part, "payload")
    if kind == "interactive":
        return words(mapping(part, "button_reply"), "id") or words(mapping(part, "list_reply"),
                                                                  "id")
    return None
