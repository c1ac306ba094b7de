"""Small turns of phrase that every answer shares."""

from __future__ import annotations

from datetime import date
from typing import Sequence

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
          "september", "oktober", "november", "december")


def dutch_date(value: date | str) -> str:
    """"2026-11-23" as "23 november 2026"."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def listing(items: Sequence[str], word: str = "en") -> str:
    """"a, b en c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def kilometres(distance: float) -> str:
    """"3,4 km"; under 1 km "minder dan 1 km"."""
    if distance < 1:
        return "minder dan 1 km"
    return f"{distance:.0f} km" if distance >= 10 else f"{distance:.1f} km".replace(".", ",")


def short(text: str, limit: int) -> str:
    """The text cut at a word with "…" when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
