"""What an editor must look at again before a day: answers and numbers, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.knowledge.facts import Facts
from bot.knowledge.model import Knowledge

REVIEW, EXPIRES, FACT = "herzien", "vervalt", "feit vervalt"


@dataclass(frozen=True, order=True)
class Due:
    """One date: `name` is the label of an answer or the name of a fact."""

    when: date
    what: str
    name: str


def content_due(knowledge: Knowledge, facts: Facts, until: date) -> list[Due]:
    """Review and expiry dates of answers and the last days of facts, up to and with `until`."""
    rows = [Due(topic.review_by, REVIEW, topic.label) for topic in knowledge
            if topic.review_by and topic.review_by <= until]
    rows += [Due(topic.expires, EXPIRES, topic.label) for topic in knowledge
             if topic.expires and topic.expires <= until]
    rows += [Due(fact.valid_until, FACT, fact.name)
             for fact in facts.values() if fact.valid_until <= until]
    return sorted(rows)
