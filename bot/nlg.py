"""The one way out: every sentence of the bot is composed here, from vetted files only."""

from __future__ import annotations

from typing import Any, Dict, Optional

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot import resources
from bot.answers.compose.choice import compose_choice, has_choices
from bot.answers.compose.fixed import compose_fixed
from bot.answers.compose.knowledge import compose_topic
from bot.answers.compose.tasks import TASK_COMPOSERS, compose_task
from bot.answers.compose.theme import compose_theme
from bot.answers.model import Answer
from bot.answers.render.plain import plain

# Channels that carry an answer whole; all others get its plain text.
OUR_CHANNELS = frozenset({"web"})
PREFIX = "utter_"


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
        answer = compose(utter_action, parsed, kwargs)
        if output_channel in OUR_CHANNELS:
            return {"text": answer.text, "custom": answer.to_dict()}
        return {"text": plain(answer)}


def compose(utter_action: str, parsed: dict[str, Any], values: dict[str, Any]) -> Answer:
    """The answer for one response name, with what the message was understood as."""
    name = utter_action[len(PREFIX):]
    texts, knowledge = resources.texts(), resources.knowledge()
    topic = knowledge.get(name.partition("/")[2])
    if topic:
        return compose_topic(topic, knowledge, resources.facts(), texts, resources.today())
    if name in TASK_COMPOSERS:
        return compose_task(name, values["resultaat"], texts)
    if name == "keuze":
        tier = parsed.get("tier") or {}
        confidence = (parsed.get("intent") or {}).get("confidence")
        labels = tier.get("keuzes") or []
        if has_choices(labels, knowledge, texts):
            return compose_choice(labels, knowledge, texts, confidence)
        name = "niet_begrepen"
    if name == "thema":
        theme = str(parsed.get("payload", "")).partition(":")[2]
        return compose_theme(theme, knowledge, texts)
    return compose_fixed(texts.entry("gesprek", name), **values)
