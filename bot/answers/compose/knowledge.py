"""A topic as an answer on a given day: current, overdue, expired or not written yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Sequence

from bot.answers.model import Answer, Button, Source
from bot.answers.texts import Texts
from bot.answers.words import dutch_date
from bot.knowledge.facts import Facts, fill, standing
from bot.knowledge.model import Knowledge, State, Topic


def compose_topic(
    topic: Topic, knowledge: Knowledge, facts: Facts, texts: Texts, today: date
) -> Answer:
    """The answer to one topic. An answer whose fact no longer holds counts as expired."""
    state = standing(topic, facts, today)
    sources = topic_sources(topic)
    if state is State.UNWRITTEN:
        text = texts.say("kennis", "in_opmaak", vraag=topic.question)
        return Answer("fallback", text, sources=sources, buttons=_ways_on(texts))
    if state is State.EXPIRED:
        text = texts.say("kennis", "vervallen", vraag=topic.question)
        return Answer("fallback", text, sources=sources, buttons=_ways_on(texts))
    text = fill(topic.text, facts)
    if state is State.OVERDUE:
        text = f"{overdue(topic, texts)}\n\n{text}"
    return Answer(
        kind="safety" if topic.safety else "knowledge",
        topic=topic.id,
        title=topic.title,
        text=text,
        bullets=tuple(fill(b, facts) for b in topic.bullets),
        sources=sources,
        buttons=topic_buttons([knowledge.topics[f] for f in topic.followups
                               if f in knowledge.topics]),
    )


def overdue(topic: Topic, texts: Texts) -> str:
    """The warning before an answer that should have been checked again."""
    return texts.say("kennis", "achterstallig", datum=dutch_date(topic.checked))


def compose_going_on(answer: Answer, texts: Texts) -> Answer:
    """The answer that was shown already, to a question that leans on it."""
    if answer.kind != "knowledge":
        return answer
    return replace(answer, text=f"{texts.say('kennis', 'verder')}\n\n{answer.text}")


def compose_silenced(topic: Topic, texts: Texts) -> Answer:
    """What is said while an answer is silenced: its source and a way on, never its text."""
    text = texts.say("kennis", "stil", vraag=topic.question)
    return Answer("fallback", text, sources=topic_sources(topic), buttons=_ways_on(texts))


def topic_buttons(topics: Sequence[Topic]) -> tuple[Button, ...]:
    """Buttons that lead to topics."""
    return tuple(Button(t.button, f"onderwerp:{t.id}", t.question) for t in topics)


def topic_sources(topic: Topic) -> tuple[Source, ...]:
    """Where a topic comes from, with the day on which that was checked."""
    return tuple(Source(s.title, topic.checked.isoformat(), s.url, s.published)
                 for s in topic.sources)


def _ways_on(texts: Texts) -> tuple[Button, ...]:
    return (
        Button(texts.say("kennis", "knop_clb"), "onderwerp:clb",
               texts.say("kennis", "label_clb")),
        Button(texts.say("kennis", "knop_hulp"), "actie:help"),
    )
