"""What a platform would refuse in an outgoing call: the limits of bot/answers/render/limits.py."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from bot.answers.render.limits import Messenger, Telegram, WhatsApp, size

Call = Mapping[str, Any]


def check(platform: str, call: Call) -> list[str]:
    """What the platform would refuse in this call, in Dutch; empty when it would take it.

    `call` as the renderers make it, with or without its recipient.
    """
    checks = {"whatsapp": _whatsapp, "telegram": _telegram, "messenger": _messenger}
    return [fault for fault in checks[platform](call) if fault]


def _text(where: str, value: Any, limit: int) -> str:
    if not isinstance(value, str) or not value.strip():
        return f"{where}: ontbreekt of is leeg"
    if size(value) > limit:
        return f"{where}: {size(value)} tekens, hoogstens {limit}"
    return ""


def _count(where: str, items: Any, limit: int) -> str:
    if not isinstance(items, Sequence) or isinstance(items, str) or not items:
        return f"{where}: ontbreekt of is leeg"
    return f"{where}: {len(items)}, hoogstens {limit}" if len(items) > limit else ""


def _unique(where: str, values: Iterable[Any]) -> str:
    listed = list(values)
    return f"{where}: staat er dubbel in" if len(set(listed)) < len(listed) else ""


def _address(where: str, value: Any) -> str:
    good = isinstance(value, str) and value.startswith(("https://", "http://"))
    return "" if good else f"{where}: geen webadres"


def _get(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _rows(value: Any) -> list[Mapping[str, Any]]:
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [row if isinstance(row, Mapping) else {} for row in listed]


def _whatsapp(call: Call) -> list[str]:
    if call.get("status") == "read":
        return [_text("message_id", call.get("message_id"), 1000)]
    kind = call.get("type")
    if kind == "text":
        return [_text("text.body", _get(call, "text", "body"), WhatsApp.TEXT)]
    if kind == "image":
        caption = _get(call, "image", "caption")
        return [_address("image.link", _get(call, "image", "link")),
                "" if caption is None else _text("image.caption", caption, WhatsApp.CAPTION)]
    if kind == "interactive":
        return _interactive(_get(call, "interactive"))
    return [f"type: {kind!r} is geen bericht dat we sturen"]


def _interactive(message: Any) -> list[str]:
    action, kind = _get(message, "action"), _get(message, "type")
    faults = [_text("body.text", _get(message, "body", "text"), WhatsApp.BODY)]
    rows: list[Any]
    if kind == "location_request_message":
        right = _get(action, "name") == "send_location"
        return [*faults, "" if right else "action.name: moet send_location zijn"]
    if kind == "button":
        rows = [row.get("reply") for row in _rows(_get(action, "buttons"))]
        limits = (WhatsApp.BUTTON_ID, WhatsApp.BUTTON_TITLE)
        faults += [_count("buttons", rows, WhatsApp.BUTTONS),
                   _unique("buttons.title", (_get(row, "title") for row in rows))]
    elif kind == "list":
        sections = _rows(_get(action, "sections"))
        rows = [row for section in sections for row in _rows(section.get("rows"))]
        limits = (WhatsApp.ROW_ID, WhatsApp.ROW_TITLE)
        faults += [_text("action.button", _get(action, "button"), WhatsApp.LIST_BUTTON),
                   _count("sections", sections, WhatsApp.SECTIONS),
                   _count("rows", rows, WhatsApp.ROWS)]
        faults += [_text("sections.title", s.get("title"), WhatsApp.SECTION_TITLE)
                   for s in sections if len(sections) > 1 or "title" in s]
        faults += [_text("rows.description", row["description"], WhatsApp.ROW_DESCRIPTION)
                   for row in rows if "description" in row]
    else:
        return [f"interactive.type: {kind!r} bestaat niet"]
    faults += [_text("id", _get(row, "id"), limits[0]) for row in rows]
    faults += [_text("title", _get(row, "title"), limits[1]) for row in rows]
    return [*faults, _unique("id", (_get(row, "id") for row in rows))]


def _telegram(call: Call) -> list[str]:
    params = call.get("params")
    markup = _get(params, "reply_markup")
    if call.get("method") == "sendMessage":
        return [*_html("text", _get(params, "text"), params, Telegram.TEXT), *_markup(markup)]
    if call.get("method") == "sendPhoto":
        caption = _get(params, "caption")
        told = [] if caption is None else _html("caption", caption, params, Telegram.CAPTION)
        return [_address("photo", _get(params, "photo")), *told, *_markup(markup)]
    if call.get("method") == "answerCallbackQuery":
        said = _get(params, "text")
        return [_text("callback_query_id", _get(params, "callback_query_id"), 1000),
                "" if said is None else _text("text", said, Telegram.NOTIFICATION)]
    if call.get("method") == "sendChatAction":
        return [_text("action", _get(params, "action"), 100)]
    return [f"method: {call.get('method')!r} is geen oproep die we doen"]


def _html(where: str, value: Any, params: Any, limit: int) -> list[str]:
    if _get(params, "parse_mode") != "HTML" or not isinstance(value, str):
        return [_text(where, value, limit)]
    reader = _Reader()
    reader.feed(value)
    reader.close()
    faults = [f"{where}: {fault}" for fault in reader.faults]
    faults += [f"{where}: <{tag}> is niet gesloten" for tag in reader.open]
    return [*faults, _text(where, "".join(reader.words), limit)]


def _markup(markup: Any) -> list[str]:
    if markup is None or _get(markup, "remove_keyboard"):
        return []
    inline = _get(markup, "inline_keyboard")
    lines = inline if inline is not None else _get(markup, "keyboard")
    buttons = [button for line in lines or () for button in _rows(line)]
    faults = [_count("toetsenbord", buttons, Telegram.KEYBOARD)]
    faults += [_text("knop.text", button.get("text"), Telegram.TEXT) for button in buttons]
    if len(json.dumps(markup)) > Telegram.MARKUP:
        faults.append(f"reply_markup: meer dan {Telegram.MARKUP} bytes")
    if inline is not None:
        for button in buttons:
            data, url = button.get("callback_data"), button.get("url")
            if (data is None) == (url is None):
                faults.append("knop: precies een van callback_data en url")
            elif url is not None:
                faults.append(_address("knop.url", url))
            elif not 1 <= len(str(data).encode()) <= Telegram.CALLBACK_DATA:
                faults.append(f"callback_data: 1 tot {Telegram.CALLBACK_DATA} bytes")
    return faults


class _Reader(HTMLParser):
    """The words between the tags, and what Telegram's own reader would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.words: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in Telegram.TAGS:
            self.faults.append(f"<{tag}> bestaat niet")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> sluit niets")

    def handle_data(self, data: str) -> None:
        if any(char in data for char in "<>&"):
            self.faults.append("een losse <, > of &")
        self.words.append(data)

    def handle_entityref(self, name: str) -> None:
        if name not in {"lt", "gt", "amp", "quot"}:
            self.faults.append(f"&{name}; bestaat niet")
        self.words.append("&")

    def handle_charref(self, name: str) -> None:
        self.words.append("&")

    def handle_comment(self, data: str) -> None:
        self.faults.append("commentaar")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("een losse <")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("een losse <")

    def handle_pi(self, data: str) -> None:
        self.faults.append("een losse <")


def _messenger(call: Call) -> list[str]:
    attachment, said = call.get("attachment"), call.get("text")
    if (attachment is None) == (said is None):
        return ["message: precies een van text en attachment"]
    faults = [] if said is None else [_text("text", said, Messenger.TEXT)]
    if attachment is not None:
        faults += _attachment(attachment)
    if "quick_replies" in call:
        replies = _rows(call["quick_replies"])
        faults.append(_count("quick_replies", replies, Messenger.QUICK_REPLIES))
        for reply in replies:
            known = reply.get("content_type") == "text"
            faults += ["" if known else "quick_replies.content_type: moet text zijn",
                       _text("quick_replies.title", reply.get("title"), Messenger.QUICK_TITLE),
                       _text("quick_replies.payload", reply.get("payload"), Messenger.PAYLOAD)]
    return faults


def _attachment(attachment: Any) -> list[str]:
    payload = _get(attachment, "payload")
    if _get(attachment, "type") == "image":
        return [_address("attachment.url", _get(payload, "url"))]
    if _get(attachment, "type") != "template" or _get(payload, "template_type") != "generic":
        return ["attachment: alleen image en een generic template"]
    elements = _rows(_get(payload, "elements"))
    faults = [_count("elements", elements, Messenger.ELEMENTS)]
    for element in elements:
        faults.append(_text("elements.title", element.get("title"), Messenger.ELEMENT_TITLE))
        if not {"subtitle", "buttons", "image_url", "default_action"} & set(element):
            faults.append("elements: naast title is nog iets nodig")
        if "subtitle" in element:
            faults.append(_text("elements.subtitle", element["subtitle"], Messenger.SUBTITLE))
        if "buttons" in element:
            faults += _template_buttons(_rows(element["buttons"]))
    return faults


def _template_buttons(buttons: Sequence[Mapping[str, Any]]) -> list[str]:
    faults = [_count("buttons", buttons, Messenger.ELEMENT_BUTTONS)]
    for button in buttons:
        faults.append(_text("buttons.title", button.get("title"), Messenger.BUTTON_TITLE))
        if button.get("type") == "postback":
            faults.append(_text("buttons.payload", button.get("payload"), Messenger.PAYLOAD))
        elif button.get("type") == "web_url":
            faults.append(_address("buttons.url", button.get("url")))
        else:
            faults.append(f"buttons.type: {button.get('type')!r} gebruiken we niet")
    return faults
