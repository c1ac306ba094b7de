"""Why the bot said what it said, in plain words with the numbers beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Mapping, Sequence

from bot.answers.texts import Texts
from bot.answers.words import listing
from bot.knowledge.check import MAX_SENTENCE, MIN_FLESCH_DOUMA, flesch_douma, sentences
from bot.knowledge.facts import Facts, standing
from bot.knowledge.model import Knowledge, State, Topic
from bot.nlu.prediction import CRISIS
from bot.nlu.tiers import Tier
from bot.testbench.dutch import ENTITIES, KINDS, TIERS
from bot.testbench.worker import Reply

NEAREST = 3
OLD = timedelta(days=365)
GUESSED = "gokt"


@dataclass(frozen=True)
class Near:
    """A topic or task that looked most like the question; `topic` is None for a task.

    `score` is the distance of the model: above 0 it looks like the examples, below 0 it does not.
    """

    label: str
    name: str
    word: str
    score: float
    topic: str | None


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
    """What stands beside an answer. `certainty` is a chance, 0 to 1; None for a button."""

    nearest: tuple[Near, ...]
    certainty: float | None
    verdict: str
    entities: tuple[tuple[str, str], ...]
    search: tuple[str, ...]
    chosen: tuple[Chosen, ...]


def explain(reply: Reply, knowledge: Knowledge, facts: Facts, texts: Texts, today: date
            ) -> Explanation:
    """The explanation of one turn; of a cry for help nothing but the answer."""
    parsed = reply.parsed
    chosen = tuple(_chosen(m, knowledge, facts, today) for m in reply.messages)
    if is_crisis(parsed):
        return Explanation((), None, "De bot herkende een noodkreet en toont meteen hulplijnen. "
                                     "Van de vraag is niets bewaard.", (), (), chosen)
    entities = tuple((ENTITIES[e["entity"]], str(e["value"]))
                     for e in parsed.get("entities") or () if e["entity"] in ENTITIES)
    search = searched(reply.search, texts)
    if "payload" in parsed:
        return Explanation((), None, "Dit is het antwoord op een knop: er was niets te raden.",
                           (), search, chosen)
    tier = Tier((parsed.get("tier") or {}).get("naam") or Tier.NO)
    certainty = (parsed.get("intent") or {}).get("confidence")
    return Explanation(nearest(parsed, knowledge, texts), certainty, TIERS[tier], entities,
                       search, chosen)


def is_crisis(parsed: Mapping[str, Any]) -> bool:
    """True when the message was a cry for help."""
    return bool((parsed.get("intent") or {}).get("name") == CRISIS)


def nearest(parsed: Mapping[str, Any], knowledge: Knowledge, texts: Texts) -> tuple[Near, ...]:
    """The three labels that are most like the question, best first, each once."""
    ranking: dict[str, float] = {}
    for row in parsed.get("intent_ranking") or ():
        # A question that an editor wrote down stands first a second time, with its real score.
        ranking[row["name"]] = row["confidence"]
    tier = Tier((parsed.get("tier") or {}).get("naam") or Tier.NO)
    found = []
    for place, (label, score) in enumerate(list(ranking.items())[:NEAREST]):
        name, topic = _named(label, knowledge, texts)
        found.append(Near(label, name, _word(tier, place, score), score, topic))
    return tuple(found)


def _word(tier: Tier, place: int, score: float) -> str:
    if tier is Tier.SURE and place == 0:
        return Tier.SURE.value
    offered = tier is Tier.DOUBT or (tier is Tier.SURE and score > 0)
    return Tier.DOUBT.value if offered else GUESSED


def _named(label: str, knowledge: Knowledge, texts: Texts) -> tuple[str, str | None]:
    topic = knowledge.get(label.partition("/")[2])
    if topic:
        return topic.question, topic.id
    tasks = texts.entry("keuze", "taken")
    name = tasks[label]["label"] if label in tasks else label.replace("_", " ")
    return name, None


def searched(search: Mapping[str, Any] | None, texts: Texts) -> tuple[str, ...]:
    """What is looked for, a line for each part; empty without a search."""
    if not search:
        return ()
    by = search.get("by") or {}
    words = {name: texts.entry("filters", name) for name in ("domein", "finaliteit", "vorm", "net")}
    filters = [words["domein"].get(by.get("domain")), words["finaliteit"].get(by.get("finality")),
               words["vorm"].get(by.get("form")), words["net"].get(by.get("net")),
               texts.entry("filters", "open") if by.get("open_only") else None]
    radius = search.get("radius_km")
    lines = (
        ("Opleiding of interesse", listing(search.get("programmes") or (), "of")),
        ("Niet", listing(search.get("without") or ())),
        ("Plaats", listing(search.get("places") or ())),
        ("Meer dan één plaats mogelijk", listing(search.get("choices") or (), "of")),
        ("Provincie", search.get("province") or ""),
        ("Afstand", f"tot {radius:.0f} km" if radius else ""),
        ("Leerjaar", listing([str(year) for year in by.get("years") or ()], "of")),
        ("Alleen scholen", listing([f for f in filters if f])),
    )
    return tuple(f"{name}: {value}" for name, value in lines if value)


def _chosen(message: Mapping[str, Any], knowledge: Knowledge, facts: Facts, today: date) -> Chosen:
    sources = tuple(
        Evidence(s["title"], s.get("url") or "", day, is_old(day, today))
        for s in message.get("sources") or () for day in [date.fromisoformat(s["checked"])])
    kind, topic = KINDS[message["kind"]], knowledge.get(message.get("topic") or "")
    if topic is None:
        return Chosen(kind, message.get("title") or "", sources)
    return Chosen(kind, topic.title or topic.question, sources, topic.id, topic.owner,
                  topic.checked, topic.review_by, is_old(topic.checked, today),
                  standing(topic, facts, today), readability(topic, facts))


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
