"""What an editor must know of each topic: how it stands, who tested it, what people say of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import Iterable, Mapping, Sequence

from bot.channels.feedback import Remark
from bot.knowledge.facts import Facts, standing
from bot.knowledge.model import Knowledge, State, Topic
from bot.knowledge.silence import Silence
from bot.nlu.normaliser import fold
from bot.testbench.feedback import Said, feedback
from bot.testbench.insight import Month
from bot.testbench.silent import reason_now
from bot.testbench.verdicts import GOOD, Item, Stand

SOON = timedelta(weeks=8)


class Urgency(IntEnum):
    """Why a topic asks attention, the most urgent first."""

    SILENT = 0
    EXPIRED = 1
    OVERDUE = 2
    UNWRITTEN = 3
    DUE = 4
    COMPLAINTS = 5
    DISAGREED = 6
    NONE = 7

    @property
    def dutch(self) -> str:
        """As people read it."""
        return ("staat stil", "vervallen", "achterstallig", "nog te schrijven",
                "binnen 8 weken na te kijken", "open opmerkingen", "mensen zijn het oneens",
                "in orde")[self]

    @property
    def mark(self) -> str:
        """How it stands out: "fout" while people get no good answer, "twijfel" or "goed"."""
        if self <= Urgency.UNWRITTEN:
            return "fout"
        return "goed" if self is Urgency.NONE else "twijfel"


@dataclass(frozen=True)
class Heard:
    """What is known beside the answers themselves.

    `items` are judgements, `feedback` what visitors say (the newest first), `done` how much of that
    editors dealt with, `asked` the number of questions of this month by topic id, as it may be
    shown.
    """

    items: Sequence[Item] = ()
    feedback: Sequence[Remark] = ()
    done: Mapping[Remark, int] = field(default_factory=dict)
    silence: Silence = field(default_factory=Silence)
    asked: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Overview:
    """One topic on one day; `due` is the first of its review and expiry dates.

    `feedback` is what no editor dealt with yet, `handled` how much they did; `silent` is the reason
    why the answer is held back now, "" when it speaks.
    """

    topic: Topic
    state: State
    urgency: Urgency
    due: date | None
    items: tuple[Item, ...] = ()
    feedback: tuple[Remark, ...] = ()
    handled: int = 0
    silent: str = ""
    asked: int | str = 0

    @property
    def tested(self) -> bool:
        """True when somebody ever judged an answer with this topic."""
        return any(item.about.topic == self.topic.id for item in self.items)

    def said(self, verdict: str) -> int:
        """How often visitors said this of the answer and no editor dealt with it."""
        return sum(remark.verdict == verdict for remark in self.feedback)


def overviews(knowledge: Knowledge, facts: Facts, heard: Heard, today: date) -> list[Overview]:
    """Every topic, the most urgent first, then by date, then in the order of the files."""
    judged: dict[str, list[Item]] = defaultdict(list)
    for item in heard.items:
        rights = (item.right_topic, *(j.right_topic for j in item.judgements))
        for topic_id in {item.about.topic, *rights} - {""}:
            judged[topic_id].append(item)
    said = {one.subject: one for one in feedback(heard.feedback, heard.done)}
    found = [_overview(topic, facts, judged[topic.id], said.get(topic.id), heard, today)
             for topic in knowledge]
    return sorted(found, key=lambda o: (o.urgency, o.due or date.max)
                  if o.urgency <= Urgency.DUE else (o.urgency, date.max))


def _overview(topic: Topic, facts: Facts, items: Sequence[Item], said: Said | None, heard: Heard,
              today: date) -> Overview:
    state, silent = standing(topic, facts, today), reason_now(topic, heard.silence)
    due = min((day for day in (topic.review_by, topic.expires) if day), default=None)
    left = said.open if said else ()
    urgency = Urgency.SILENT if silent else _urgency(state, due, items, left, today)
    return Overview(topic, state, urgency, due, tuple(items), left,
                    sum(said.counts.values()) - len(left) if said else 0, silent,
                    heard.asked.get(topic.id, 0))


def _urgency(state: State, due: date | None, items: Sequence[Item], left: Sequence[Remark],
             today: date) -> Urgency:
    states = {State.EXPIRED: Urgency.EXPIRED, State.OVERDUE: Urgency.OVERDUE,
              State.UNWRITTEN: Urgency.UNWRITTEN}
    if state in states:
        return states[state]
    if due and due < today:  # help lines never expire for people, but they must be read again
        return Urgency.OVERDUE
    if due and due - today <= SOON:
        return Urgency.DUE
    if any(remark.verdict != GOOD for remark in left):
        return Urgency.COMPLAINTS
    disagreed = any(item.stand is Stand.OPEN for item in items)
    return Urgency.DISAGREED if disagreed else Urgency.NONE


def asked_of(month: Month) -> dict[str, int | str]:
    """How often each topic was asked in a month, by id; what is hidden there is hidden here."""
    found: dict[str, int | str] = {}
    for line in month.topics:
        before = found.get(line.name, 0)  # a topic that moved to another theme has two lines
        hidden = next((n for n in (before, line.number) if isinstance(n, str)), None)
        found[line.name] = hidden or int(before) + int(line.number)
    return found


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
