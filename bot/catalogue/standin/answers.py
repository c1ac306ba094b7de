"""The HTTP answers of the stand-in: a page of a product, or a refusal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Mapping
from urllib.parse import urlencode

from bot.catalogue.standin.faults import Faults
from bot.catalogue.standin.product import Entry, Product, Record

PAGE_SIZE, MAX_SIZE = 20, 5000


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    body: bytes
    content_type: str = "application/json"
    retry_after: int | None = None


def _json(status: int, value: object, retry_after: int | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, retry_after=retry_after)


def refusal(status: int, message: str, retry_after: int | None = None) -> Answer:
    """An error as the API writes it; `retry_after` is in seconds."""
    return _json(status, {"status": status, "message": message}, retry_after)


def page(address: str, product: Product, asked: Mapping[str, str], first_page: int,
         faults: Faults) -> Answer:
    """The page asked for of a product; `address` is for the next link, if it is linked."""
    filters = {name: value for name, value in asked.items() if name.startswith("filter_")}
    unknown = sorted(filters.keys() - product.filters)
    if unknown:
        return refusal(400, f"Attribuut niet toegestaan: {unknown[0]}")
    try:
        number = max(int(asked.get("page", first_page)), first_page)
        size = min(int(asked.get("size", PAGE_SIZE)), MAX_SIZE)
    except ValueError:
        return refusal(400, "page en size moeten getallen zijn")
    if size < 1:
        return refusal(400, "size moet groter zijn dan 0")
    entries = _found(product.entries, filters)
    if product.shrinks:
        entries = entries[:int(len(entries) * faults.shrunken)]
    if faults.duplicate_keys:
        entries = entries[:1] + entries
    pages = -(-len(entries) // size)
    start = (number - first_page) * size
    content = [_bent(e.record, faults) for e in entries[start:start + size]]
    meta: Record = {"total_elements": len(entries), "total_pages": pages, "number": number}
    last = start + size >= len(entries)
    if faults.empty_page == number:
        content = []
    if product.linked:
        following = urlencode({**asked, "page": number + 1, "size": size})
        links = {} if last else {"next": {"href": f"{address}?{following}"}}
        return _json(200, {"meta": meta, "links": links, "gegevens": content})
    meta["last"] = last
    return _json(200, {"meta": meta, "links": [], "content": content})


def _found(entries: tuple[Entry, ...], filters: Mapping[str, str]) -> tuple[Entry, ...]:
    if not filters:
        return entries
    return tuple(entry for entry in entries if all(
        value in entry.tags.get(name, ()) for name, value in filters.items()))


def _bent(record: Record, faults: Faults) -> Record:
    """The record without the missing field and with the renamed one under its new name."""
    old, new = faults.renamed_field or ("", "")
    return {new if name == old else name: value for name, value in record.items()
            if name != faults.missing_field}
