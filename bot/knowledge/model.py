"""Topics and their vetted answers, as read from data/nlu/kennis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Iterator, Mapping


class State(str, Enum):
    """How an answer stands on a given day."""

    CURRENT = "actueel"
    OVERDUE = "achterstallig"
    EXPIRED = "vervallen"
    UNWRITTEN = "in_opmaak"


@dataclass(frozen=True)
class Source:
    """Where an answer comes from; `published` is the source's own date or "zonder datum"."""

    title: str
    url: str
    published: str


@dataclass(frozen=True)
class Topic:
    """One answer with its evidence. `text` may hold `{fact}` names from data/facts.yml."""

    id: str
    theme: str
    question: str
    button: str
    text: str
    title: str
    bullets: tuple[str, ...]
    sources: tuple[Source, ...]
    facts: tuple[str, ...]
    checked: date
    review_by: date | None
    expires: date | None
    school_year: str
    owner: str
    followups: tuple[str, ...]
    safety: bool
    written: bool
    file: str
    examples: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The classifier's label, `thema/onderwerp`."""
        return f"{self.theme}/{self.id}"

    def state(self, today: date) -> State:
        """Whether the answer may be given on that day, with or without a warning."""
        if not self.written:
            return State.UNWRITTEN
        if self.expires and today > self.expires:
            return State.EXPIRED
        if self.review_by and today > self.review_by:
            return State.OVERDUE
        return State.CURRENT


@dataclass(frozen=True)
class Knowledge:
    """All topics by id."""

    topics: Mapping[str, Topic]

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics.values())

    def get(self, topic_id: str) -> Topic | None:
        """The topic with that id, or None."""
        return self.topics.get(topic_id)

    def themes(self) -> dict[str, list[Topic]]:
        """Topics by theme, in the order of the files."""
        result: dict[str, list[Topic]] = {}
        for topic in self:
            result.setdefault(topic.theme, []).append(topic)
        return result
