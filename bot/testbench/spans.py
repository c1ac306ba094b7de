"""Formatted words of a message, whatever a platform writes them with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Iterator

URL = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]")
STARS = re.compile(r"\*([^*\n]+)\*")


@dataclass(frozen=True)
class Span:
    """Words in one style; `url` when they are a link."""

    text: str
    bold: bool = False
    url: str = ""


def linked(text: str, bold: bool = False) -> Iterator[Span]:
    """The text with its web addresses as links, as every app makes them."""
    at = 0
    for found in URL.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()], bold)
        yield Span(found[0], bold, found[0])
        at = found.end()
    if at < len(text):
        yield Span(text[at:], bold)


def starred(text: str) -> Iterator[Span]:
    """WhatsApp's bold between asterisks."""
    for number, piece in enumerate(STARS.split(text)):
        yield from linked(piece, bold=number % 2 == 1)


def tagged(text: str) -> list[Span]:
    """Telegram's HTML, of which our renderer writes `b` and `a` only."""
    reader = _Markup()
    reader.feed(text)
    reader.close()
    return reader.spans


@dataclass
class _Markup(HTMLParser):
    """Reads tags into spans."""

    spans: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._bold, self._url = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A style begins."""
        self._bold = self._bold or tag == "b"
        self._url = dict(attrs).get("href") or "" if tag == "a" else self._url

    def handle_endtag(self, tag: str) -> None:
        """A style ends."""
        self._bold, self._url = self._bold and tag != "b", "" if tag == "a" else self._url

    def handle_data(self, data: str) -> None:
        """Words in the style of now."""
        if self._url:
            self.spans.append(Span(data, self._bold, self._url))
        else:
            self.spans += linked(data, self._bold)
