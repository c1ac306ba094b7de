"""Every source address that answers, facts and texts name, with who uses it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Iterator, Mapping

from bot.knowledge.facts import Facts
from bot.knowledge.model import Knowledge


def sources(knowledge: Knowledge, facts: Facts, texts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every source address with who uses it: topic ids, facts and text files."""
    users: dict[str, list[str]] = defaultdict(list)
    for topic in knowledge:
        for source in topic.sources:
            users[source.url].append(topic.id)
    for fact in facts.values():
        users[fact.url].append(f"facts.yml: {fact.name}")
    for file, entries in texts.items():
        for url in _urls(entries):
            users[url].append(f"{file}.yml")
    return {url: list(dict.fromkeys(names)) for url, names in users.items() if url}


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("url"), str):
            yield value["url"]
        for part in value.values():
            yield from _urls(part)
    elif isinstance(value, list):
        for part in value:
            yield from _urls(part)
