"""Small hand-made topics and facts. The plain topic keeps every content rule on `TODAY`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.knowledge.facts import Fact
from bot.knowledge.model import Knowledge, Source, Topic

TODAY = date(2026, 11, 23)
PLAIN = Topic(
    id="wat_is_duaal", theme="wat", question="Wat is duaal leren?", button="Wat is duaal?",
    text="Je leert op school en op het werk.", title="Leren op twee plaatsen",
    bullets=("Op school leer je drie dagen.",),
    sources=(Source("Duaal leren (Vlaanderen)", "https://example.org/duaal", "2026"),),
    facts=("duaal:F1.01",), checked=date(2026, 9, 1), review_by=date(2027, 8, 15), expires=None,
    school_year="2026-2027", owner="redactie", followups=(), safety=False, written=True,
    file="wat/wat_is_duaal.yml", examples=("wat is duaal", "hoe werkt duaal"),
)


def topic(topic_id: str = PLAIN.id, **changes: Any) -> Topic:
    """The plain topic under another id, with other fields."""
    file = f"{changes.get('theme', PLAIN.theme)}/{topic_id}.yml"
    return replace(PLAIN, **{"id": topic_id, "file": file, **changes})


def knowledge(*topics: Topic) -> Knowledge:
    return Knowledge({t.id: t for t in topics})


def fact(name: str, value: str, valid_from: str, valid_until: str) -> Fact:
    return Fact(name, value, "aanvulling:A03", "Een bron", "https://example.org",
                date.fromisoformat(valid_from), date.fromisoformat(valid_until))
