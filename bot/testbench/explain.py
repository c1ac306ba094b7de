"""Why the bot said what it said, in plain words with the numbers beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Mapping, Sequence

from bot.answers.texts import Texts
from bot.catalogue.catalogue import Catalogue
from bot.knowledge.check import MAX_SENTENCE, MIN_FLESCH_DOUMA, flesch_douma, sentences
from bot.knowledge.facts import Facts, standing
from bot.knowledge.model import Knowledge, State, Topic
from bot.knowledge.silence import Silence
from bot.nlu.prediction import CRISIS
from bot.testbench.certainty import AFTER, Certainty, Near, certainty, is_after, nearest
from bot.testbench.dutch import KINDS
from bot.testbench.looked_for import recognised, searched
from bot.testbench.silent import Silent, held_back
from bot.testbench.unavailable import unavailable
from bot.testbench.worker import Reply

OLD = timedelta(days=365)


@dataclass(frozen=True)
class Evidence:
    """A source with the day it was last read; `old` after twelve months."""

    title: str
    url: str
    checked: date
    old: bool


@dataclass(frozen=True)
class Readability:
    """Flesch-Douma (0 hard to 100 easy) and the longest sentence in words, and whether both fit."""

    flesch: int
    longest: int
    easy: bool


@dataclass(frozen=True)
class Chosen:
    """One message of the answer; topic, owner and readability are of a knowledge answer only."""

    kind: str
    title: str
    sources: tuple[Evidence, ...]
    topic: str | None = None
    owner: str = ""
    checked: date | None = None
    review_by: date | None = None
    old: bool = False
    state: State | None = None
    readability: Readability | None = None


@dataclass(frozen=True)
class Explanation:
    """What stands beside an answer.

    `certainty` is a chance, 0 to 1; None when no chance decided. `silent` says that the answer was
    held back, and why.
    """

    nearest: tuple[Near, ...]
    certainty: float | None
    verdict: str
    entities: tuple[tuple[str, str], ...]
    search: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    silent: bool = False


@dataclass(frozen=True)
class Content:
    """What an explanation is told with."""

    knowledge: Knowledge
    facts: Facts
    texts: Texts
    catalogue: Catalogue
    silence: Silence


def explain(reply: Reply, content: Content, today: date) -> Explanation:
    """The explanation of one turn; of a cry for help nothing but the answer."""
    parsed, knowledge, texts = reply.parsed, content.knowledge, content.texts
    back = held_back(reply.messages, parsed, knowledge, texts, content.silence)
    chosen = tuple(_chosen(message, silent, content, today)
                   for message, silent in zip(reply.messages, back))
    if is_crisis(parsed):
        return Explanation((), None, "De bot herkende een noodkreet en toont meteen hulplijnen. "
                                     "Van de vraag is niets bewaard.", (), (), chosen)
    silent = bool(back) and all(back)
    search = searched(reply.search, reply.messages, texts, content.catalogue)
    verdict, chance = "Dit is het antwoord op een knop: er was niets te raden.", None
    near: tuple[Near, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    if "payload" not in parsed:
        kinds = [str(message["kind"]) for message in reply.messages]
        after = is_after(parsed, reply.messages)
        how = Certainty(AFTER, None) if after else certainty(parsed, kinds, knowledge)
        verdict, chance = how.verdict, how.chance
        near = nearest(parsed, kinds, knowledge, texts, after)
        entities = recognised(parsed.get("entities") or (), content.catalogue)
    if silent:
        verdict, chance = " ".join(dict.fromkeys(one.sentence for one in back if one)), None
    return Explanation(near, chance, verdict, entities, search, chosen, silent)


def is_crisis(parsed: Mapping[str, Any]) -> bool:
    """True when the message was a cry for help."""
    return bool((parsed.get("intent") or {}).get("name") == CRISIS)


def _chosen(message: Mapping[str, Any], silent: Silent | None, content: Content, today: date
            ) -> Chosen:
    sources = tuple(
        Evidence(s["title"], s.get("url") or "", day, is_old(day, today))
        for s in message.get("sources") or () for day in [date.fromisoformat(s["checked"])])
    kind, topic = KINDS[message["kind"]], content.knowledge.get(message.get("topic") or "")
    missing = unavailable(message, content.knowledge, content.texts)
    if silent:
        kind, topic = silent.sentence, silent.topic
    elif missing:
        kind, topic = missing.sentence, missing.topic
    if topic is None:
        return Chosen(kind, message.get("title") or "", sources)
    return Chosen(kind, topic.title or topic.question, sources, topic.id, topic.owner,
                  topic.checked, topic.review_by, is_old(topic.checked, today),
                  standing(topic, content.facts, today), readability(topic, content.facts))


def is_old(checked: date, today: date) -> bool:
    """True when the source was last read more than twelve months ago."""
    return today - checked > OLD


def readability(topic: Topic, facts: Facts) -> Readability | None:
    """How easily an answer reads; None when it is not written yet."""
    said: Sequence[str] = sentences(topic, facts)
    if not topic.written or not said:
        return None
    score, longest = flesch_douma(topic, facts), max(len(s.split()) for s in said)
    return Readability(round(score), longest,
                       score >= MIN_FLESCH_DOUMA and longest <= MAX_SENTENCE)


def short_name(model: str) -> str:
    """The short name of a model's file: its fingerprint."""
    return re.sub(r"^duaalwijzer-|\.tar\.gz$", "", model)
