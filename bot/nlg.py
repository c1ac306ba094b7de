"""The one way out: every sentence of the bot is composed here, from vetted files only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Optional

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot import resources
from bot.answers.compose.about import compose_shorter, compose_sources
from bot.answers.compose.choice import compose_choice, has_choices
from bot.answers.compose.crisis import compose_crisis
from bot.answers.compose.fixed import compose_fixed, compose_language, stuck_entry
from bot.answers.compose.knowledge import compose_going_on, compose_silenced, compose_topic
from bot.answers.compose.tasks import TASK_COMPOSERS, compose_task
from bot.answers.compose.theme import compose_theme
from bot.answers.model import Answer
from bot.answers.render.plain import plain
from bot.history import (
    FAILED,
    doubts_in_a_row,
    failures_in_a_row,
    first_of_turn,
    personal_data_is_new,
    topic_shown,
)
from bot.meant import meant
from bot.shown import KIND, TOPIC

# Channels that carry an answer whole; all others get its plain text.
OUR_CHANNELS = frozenset({"web", "whatsapp", "telegram", "messenger"})
PREFIX = "utter_"
# Asked about the answer just shown: where it stands, and to say it more simply.
ABOUT = {"bron": compose_sources, "niet_begrepen": compose_shorter}
KEPT = "_bewaard"  # what is said instead when questions without an answer are kept


class AnswerGenerator(NaturalLanguageGenerator):
    """Rasa's door to our answers; configured in endpoints.yml.

    Rasa hands it an empty domain: the answers are read from data/, so that an edited text is live
    without training.
    """

    def __init__(
        self, endpoint_config: Optional[EndpointConfig] = None, domain: Optional[Domain] = None
    ) -> None:
        """Both arguments come from Rasa and are not needed."""

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[Dict[str, Any]]:
        """The answer to one `utter_…`: text for any channel, the whole contract for ours."""
        parsed: dict[str, Any] = {}
        if tracker.latest_message is not None:
            parsed = dict(tracker.latest_message.parse_data)
        shown = topic_shown(tracker)
        utter_action, more = meant(utter_action, parsed, resources.knowledge().get(shown or ""))
        answer = compose(utter_action, parsed, {**kwargs, **more}, *_stuck(tracker), shown)
        answer = _with_notes(answer, tracker, str(parsed.get("text") or ""))
        said = {KIND: answer.kind, TOPIC: answer.topic}
        if output_channel in OUR_CHANNELS:
            return {"text": answer.text, "custom": answer.to_dict(), **said}
        return {"text": plain(answer), **said}


def _stuck(tracker: DialogueStateTracker) -> tuple[int, int]:
    return failures_in_a_row(tracker), doubts_in_a_row(tracker)


def _with_notes(answer: Answer, tracker: DialogueStateTracker, said: str) -> Answer:
    """One sentence after the first answer of a turn: help is near, or no personal data please."""
    if not first_of_turn(tracker):
        return answer
    texts, notes = resources.texts(), []
    if answer.kind != "safety" and resources.crisis().detect(said).concern:
        notes.append(texts.say("nood", "aanbod"))
    if personal_data_is_new(tracker):
        notes.append(texts.say("gesprek", "gemaskerd"))
    return replace(answer, text="\n\n".join([answer.text, *notes])) if notes else answer


def compose(
    utter_action: str,
    parsed: dict[str, Any],
    values: dict[str, Any],
    failures: int = 0,
    doubts: int = 0,
    shown: str | None = None,
) -> Answer:
    """The answer for one response name, with what the message was understood as.

    `shown` is the topic that was answered just before.
    `failures` and `doubts` are the turns in a row just before in which the bot did not help or
    offered choices: it never says the same sentence twice and soon shows the way to a person.
    """
    name = utter_action[len(PREFIX):]
    texts, knowledge = resources.texts(), resources.knowledge()
    if name in {"eerste_vraag", "tweede_vraag"}:
        name = (parsed["tier"]["keuzes"])[name == "tweede_vraag"]
    topic = knowledge.get(name.partition("/")[2])
    if "/" in name and topic is None:
        name = "niet_begrepen"  # a topic that an editor took away after the training
    silence = resources.silence()
    helps = name == "nood" or (topic is not None and topic.safety)
    if silence.everything is not None and not helps:
        return compose_fixed(texts.entry("gesprek", "stil"))
    if topic and not helps and silence.covers(topic.id):
        return compose_silenced(topic, texts)
    if topic:
        answer = compose_topic(topic, knowledge, resources.facts(), texts, resources.today())
        return compose_going_on(answer, texts) if values.get("verder") else answer
    if name in TASK_COMPOSERS:
        return compose_task(name, values["resultaat"], texts)
    if name == "keuze":
        tier = parsed.get("tier") or {}
        confidence = (parsed.get("intent") or {}).get("confidence")
        labels = values.get("keuzes") or tier.get("keuzes") or []
        if has_choices(labels, knowledge, texts):
            return compose_choice(labels, knowledge, texts, confidence, doubts)
        name = "niet_begrepen"
    if name == "thema":
        theme = str(parsed.get("payload", "")).partition(":")[2]
        return compose_theme(theme, knowledge, texts)
    if name == "nood":
        return compose_crisis(_entity(parsed, "nood"), knowledge, resources.facts(), texts,
                              resources.today())
    if name == "taal":
        return compose_language(_entity(parsed, "taal"), texts)
    about = knowledge.get(shown or "")
    if about and name in ABOUT and not failures and not silence.covers(about.id):
        found = ABOUT[name](about, knowledge, resources.facts(), texts, resources.today())
        if found:
            return found
    if failures and utter_action in FAILED:
        name = stuck_entry(failures)
    if resources.settings().unanswered and texts.has("gesprek", f"{name}{KEPT}"):
        name += KEPT
    return compose_fixed(texts.entry("gesprek", name), **values)


def _entity(parsed: dict[str, Any], kind: str) -> str:
    return next(str(e["value"]) for e in parsed["entities"] if e["entity"] == kind)
