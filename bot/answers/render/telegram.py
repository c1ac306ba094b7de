"""An answer as Telegram messages: calls of the Bot API."""

from __future__ import annotations

from html import escape
from typing import Any, Mapping, Sequence

from bot.answers.render.limits import Telegram, size
from bot.answers.render.parts import (
    CHOOSE,
    CUT,
    SHARE_PLACE,
    Choice,
    Style,
    blocks,
    choices,
    chunks,
    pack,
    picture,
)

SHARE = "Deel mijn locatie"
BUTTON = 40  # what a phone shows of a button over its whole width
BUTTONS = 25  # so many of the longest buttons stay within the bytes of a markup

Call = dict[str, Any]


def render(answer: Mapping[str, Any], base_url: str = "") -> list[Call]:
    """The calls in order, each within the limits, without `chat_id`.

    Pictures are left out without `base_url`, the public address of the bot; their words stay.
    """
    photo = picture(answer, base_url)
    # The HTML with its tags and addresses is longer than what Telegram counts: it fits for sure.
    texts = pack(blocks(answer, STYLE), Telegram.TEXT, escape)
    calls = [_photo(photo)] if photo else []
    markups = [(CHOOSE, _inline(group)) for group in chunks(choices(answer), BUTTONS)]
    if answer.get("ask_location"):
        markups.append((SHARE_PLACE, _share()))
    calls += [_message(text) for text in texts]
    if markups:
        calls[-1]["params"]["reply_markup"] = markups[0][1]
    calls += [_message(text, reply_markup=markup) for text, markup in markups[1:]]
    return calls


STYLE = Style("• ", escape, lambda line: f"<b>{escape(line)}</b>" if line else "",
              lambda words, url: f'<a href="{escape(url)}">{escape(words)}</a>')


def _message(text: str, **more: Any) -> Call:
    return {"method": "sendMessage", "params": {
        "text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}, **more}}


def _photo(url: str) -> Call:
    return {"method": "sendPhoto", "params": {"photo": url}}


def _inline(options: Sequence[Choice]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": _words(c), "callback_data": c.payload}]
                                for c in options]}


def _words(choice: Choice) -> str:
    """The readable label where it fits the width of a phone, or where the title was cut."""
    if choice.card:
        return choice.name(BUTTON)
    readable = size(choice.label) <= BUTTON or choice.title.endswith(CUT)
    return choice.label if readable else choice.title


def _share() -> dict[str, Any]:
    return {"keyboard": [[{"text": SHARE, "request_location": True}]],
            "one_time_keyboard": True, "resize_keyboard": True}
