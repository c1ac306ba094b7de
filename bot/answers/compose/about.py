"""Questions about the answer just shown: where it comes from, and what it says in short."""

from __future__ import annotations

import re
from datetime import date

from bot.answers.compose.knowledge import (
    compose_topic,
    overdue,
    topic_buttons,
    topic_sources,
)
from bot.answers.model import Answer, Button
from bot.answers.texts import Texts
from bot.answers.words import dutch_date
from bot.knowledge.facts import Facts, fill, standing
from bot.knowledge.model import Knowledge, State, Topic

TOLD = (State.CURRENT, State.OVERDUE)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
SHORT = 2  # sentences: the rest of an answer explains them


def compose_sources(
    topic: Topic, knowledge: Knowledge, facts: Facts, texts: Texts, today: date
) -> Answer | None:
    """The sources of a topic and when they were checked; None when its answer is not told.

    Help lines are said whole, with their sources, each time.
    """
    if topic.safety:
        return compose_topic(topic, knowledge, facts, texts, today)
    if standing(topic, facts, today) not in TOLD:
        return None
    return Answer(
        kind="knowledge", topic=topic.id, title=topic.title,
        text=texts.say("kennis", "bron", vraag=topic.question, datum=dutch_date(topic.checked)),
        sources=topic_sources(topic), buttons=_person(texts))


def compose_shorter(
    topic: Topic, knowledge: Knowledge, facts: Facts, texts: Texts, today: date
) -> Answer | None:
    """How the answer to a topic begins, and who can explain it; None when it is not told.

    Help lines are said whole each time, and the warning that an answer is overdue stays.
    """
    if topic.safety:
        return compose_topic(topic, knowledge, facts, texts, today)
    state = standing(topic, facts, today)
    if state not in TOLD:
        return None
    begin = SENTENCE.split(fill(topic.text, facts).split("\n")[0])[:SHORT]
    under = [knowledge.topics[f] for f in topic.followups if f in knowledge.topics]
    short = texts.say("kennis", "korter", begin=" ".join(begin))
    if state is State.OVERDUE:
        short = f"{overdue(topic, texts)}\n\n{short}"
    return Answer(
        kind="knowledge", topic=topic.id, title=topic.title,
        text=short,
        sources=topic_sources(topic), buttons=(*topic_buttons(under[:2]), *_person(texts)))


def _person(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.say("kennis", "knop_mens"), "taak:hulp",
                   texts.say("kennis", "label_mens")),)
