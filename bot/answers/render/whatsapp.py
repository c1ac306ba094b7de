"""An answer as WhatsApp messages: bodies of `POST /messages` of the Cloud API."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence

from bot.answers.render.limits import WhatsApp, size
from bot.answers.render.parts import (
    CHOOSE,
    SHARE_PLACE,
    Choice,
    Style,
    blocks,
    choices,
    chunks,
    fit,
    pack,
    picture,
)

OPEN_LIST = "Bekijk de keuzes"

# WhatsApp has no way to escape: a sign that would format becomes its twin. Only at the border of a
# word does it format, and never within a web address.
TWINS = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
FORMATS = re.compile(r"https?://\S+|(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")

Call = dict[str, Any]


def render(answer: Mapping[str, Any], base_url: str = "") -> list[Call]:
    """The messages in order, each within the limits, without `messaging_product` and recipient.

    Pictures are left out without `base_url`, the public address of the bot; their words stay.
    """
    link = picture(answer, base_url)
    options, spelled = choices(answer), False
    if not _few(options) and not all(_row_is_whole(c) for c in options if not c.card):
        options, spelled = choices(answer, spelled=True), True
    parts = blocks(answer, STYLE, spelled=spelled)
    texts = pack(parts, WhatsApp.TEXT, escape)
    calls = [_image(link)] if link else []
    asks = [*_choices(options), *([_LOCATION] if answer.get("ask_location") else [])]
    first = ""
    if asks and size(texts[-1]) <= WhatsApp.BODY:
        first = texts.pop()
    calls += [{"type": "text", "text": {"body": text, "preview_url": False}} for text in texts]
    for ask in asks:
        body = first or (SHARE_PLACE if ask is _LOCATION else CHOOSE)
        first = ""
        calls.append({"type": "interactive", "interactive": {
            "type": ask["type"], "body": {"text": body}, "action": ask["action"]}})
    return calls


def escape(text: str) -> str:
    """The text with nothing in it that WhatsApp would take for formatting."""
    return FORMATS.sub(lambda m: m[0] if len(m[0]) > 1 else m[0].translate(TWINS), text)


def _bold(line: str) -> str:
    return f"*{escape(line)}*" if line else ""


STYLE = Style("• ", escape, _bold, lambda words, url: f"{escape(words)} {url}")

_LOCATION: Call = {"type": "location_request_message", "action": {"name": "send_location"}}


def _image(link: str) -> Call:
    return {"type": "image", "image": {"link": link}}


def _few(options: Sequence[Choice]) -> bool:
    """True when reply buttons show every choice whole, or by the number it has in the text."""
    names = {c.name(WhatsApp.BUTTON_TITLE) for c in options}
    return len(options) <= WhatsApp.BUTTONS and len(names) == len(options) and all(
        c.number or c.whole(WhatsApp.BUTTON_TITLE) for c in options)


def _row_is_whole(choice: Choice) -> bool:
    return size(choice.label) <= WhatsApp.ROW_DESCRIPTION


def _choices(options: Sequence[Choice]) -> list[Call]:
    if not options:
        return []
    if _few(options):
        return [{"type": "button", "action": {"buttons": [
            {"type": "reply", "reply": {"id": c.payload, "title": c.name(WhatsApp.BUTTON_TITLE)}}
            for c in options]}}]
    return [{"type": "list", "action": {"button": OPEN_LIST, "sections": [
        {"rows": [_row(c) for c in group]}]}} for group in chunks(options, WhatsApp.ROWS)]


def _row(choice: Choice) -> dict[str, str]:
    row = {"id": choice.payload, "title": choice.name(WhatsApp.ROW_TITLE)}
    if choice.label != choice.title or not choice.whole(WhatsApp.ROW_TITLE):
        row["description"] = fit(choice.label, WhatsApp.ROW_DESCRIPTION)
    return row
