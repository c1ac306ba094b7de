"""Help lines for a cry for help: always a fixed, vetted text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.compose.fixed import compose_fixed
from bot.answers.compose.knowledge import compose_topic
from bot.answers.model import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Facts
from bot.knowledge.model import Knowledge

GROUP = "nood"


def compose_crisis(
    need: str, knowledge: Knowledge, facts: Facts, texts: Texts, today: date
) -> Answer:
    """The text for one kind of need, `soort` or `soort:taal` (a few words in fr or en first)."""
    category, _, language = need.partition(":")
    topic = knowledge.get(texts.entry(GROUP, "antwoorden").get(category, ""))
    if topic:
        answer = compose_topic(topic, knowledge, facts, texts, today)
    else:
        answer = compose_fixed(texts.entry(GROUP, category))
    first = texts.entry(GROUP, "talen").get(language)
    return replace(answer, text=f"{first}\n\n{answer.text}") if first else answer
