"""The language bars, on 500 Dutch and 200 foreign messages written for this test."""

from __future__ import annotations

import csv

from bot.knowledge.load import load_knowledge
from bot.nlu.language import foreign_language
from tests.conftest import ROOT


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests/bench" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_at_most_one_dutch_message_in_a_hundred_is_taken_for_foreign() -> None:
    messages = [row["vraag"] for row in rows("taal_nl.csv")]
    foreign = [m for m in messages if foreign_language(m)]

    assert len(foreign) <= len(messages) / 100, foreign


def test_at_most_five_foreign_messages_in_a_hundred_are_missed() -> None:
    messages = [row["vraag"] for row in rows("taal_vreemd.csv")]
    missed = [m for m in messages if not foreign_language(m)]

    assert len(missed) <= len(messages) / 20, missed


def test_our_own_example_questions_are_dutch() -> None:
    topics = load_knowledge(ROOT / "data/nlu/kennis")
    examples = [e for topic in topics if "taal" not in topic.id for e in topic.examples]
    foreign = [e for e in examples if foreign_language(e)]

    assert len(foreign) <= len(examples) / 1000, foreign
    assert foreign_language("Wie is de mentor?") is None
