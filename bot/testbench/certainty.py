"""How certain the bot was of a question, and by what it chose: the model, or the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from bot.answers.texts import Texts
from bot.knowledge.model import Knowledge
from bot.nlu.linear import FOLLOW_UP
from bot.nlu.prediction import FOREIGN, LEANING, RULE_AND_PATHWAY, TWO_QUESTIONS
from bot.nlu.tasks import COMPARISON, OFFERS, PATHWAY, PROGRAMME
from bot.nlu.tiers import Tier
from bot.testbench.dutch import TASKS, TIERS

NEAREST = 3
GUESSED, BY_WORDS = "gokt", "woorden"
# The task that each kind of message belongs to; None when that says nothing of the task.
TASK_OF: dict[str, str | None] = {"offers": OFFERS, "programme": PROGRAMME, "pathway": PATHWAY,
                                  "compare": COMPARISON, "question": None}
LANGUAGE = "De vraag is in een andere taal. De bot toont een kaart in die taal."
AFTER = "De vraag leunt op het antwoord ervoor. Dat besliste mee wat ze betekent."
HELP_FIRST = "De bot vroeg eerst na: dit lijkt op een vraag om hulp."
LIMITS = ("Zekerheid is de kans dat de vraag over duaal leren gaat en dat het bovenste onderwerp "
          "klopt. Twee grenzen, gekozen bij het trainen, beslissen of de bot antwoordt, laat "
          "kiezen of niet antwoordt.")


@dataclass(frozen=True)
class Near:
    """A topic or task that looked most like the question; `topic` is None for a task.

    `word` is what the bot did with it: a tier, GUESSED, or BY_WORDS when the words in the question
    led to it. `score` is the distance of the model: above 0 it looks like the examples, below 0 it
    does not.
    """

    label: str
    name: str
    word: str
    score: float
    topic: str | None


@dataclass(frozen=True)
class Certainty:
    """What the bot made of a question; `chance` (0 to 1) is None when no chance decided."""

    verdict: str
    chance: float | None


def tier_of(parsed: Mapping[str, Any]) -> Tier:
    """What the model alone would have let the bot do."""
    return Tier((parsed.get("tier") or {}).get("naam") or Tier.NO)


def certainty(parsed: Mapping[str, Any], kinds: Sequence[str], knowledge: Knowledge) -> Certainty:
    """How certain the bot was of a typed question that got messages of these kinds."""
    intent, tier = parsed.get("intent") or {}, tier_of(parsed)
    if is_foreign(parsed):
        return Certainty(LANGUAGE, None)
    if is_by_words(parsed, kinds):
        task = next(kind for kind in kinds if kind in TASK_OF)
        name = TASK_OF[task] or str(parsed.get("alleen") or intent.get("name"))
        return Certainty(f"De vraag is begrepen uit de woorden ({TASKS.get(name, 'zoekvraag')}).",
                         None)
    choices = (parsed.get("tier") or {}).get("keuzes") or ("",)
    first = knowledge.get(choices[0].partition("/")[2])
    if tier is Tier.DOUBT and first and first.safety:
        return Certainty(HELP_FIRST, None)
    return Certainty(TIERS[tier], intent.get("confidence"))


def is_foreign(parsed: Mapping[str, Any]) -> bool:
    """True when the bot took the message to be in another language."""
    return bool((parsed.get("intent") or {}).get("name") == FOREIGN)


def is_by_words(parsed: Mapping[str, Any], kinds: Sequence[str]) -> bool:
    """True when names and other words in the message, not its likeness, led to the answer."""
    name = (parsed.get("intent") or {}).get("name")
    return (name == FOLLOW_UP or name in TASKS) and any(kind in TASK_OF for kind in kinds)


def is_after(parsed: Mapping[str, Any], messages: Sequence[Mapping[str, Any]]) -> bool:
    """True when a question means something else after the answer before it than by itself."""
    if "weging" not in parsed:
        return False
    answered = {str(m["topic"]) for m in messages if m["kind"] == "knowledge" and m.get("topic")}
    alone = str(parsed.get("alleen") or "").partition("/")[2]
    if answered:
        return alone not in answered
    return bool(alone) and any(m["kind"] == "choice" for m in messages)


def led_by(parsed: Mapping[str, Any]) -> list[str]:
    """The labels that the model was sure of and that the bot answered with, in order."""
    intent, choices = parsed.get("intent") or {}, (parsed.get("tier") or {}).get("keuzes") or []
    name = intent.get("name")
    if tier_of(parsed) is not Tier.SURE or not name:
        return []
    if name == LEANING:
        return [str(parsed.get("alleen"))]
    if name in (TWO_QUESTIONS, RULE_AND_PATHWAY):
        return list(choices[: 2 if name == TWO_QUESTIONS else 1])
    return [str(intent.get("full_retrieval_intent_name") or name)]


def nearest(parsed: Mapping[str, Any], kinds: Sequence[str], knowledge: Knowledge, texts: Texts,
            after: bool = False) -> tuple[Near, ...]:
    """The three labels that are most like the question, best first, each once.

    None for a message in another language: it was not compared with the examples. `after` when
    the answer before it decided, and so none of them is sure.
    """
    if is_foreign(parsed):
        return ()
    ranking: dict[str, float] = {}
    for row in parsed.get("intent_ranking") or ():
        # A question that an editor wrote down stands first a second time, with its real score.
        ranking[row["name"]] = row["confidence"]
    words = is_by_words(parsed, kinds)
    led = {TASK_OF.get(kind) for kind in kinds} if words else set(
        () if after else led_by(parsed))
    found = []
    for label, score in list(ranking.items())[:NEAREST]:
        word = _word(tier_of(parsed), score, words)
        if label in led:
            word = BY_WORDS if words else Tier.SURE.value
        name, topic = _named(label, knowledge, texts)
        found.append(Near(label, name, word, score, topic))
    return tuple(found)


def _word(tier: Tier, score: float, words: bool) -> str:
    offered = tier is Tier.DOUBT and not words
    return Tier.DOUBT.value if offered or (tier is not Tier.NO and score > 0) else GUESSED


def _named(label: str, knowledge: Knowledge, texts: Texts) -> tuple[str, str | None]:
    topic = knowledge.get(label.partition("/")[2])
    if topic:
        return topic.question, topic.id
    tasks = texts.entry("keuze", "taken")
    name = tasks[label]["label"] if label in tasks else label.replace("_", " ")
    return name, None
