"""A number with its noun, as people say it."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """"1 vraag", "2 vragen", "0 vragen"."""
    return f"{number} {one if number == 1 else many}"
