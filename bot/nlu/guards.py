"""Rasa components around the classifier: a cry for help goes first, another language last."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot import resources
from bot.nlu.language import foreign_language
from bot.nlu.linear import FOLLOW_UP
from bot.nlu.prediction import CRISIS, FOREIGN
from bot.nlu.tiers import Tier


class Guard(GraphComponent):
    """A component without training that may decide what a message is."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Guard:
        """Made by Rasa; nothing is trained."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Decide on each message."""
        for message in messages:
            self._process(message)
        return messages

    def _process(self, message: Message) -> None:
        raise NotImplementedError


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisGuard(Guard):
    """For channels that do not come through bot.inbox (`rasa shell`): the same detector."""

    def _process(self, message: Message) -> None:
        signal = resources.crisis().detect(str(message.get("text") or ""))
        if signal.category:
            _decide(message, CRISIS, {"nood": signal.category})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LanguageGuard(Guard):
    """A message in another language, unless the classifier was sure of what it means.

    A Flemish term in a plainly foreign sentence ("what is duaal leren") does not make it Dutch, and
    names of places and programmes say nothing of the language.
    """

    def _process(self, message: Message) -> None:
        if (message.get("intent") or {}).get("name") in (CRISIS, FOLLOW_UP):
            return
        sure = (message.get("tier") or {}).get("naam") == Tier.SURE.value
        kinds = {e["entity"] for e in message.get("entities") or []}
        # A programme beside a place or "duaal" is a search, however it is spelt.
        search = "opleiding" in kinds and (
            "plaats" in kinds or "duaal" in str(message.get("text")).lower())
        foreign = foreign_language(_without_names(message))
        if foreign and (foreign.plain or not (sure or search)):
            _decide(message, FOREIGN, {"taal": foreign.language})


def _without_names(message: Message) -> str:
    text = str(message.get("text") or "")
    names = sorted((e["start"], e["end"]) for e in message.get("entities") or [])
    for start, end in reversed(names):
        text = f"{text[:start]} {text[end:]}"
    return text


def _decide(message: Message, intent: str, entities: dict[str, str]) -> None:
    message.set("intent", {"name": intent, "confidence": 1.0}, add_to_output=True)
    message.set("intent_ranking", [{"name": intent, "confidence": 1.0}], add_to_output=True)
    message.set("tier", {"naam": Tier.SURE.value, "keuzes": []}, add_to_output=True)
    message.set("entities", [
        {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "guard"}
        for name, value in entities.items()
    ], add_to_output=True)
