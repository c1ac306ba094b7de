"""A static page, read as a browser and a search engine read it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from bot.catalogue.export import LICENCE

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """What a page holds; `faults` has every tag that is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self.data: list[str] = []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        (self.data if self.open[-1:] == ["script"] else self.words).append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def linked(self) -> dict[str, Any]:
        (one,) = self.data
        loaded: dict[str, Any] = json.loads(one)
        return loaded


def check(page: Page) -> None:
    """What every page promises: well formed, one h1, no script, no style, ids once, links whole."""
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.faults == []
    assert page.all("html") == [{"lang": "nl-BE"}]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert not [tag for tag, attrs in page.tags if "style" in attrs or tag == "style"]
    assert not [n for _, attrs in page.tags for n in attrs if n.startswith("on")]
    assert all(s.get("type") == "application/ld+json" for s in page.all("script"))
    for _, attrs in page.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attrs.get(name) is None or attrs[name] in ids
        if (attrs.get("href") or "").startswith("#"):
            assert (attrs["href"] or "")[1:] in ids
    assert LICENCE in page.text
