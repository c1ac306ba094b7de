"""One page of the official API, read from the text of an answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bot.catalogue.fetch.failure import LATER, REPORT, Failure

Record = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One good page: the scrubbed text it was read from, and when it was got."""

    text: str
    retrieved_at: str
    records: list[Record]
    number: int
    last: bool
    total_pages: int
    total: int | None

    @property
    def digest(self) -> str:
        """The same for pages with the same records, whatever their number."""
        return hashlib.sha256(json.dumps(self.records, sort_keys=True).encode()).hexdigest()


def read_page(text: str, retrieved_at: str) -> Page | Failure:
    """The page in a text. A text cut short may be whole the next time; a missing field not."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return Failure("het antwoord is afgebroken of geen leesbare JSON", LATER)
    meta = body.get("meta") if isinstance(body, dict) else None
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(meta, dict):
        return _missing("meta")
    if not isinstance(content, list):
        return _missing("content")
    number, last = _whole(meta.get("number")), meta.get("last")
    if number is None:
        return _missing("meta.number")
    if not isinstance(last, bool):
        return _missing("meta.last")
    if not all(isinstance(record, dict) for record in content):
        return Failure("een record in content heeft geen velden", REPORT, again=False)
    return Page(text, retrieved_at, content, number, last, _whole(meta.get("total_pages")) or 0,
                _whole(meta.get("total_elements")))


def _missing(name: str) -> Failure:
    return Failure(f"het veld {name} ontbreekt in het antwoord of is van een ander soort",
                   REPORT, again=False)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
