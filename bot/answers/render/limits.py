"""What each messaging platform takes, in one place.

Sources: WhatsApp: Meta's OpenAPI file (github.com/facebook/openapi, business-messaging-api_v23.0)
and the page on interactive lists; Telegram: core.telegram.org/bots/api, and for the keyboard
github.com/tginfo/Telegram-Limits issues 187 and 228; Messenger: developers.facebook.com, Messenger
Platform, quick replies and generic template. Read in November 2026.

Sizes are UTF-16 units (an emoji counts as two): no platform counts more than that, so what fits
here fits there. tests/platforms/check.py holds outgoing calls against them.
"""

from __future__ import annotations


class WhatsApp:
    """Cloud API: one `POST /messages` body."""

    TEXT = 4096
    BODY = 1024  # of an interactive message
    CAPTION = 1024
    BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
    LIST_BUTTON = 20
    SECTIONS, SECTION_TITLE = 10, 24
    ROWS, ROW_TITLE, ROW_DESCRIPTION, ROW_ID = 10, 24, 72, 200  # rows of all sections together


class Telegram:
    """Bot API: one method with its parameters."""

    TEXT = 4096  # after the entities are parsed
    CAPTION = 1024
    CALLBACK_DATA = 64  # bytes
    KEYBOARD, MARKUP = 100, 10_000  # buttons, and bytes of the markup's JSON
    NOTIFICATION = 200  # of answerCallbackQuery
    TAGS = frozenset({"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"})


class Messenger:
    """Send API: one `message` object."""

    TEXT = 2000
    QUICK_REPLIES, QUICK_TITLE, PAYLOAD = 13, 20, 1000
    ELEMENTS, ELEMENT_TITLE, SUBTITLE = 10, 80, 80
    ELEMENT_BUTTONS, BUTTON_TITLE = 3, 20


def size(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)
