"""How the same answers look on each platform."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.render import messenger, telegram, whatsapp
from bot.answers.render.parts import CHOOSE, SHARE_PLACE

SHORT = [{"title": "Scholen zoeken", "payload": "taak:aanbod", "label": "Waar kan ik leren?"},
         {"title": "Hulp", "payload": "taak:hulp"}]
CUT = [{"title": "Elektrische…", "payload": "opleiding:88",
        "label": "Elektrische installaties duaal (5de en 6de jaar)"},
       {"title": "Haarverzorging", "payload": "opleiding:9"}]
CARD = {"id": "school-1-2", "title": "Vrij technisch instituut Voorbeeldstad", "url": "https://a.example",
        "subtitle": "Markt 1, 9000 Gent", "payload": "school:1-2", "phone": "09 123 45 67"}


def many(number: int) -> list[dict[str, str]]:
    return [{"title": f"Keuze {i}", "payload": f"onderwerp:{i}", "label": f"Vraag nummer {i}?"}
            for i in range(1, number + 1)]


def answer(text: str = "Dag!", **parts: Any) -> dict[str, Any]:
    return {"v": 1, "kind": "knowledge", "text": text, **parts}


def interactive(call: dict[str, Any]) -> dict[str, Any]:
    assert call["type"] == "interactive"
    return dict(call["interactive"])


def test_whatsapp_a_text_alone_is_a_text() -> None:
    assert whatsapp.render(answer(title="Loon")) == [
        {"type": "text", "text": {"body": "*Loon*\n\nDag!", "preview_url": False}}]


def test_whatsapp_up_to_three_short_choices_are_buttons_below_the_text() -> None:
    (call,) = whatsapp.render(answer(buttons=SHORT))

    assert interactive(call) == {"type": "button", "body": {"text": "Dag!"}, "action": {"buttons": [
        {"type": "reply", "reply": {"id": "taak:aanbod", "title": "Scholen zoeken"}},
        {"type": "reply", "reply": {"id": "taak:hulp", "title": "Hulp"}}]}}


@pytest.mark.parametrize("buttons", [
    many(4), CUT, [{"title": "Hout", "payload": "a"}, {"title": "Hout", "payload": "b"}]])
def test_whatsapp_more_or_unclear_choices_are_a_list_with_their_labels(
    buttons: list[dict[str, str]],
) -> None:
    (call,) = whatsapp.render(answer(buttons=buttons))
    (section,) = interactive(call)["action"]["sections"]

    assert [(r["id"], r.get("description")) for r in section["rows"]] == [
        (b["payload"], b.get("label")) for b in buttons]


def test_whatsapp_what_does_not_fit_a_list_goes_in_a_second() -> None:
    first, second = whatsapp.render(answer(buttons=many(12)))
    rows = [interactive(c)["action"]["sections"][0]["rows"] for c in (first, second)]

    assert [len(r) for r in rows] == [10, 2]
    assert interactive(first)["body"]["text"] == "Dag!"
    assert interactive(second)["body"]["text"] == CHOOSE


def test_whatsapp_a_text_over_1024_comes_before_its_buttons() -> None:
    text, call = whatsapp.render(answer("woord " * 200, buttons=SHORT))

    assert text["type"] == "text"
    assert interactive(call)["body"]["text"] == CHOOSE


def test_whatsapp_a_question_for_a_place_asks_the_location_itself() -> None:
    (call,) = whatsapp.render(answer("Waar?", ask_location=True))
    buttons, place = whatsapp.render(answer("Waar?", ask_location=True, buttons=SHORT))

    assert interactive(call) == {"type": "location_request_message", "body": {"text": "Waar?"},
                                 "action": {"name": "send_location"}}
    assert interactive(buttons)["type"] == "button"
    assert interactive(place)["body"]["text"] == SHARE_PLACE


def test_whatsapp_a_school_has_its_number_in_the_text_and_on_its_button() -> None:
    (call,) = whatsapp.render(answer(cards=[CARD]))

    assert interactive(call)["body"]["text"].splitlines() == [
        "Dag!", "", "*1. Vrij technisch instituut Voorbeeldstad*", "   Markt 1, 9000 Gent",
        "   09 123 45 67", "   https://a.example"]
    assert interactive(call)["action"]["buttons"][0]["reply"] == {
        "id": "school:1-2", "title": "1. Vrij technisch…"}


@pytest.mark.parametrize(("text", "written"), [
    ("*vet* _schuin_", "∗vet∗ ＿schuin＿"), ("~weg~ `code`", "∼weg∼ ˋcodeˋ"),
    ("a_b_c en 2*3", "a_b_c en 2*3"), ("(*vet*)", "(∗vet∗)"),
    ("https://a.example/_b_?c=*d*", "https://a.example/_b_?c=*d*"),
])
def test_whatsapp_no_sign_of_a_person_formats_and_addresses_stay(text: str, written: str) -> None:
    assert whatsapp.escape(text) == written


IMAGE = {"url": "/beeld/88.svg", "alt": "Na *88* komt <b>"}


def test_a_picture_has_its_words_in_the_text_for_when_it_cannot_be_fetched() -> None:
    shown = answer(image=IMAGE)
    png = "https://bot.example/beeld/88.png"

    first, text = whatsapp.render(shown, "https://bot.example")
    assert first == {"type": "image", "image": {"link": png}}
    assert "Afbeelding: Na ∗88∗ komt <b>" in text["text"]["body"]
    first, text = telegram.render(shown, "https://bot.example")
    assert first == {"method": "sendPhoto", "params": {"photo": png}}
    assert "Afbeelding: Na *88* komt &lt;b&gt;" in text["params"]["text"]
    first, text = messenger.render(shown, "https://bot.example")
    assert first == {"attachment": {"type": "image", "payload": {"url": png, "is_reusable": True}}}
    assert "Afbeelding: Na *88* komt <b>" in text["text"]


def test_without_a_public_address_the_words_of_a_picture_stay() -> None:
    (sent,) = whatsapp.render(answer(image=IMAGE))

    assert "Afbeelding: Na ∗88∗ komt <b>" in sent["text"]["body"]
    assert len(telegram.render(answer(image=IMAGE))) == 1
    assert len(messenger.render(answer(image=IMAGE))) == 1


def test_telegram_escapes_and_links() -> None:
    (call,) = telegram.render(answer("a < b & c", title="<i>", sources=[
        {"title": "Bron & co", "checked": "2026-11-23", "url": 'https://a.example/?a=1&b="2"'}]))

    assert call["params"]["text"] == (
        "<b>&lt;i&gt;</b>\n\na &lt; b &amp; c\n\n"
        '<a href="https://a.example/?a=1&amp;b=&quot;2&quot;">'
        "Bron: Bron &amp; co (nagekeken 23 november 2026)</a>")
    assert call["params"]["parse_mode"] == "HTML"


def test_telegram_has_one_button_a_row_with_the_readable_label() -> None:
    (call,) = telegram.render(answer(buttons=[*SHORT, CUT[0]]))

    assert call["params"]["reply_markup"] == {"inline_keyboard": [
        [{"text": "Waar kan ik leren?", "callback_data": "taak:aanbod"}],
        [{"text": "Hulp", "callback_data": "taak:hulp"}],
        [{"text": CUT[0]["label"], "callback_data": "opleiding:88"}]]}


def test_telegram_asks_the_location_in_a_message_of_its_own_beside_choices() -> None:
    (alone,) = telegram.render(answer("Waar?", ask_location=True))
    choose, place = telegram.render(answer("Waar?", ask_location=True, buttons=SHORT))

    assert alone["params"]["reply_markup"]["keyboard"] == [
        [{"text": telegram.SHARE, "request_location": True}]]
    assert "inline_keyboard" in choose["params"]["reply_markup"]
    assert place["params"]["text"] == SHARE_PLACE
    assert place["params"]["reply_markup"] == alone["params"]["reply_markup"]


def test_telegram_buttons_are_below_the_last_part_of_a_long_text() -> None:
    first, last = telegram.render(answer("woord " * 1000, buttons=SHORT))

    assert "reply_markup" not in first["params"]
    assert "reply_markup" in last["params"]


def test_messenger_short_choices_are_quick_replies_of_the_last_message() -> None:
    first, last = messenger.render(answer("woord " * 500, buttons=SHORT))

    assert "quick_replies" not in first
    assert last["quick_replies"] == [
        {"content_type": "text", "title": b["title"], "payload": b["payload"]} for b in SHORT]


def test_messenger_choices_with_a_cut_title_stand_numbered_in_the_text() -> None:
    (call,) = messenger.render(answer(buttons=CUT))

    assert call["text"] == ("Dag!\n\n1. Elektrische installaties duaal (5de en 6de jaar)\n"
                            "2. Haarverzorging")
    assert [q["title"] for q in call["quick_replies"]] == ["1. Elektrische…", "2. Haarverzorging"]


def test_messenger_more_than_thirteen_choices_are_tiles() -> None:
    _, first, second = messenger.render(answer(buttons=many(16)))
    tiles = [c["attachment"]["payload"]["elements"] for c in (first, second)]

    assert [len(t) for t in tiles] == [10, 6]
    assert tiles[0][0] == {"title": "Vraag nummer 1?", "buttons": [
        {"type": "postback", "title": messenger.CHOOSE, "payload": "onderwerp:1"}]}


def test_messenger_a_card_that_fits_is_a_tile_alone() -> None:
    text, tiles = messenger.render(answer(cards=[CARD], buttons=SHORT))
    (tile,) = tiles["attachment"]["payload"]["elements"]

    assert text == {"text": "Dag!"}
    assert tile == {
        "title": "1. Vrij technisch instituut Voorbeeldstad",
        "subtitle": "Markt 1, 9000 Gent · 09 123 45 67",
        "buttons": [{"type": "postback", "title": messenger.CHOOSE, "payload": "school:1-2"},
                    {"type": "web_url", "title": messenger.VISIT, "url": "https://a.example"}]}
    assert len(tiles["quick_replies"]) == 2


def test_messenger_a_card_with_more_words_than_a_tile_holds_stands_in_the_text_too() -> None:
    text, tiles = messenger.render(answer(cards=[{**CARD, "lines": ["woord " * 20]}]))

    assert "1. Vrij technisch instituut Voorbeeldstad\n   Markt 1" in text["text"]
    assert len(tiles["attachment"]["payload"]["elements"]) == 1
