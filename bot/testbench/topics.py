"""What an editor must know of each topic: how it stands, who tested it, what people say of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Iterable, Mapping, Sequence

from bot.channels.feedback import Remark
from bot.knowledge.facts import Facts, standing
from bot.knowledge.model import Knowledge, State, Topic
from bot.nlu.normaliser import fold
from bot.testbench.verdicts import Item, Stand

SOON = timedelta(weeks=8)


class Urgency(IntEnum):
    """Why a topic asks attention, the most urgent first."""

    EXPIRED = 0
    OVERDUE = 1
    UNWRITTEN = 2
    DUE = 3
    DISAGREED = 4
    NONE = 5

    @property
    def dutch(self) -> str:
        """As people read it."""
        return ("vervallen", "achterstallig", "nog te schrijven", "binnen 8 weken na te kijken",
                "mensen zijn het oneens", "in orde")[self]


@dataclass(frozen=True)
class Overview:
    """One topic on one day; `due` is the first of its review and expiry dates."""

    topic: Topic
    state: State
    urgency: Urgency
    due: date | None
    items: tuple[Item, ...] = ()
    feedback: tuple[Remark, ...] = ()

    @property
    def tested(self) -> bool:
        """True when somebody ever judged an answer with this topic."""
        return any(item.about.topic == self.topic.id for item in self.items)

    def said(self, verdict: str) -> int:
        """How often visitors of the widget said this of the answer."""
        return sum(remark.verdict == verdict for remark in self.feedback)


def overviews(knowledge: Knowledge, facts: Facts, items: Iterable[Item],
              feedback: Iterable[Remark], today: date) -> list[Overview]:
    """Every topic, the most urgent first, then by date, then in the order of the files."""
    judged: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        rights = (item.right_topic, *(j.right_topic for j in item.judgements))
        for topic_id in {item.about.topic, *rights} - {""}:
            judged[topic_id].append(item)
    said: dict[str, list[Remark]] = defaultdict(list)
    for remark in feedback:
        said[remark.subject].append(remark)
    found = [overview(topic, facts, judged[topic.id], said[topic.id], today)
             for topic in knowledge]
    return sorted(found, key=lambda o: (o.urgency, o.due or date.max)
                  if o.urgency <= Urgency.DUE else (o.urgency, date.max))


def overview(topic: Topic, facts: Facts, items: Sequence[Item], feedback: Sequence[Remark],
             today: date) -> Overview:
    """How one topic stands."""
    state = standing(topic, facts, today)
    due = min((day for day in (topic.review_by, topic.expires) if day), default=None)
    return Overview(topic, state, _urgency(state, due, items, today), due, tuple(items),
                    tuple(feedback))


def _urgency(state: State, due: date | None, items: Sequence[Item], today: date) -> Urgency:
    states = {State.EXPIRED: Urgency.EXPIRED, State.OVERDUE: Urgency.OVERDUE,
              State.UNWRITTEN: Urgency.UNWRITTEN}
    if state in states:
        return states[state]
    if due and due < today:  # help lines never expire for people, but they must be read again
        return Urgency.OVERDUE
    if due and due - today <= SOON:
        return Urgency.DUE
    disagreed = any(item.stand is Stand.OPEN for item in items)
    return Urgency.DISAGREED if disagreed else Urgency.NONE


def matching(shown: Iterable[Overview], words: str, theme: str) -> list[Overview]:
    """Those of a theme that hold every word, in the answer or in an example; "" means all."""
    wanted = fold(words).split()
    return [o for o in shown if theme in ("", o.topic.theme)
            and all(word in _text(o.topic) for word in wanted)]


def _text(topic: Topic) -> str:
    return fold("\n".join((topic.id, topic.title, topic.question, topic.text, *topic.bullets,
                           *topic.examples)))


def grouped(knowledge: Knowledge, themes: Mapping[str, str]) -> list[tuple[str, list[Topic]]]:
    """The name of each theme with its topics, to choose from."""
    return [(themes.get(theme, theme), topics) for theme, topics in knowledge.themes().items()]
