"""Webhooks as events: what counts as a message, and nothing else. Pure, no server."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.messaging import parse_messenger, parse_telegram, parse_whatsapp
from bot.channels.messaging.inbound import Event
from tests.platforms import graph, telegram
from tests.platforms.graph import NUMBER, messenger_message, whatsapp_message

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["entry", "changes", "field", "value", "messages", "metadata", "id",
                         "messaging", "message", "from", "chat", "update_id", "text", "type",
                         "sender", "object", "callback_query", "postback", "timestamp",
                         "attachments", "location", "phone_number_id", "mid"]), inner),
    max_leaves=25)


def whatsapp(*messages: dict[str, Any], **value: Any) -> list[Event]:
    return parse_whatsapp.parse(graph.whatsapp(*messages, **value), NUMBER)


def messenger(*items: dict[str, Any]) -> list[Event]:
    return parse_messenger.parse(graph.messenger(*items))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(max_size=5), JSON) | JSON.filter(lambda v: isinstance(v, dict)))
def test_no_json_makes_a_parser_fail(body: dict[str, Any]) -> None:
    for value in (body, {"object": "page", "entry": [body, {"messaging": [body]}]},
                  {"entry": [{"changes": [{"field": "messages", "value": body}]}]},
                  {"update_id": 1, "message": body}, {"update_id": 1, "callback_query": body}):
        parse_whatsapp.parse(value, NUMBER)
        parse_messenger.parse(value)
        parse_telegram.parse(value)


@pytest.mark.parametrize(("parts", "what"), [
    ({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {
        "id": "taak:aanbod", "title": "Scholen"}}}, {"payload": "taak:aanbod"}),
    ({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {
        "id": "thema:geld", "title": "Geld"}}}, {"payload": "thema:geld"}),
    ({"type": "location", "location": {"latitude": 50.93847, "longitude": 4.03921}},
     {"location": (50.94, 4.04)}),
    ({"type": "image", "image": {"id": "1"}}, {"media": "foto"}),
    ({"type": "image", "image": {"id": "1", "caption": "help mij"}},
     {"media": "foto", "text": "help mij"}),
    ({"type": "audio", "audio": {"id": "1", "voice": True}}, {"media": "spraak"}),
    ({"type": "sticker", "sticker": {"id": "1"}}, {"media": "sticker"}),
    ({"type": "document", "document": {"id": "1"}}, {"media": "document"}),
])
def test_whatsapp_messages(parts: dict[str, Any], what: dict[str, Any]) -> None:
    event, = whatsapp(whatsapp_message("1", **parts))

    assert {k: getattr(event, k) for k in ("text", "payload", "location", "media")
            if getattr(event, k) is not None} == what


@pytest.mark.parametrize("parts", [
    {"type": "reaction", "reaction": {"message_id": "wamid.0", "emoji": "👍"}},
    {"type": "edit", "edit": {"original_message_id": "wamid.0",
                              "message": {"type": "text", "text": {"body": "anders"}}}},
    {"type": "system", "system": {"body": "nummer gewijzigd"}},
    {"type": "unsupported", "errors": [{"code": 131051}]},
    {"type": "location", "location": {"latitude": 500, "longitude": 4}},
    {"type": "text", "text": {"body": ""}},
])
def test_whatsapp_events_that_are_no_message(parts: dict[str, Any]) -> None:
    assert whatsapp(whatsapp_message("1", **parts)) == []


def test_whatsapp_status_events_and_other_numbers_are_not_ours() -> None:
    status = graph.whatsapp(statuses=[{"id": "wamid.1", "status": "read"}])
    other = graph.whatsapp(whatsapp_message("1", text="hoi"), metadata={"phone_number_id": "9"})

    assert parse_whatsapp.parse(status, NUMBER) == parse_whatsapp.parse(other, NUMBER) == []


def test_who_hides_the_telephone_number_is_answered_through_recipient() -> None:
    hidden = {k: v for k, v in whatsapp_message("1", text="hoi").items() if k != "from"}
    contacts = [{"profile": {"name": "P"}, "user_id": "BE.1234"}]

    with_contact, = whatsapp(hidden, contacts=contacts)
    on_message, = whatsapp({**hidden, "from_user_id": "BE.1234"})

    for event in (with_contact, on_message):
        assert (event.person, event.to) == ("BE.1234", {"recipient": "BE.1234"})


def test_one_person_stays_one_person_with_and_without_telephone_number() -> None:
    contact = [{"wa_id": "32470123456", "user_id": "BE.1234"}]
    seen, = whatsapp(whatsapp_message("1", text="hoi"), contacts=contact)
    hidden, = whatsapp({"id": "wamid.2", "type": "text", "text": {"body": "hoi"},
                        "from_user_id": "BE.1234"})

    assert seen.person == hidden.person
    assert seen.to == {"to": "32470123456"}


def test_in_a_batch_everyone_has_their_own_contact() -> None:
    contacts = [{"wa_id": "321", "user_id": "BE.1"}, {"wa_id": "322", "user_id": "BE.2"}]
    events = whatsapp(whatsapp_message("1", "322", "hoi"), whatsapp_message("2", "321", "hoi"),
                      contacts=contacts)

    assert [e.person for e in events] == ["BE.2", "BE.1"]


def test_every_message_of_a_messenger_batch_counts() -> None:
    events = messenger(messenger_message("1", text="een"), messenger_message("2", text="twee"))

    assert [e.text for e in events] == ["een", "twee"]


@pytest.mark.parametrize(("message", "what"), [
    ({"text": "Geld", "quick_reply": {"payload": "thema:geld"}}, {"payload": "thema:geld"}),
    ({"attachments": [{"type": "image", "payload": {"url": "x"}}]}, {"media": "foto"}),
    ({"attachments": [{"type": "image", "payload": {"sticker_id": 3}}]}, {"media": "sticker"}),
    ({"attachments": [{"type": "audio", "payload": {}}]}, {"media": "spraak"}),
    ({"attachments": [{"type": "location", "payload": {
        "coordinates": {"lat": 51.0543, "long": 3.7174}}}]}, {"location": (51.05, 3.72)}),
    ({"text": "kijk", "attachments": [{"type": "fallback"}]}, {"text": "kijk"}),
])
def test_messenger_messages(message: dict[str, Any], what: dict[str, Any]) -> None:
    event, = messenger(messenger_message("1", **message))

    assert {k: getattr(event, k) for k in ("text", "payload", "location", "media")
            if getattr(event, k) is not None} == what


@pytest.mark.parametrize("item", [
    {"message": {"mid": "m", "text": "x", "is_echo": True}},
    {"message": {"mid": "m", "text": "x", "is_deleted": True}},
    {"reaction": {"mid": "m", "emoji": "👍"}}, {"read": {"watermark": 1}},
    {"delivery": {"mids": ["m"]}}, {"message_edit": {"mid": "m", "text": "anders"}},
])
def test_messenger_events_that_are_no_message(item: dict[str, Any]) -> None:
    assert messenger({"sender": {"id": "1"}, "timestamp": 5, **item}) == []


def test_a_messenger_postback_is_a_payload_and_the_start_button_a_greeting() -> None:
    item = {"sender": {"id": "1"}, "timestamp": 1764160000000}
    pressed, = messenger({**item, "postback": {"mid": "m", "payload": "taak:aanbod"}})
    old, = messenger({**item, "postback": {"payload": "taak:aanbod"}})
    begin, = messenger({**item, "postback": {"mid": "n", "payload": "GET_STARTED"}})

    assert pressed.payload == old.payload == "taak:aanbod"
    assert old.id
    assert (begin.text, begin.payload) == ("hallo", None)


@pytest.mark.parametrize(("parts", "what"), [
    ({"text": "/start"}, {"text": "hallo"}),
    ({"text": "/start school12"}, {"text": "hallo"}),
    ({"text": "/restart"}, {"text": "/restart"}),
    ({"voice": {"file_id": "x"}}, {"media": "spraak"}),
    ({"sticker": {"file_id": "x"}}, {"media": "sticker"}),
    ({"photo": [{"file_id": "x"}], "caption": "wat is dit"},
     {"media": "foto", "text": "wat is dit"}),
    ({"location": {"latitude": 51.0543, "longitude": 3.7174}}, {"location": (51.05, 3.72)}),
])
def test_telegram_messages(parts: dict[str, Any], what: dict[str, Any]) -> None:
    event, = parse_telegram.parse(telegram.update(1, **parts))

    assert {k: getattr(event, k) for k in ("text", "payload", "location", "media")
            if getattr(event, k) is not None} == what


def test_telegram_groups_bots_edits_and_other_updates_are_not_answered() -> None:
    said = telegram.update(1, text="hoi")["message"]
    updates = [
        {"update_id": 1, "edited_message": said},
        {"update_id": 1, "message_reaction": {"chat": said["chat"]}},
        {"update_id": 1, "channel_post": said},
        {"update_id": 1, "message": {**said, "chat": {"id": -5, "type": "group"}}},
        {"update_id": 1, "message": {**said, "from": {"id": 2, "is_bot": True}}},
        {"message": said}, {"update_id": True, "message": said},
        {"update_id": 10**40, "message": said},
    ]

    assert [parse_telegram.parse(u) for u in updates] == [[]] * len(updates)


def test_a_pressed_telegram_button_is_confirmed() -> None:
    event, = parse_telegram.parse(telegram.pressed(7, "taak:aanbod"))

    assert event.payload == "taak:aanbod"
    assert event.ack == {"method": "answerCallbackQuery",
                         "params": {"callback_query_id": "vraag7"}}
