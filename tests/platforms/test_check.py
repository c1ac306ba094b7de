"""The check of outgoing calls finds every limit that is passed, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.platforms.check import check

Call = dict[str, Any]


def text(body: str) -> Call:
    return {"type": "text", "text": {"body": body}}


def image(**parts: Any) -> Call:
    return {"type": "image", "image": {"link": "https://bot.example/1.png", **parts}}


def interactive(kind: str, action: Call, body: str = "Kies") -> Call:
    return {"type": "interactive", "interactive": {
        "type": kind, "body": {"text": body}, "action": action}}


def replies(*buttons: tuple[str, str]) -> Call:
    return interactive("button", {"buttons": [
        {"type": "reply", "reply": {"id": i, "title": t}} for i, t in buttons]})


def rows(*rows: Call, button: str = "Kies") -> Call:
    return interactive("list", {"button": button, "sections": [{"rows": list(rows)}]})


def row(number: int = 1, **parts: Any) -> Call:
    return {"id": f"taak:{number}", "title": f"Keuze {number}", **parts}


@pytest.mark.parametrize("call", [
    text("a" * 4096), {**text("Dag"), "to": "32", "messaging_product": "whatsapp"},
    image(caption="a" * 1024), image(), replies(("a", "t" * 20), ("b", "u"), ("c", "v")),
    rows(*(row(i, description="d" * 72) for i in range(10)), button="b" * 20),
    rows(row(title="t" * 24)), interactive("button", replies(("a", "b"))["interactive"]["action"],
                                          "b" * 1024),
    interactive("location_request_message", {"name": "send_location"}),
    {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1",
     "typing_indicator": {"type": "text"}},
])
def test_whatsapp_takes_what_is_just_within_its_limits(call: Call) -> None:
    assert check("whatsapp", call) == []


@pytest.mark.parametrize("call", [
    {}, {"type": "video"}, text(""), text(" \n"), text("a" * 4097), text("😀" * 2049),
    image(caption="a" * 1025), image(caption=""), image(link="/1.png"), replies(),
    replies(*((str(i), f"t{i}") for i in range(4))), replies(("a", "t" * 21)), replies(("a", "")),
    replies(("a", "x"), ("a", "y")), replies(("a", "x"), ("b", "x")), replies(("i" * 257, "x")),
    rows(), rows(*(row(i) for i in range(11))), rows(row(), row()), rows(row(title="t" * 25)),
    rows(row(description="d" * 73)), rows(row(description="")), rows(row(), button="b" * 21),
    rows(row(id="i" * 201)), interactive("location_request_message", {}),
    interactive("button", replies(("a", "b"))["interactive"]["action"], "b" * 1025),
    interactive("flow", {}), {"status": "read"},
    interactive("list", {"button": "Kies", "sections": [
        {"title": "a", "rows": [row(i) for i in range(6)]},
        {"title": "b", "rows": [row(i) for i in range(6, 12)]}]}),
    interactive("list", {"button": "Kies", "sections": [
        {"title": "a", "rows": [row(1)]}, {"rows": [row(2)]}]}),
])
def test_whatsapp_refuses_what_is_over_a_limit_or_missing(call: Call) -> None:
    assert check("whatsapp", call)


def message(words: str = "Dag", markup: Any = None) -> Call:
    more = {"reply_markup": markup} if markup is not None else {}
    return {"method": "sendMessage", "params": {"text": words, "parse_mode": "HTML", **more}}


def inline(*buttons: Call) -> Call:
    return message(markup={"inline_keyboard": [[button] for button in buttons]})


def photo(**parts: Any) -> Call:
    return {"method": "sendPhoto", "params": {
        "photo": "https://bot.example/1.png", "parse_mode": "HTML", **parts}}


@pytest.mark.parametrize("call", [
    message("a" * 4096), message(f"<b>{'a' * 4096}</b>"), message("&amp;" * 4096),
    message('<a href="https://a.example/?b&amp;c">a &lt; b &#39;</a>'),
    inline({"text": "x", "callback_data": "d" * 64}, {"text": "x", "url": "https://a.example"}),
    message(markup={"keyboard": [[{"text": "Deel", "request_location": True}]]}),
    message(markup={"remove_keyboard": True}), photo(caption="a" * 1024), photo(),
    {"method": "answerCallbackQuery", "params": {"callback_query_id": "1"}},
    {"method": "sendChatAction", "params": {"action": "typing"}},
])
def test_telegram_takes_what_is_just_within_its_limits(call: Call) -> None:
    assert check("telegram", call) == []


@pytest.mark.parametrize("call", [
    {}, {"method": "sendVoice", "params": {}}, message(""), message("<b></b>"), message("a" * 4097),
    message("<b>a"), message("a</b>"), message("<b><a>a</b></a>"), message("<p>a</p>"),
    message("a < b"), message("a & b"), message("&eacute;"), message("<!-- a -->b"),
    inline(), inline({"text": "", "callback_data": "a"}), inline({"text": "x"}),
    inline({"text": "x", "callback_data": "d" * 65}), inline({"text": "x", "callback_data": ""}),
    inline({"text": "x", "callback_data": "é" * 33}),
    inline({"text": "x", "callback_data": "a", "url": "https://a.example"}),
    inline({"text": "x", "url": "tel:1"}), inline(*[{"text": "x", "callback_data": "a"}] * 101),
    inline(*[{"text": "x" * 150, "callback_data": "a"}] * 90),
    photo(caption="a" * 1025), photo(photo="/1.png"),
    {"method": "answerCallbackQuery", "params": {}},
])
def test_telegram_refuses_what_is_over_a_limit_or_missing(call: Call) -> None:
    assert check("telegram", call)


def quick(*replies: Call, **parts: Any) -> Call:
    return {"text": "Kies", **parts, "quick_replies": list(replies)}


def reply(**parts: Any) -> Call:
    return {"content_type": "text", "title": "t", "payload": "p", **parts}


def tiles(*elements: Call) -> Call:
    return {"attachment": {"type": "template", "payload": {
        "template_type": "generic", "elements": list(elements)}}}


def tile(**parts: Any) -> Call:
    return {"title": "t", "buttons": [{"type": "postback", "title": "b", "payload": "p"}], **parts}


PICTURE: Call = {"attachment": {"type": "image", "payload": {"url": "https://bot.example/1.png"}}}


@pytest.mark.parametrize("call", [
    {"text": "a" * 2000}, quick(*[reply(title="t" * 20, payload="p" * 1000)] * 13),
    tiles(*[tile(title="t" * 80, subtitle="s" * 80)] * 10), {**PICTURE, "quick_replies": [reply()]},
    tiles(tile(buttons=[{"type": "web_url", "title": "b", "url": "https://a.example"}] * 3)),
])
def test_messenger_takes_what_is_just_within_its_limits(call: Call) -> None:
    assert check("messenger", call) == []


@pytest.mark.parametrize("call", [
    {}, {"text": ""}, {"text": "a" * 2001}, {"text": "a", **PICTURE}, quick(),
    quick(*[reply()] * 14), quick(reply(title="t" * 21)), quick(reply(title="")),
    quick(reply(payload="p" * 1001)), quick(reply(content_type="location")), tiles(),
    tiles(*[tile()] * 11), tiles(tile(title="t" * 81)), tiles(tile(subtitle="s" * 81)),
    tiles({"title": "t"}), tiles(tile(buttons=[])), tiles(tile(buttons=tile()["buttons"] * 4)),
    tiles(tile(buttons=[{"type": "postback", "title": "b" * 21, "payload": "p"}])),
    tiles(tile(buttons=[{"type": "postback", "title": "b"}])),
    tiles(tile(buttons=[{"type": "web_url", "title": "b", "url": "javascript:1"}])),
    tiles(tile(buttons=[{"type": "phone_number", "title": "b", "payload": "+32"}])),
    {"attachment": {"type": "image", "payload": {}}}, {"attachment": {"type": "audio"}},
])
def test_messenger_refuses_what_is_over_a_limit_or_missing(call: Call) -> None:
    assert check("messenger", call)
