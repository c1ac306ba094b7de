"""Names of places and programmes as Rasa entities; the names come from the catalogue."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.resources import lexicon


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Gazetteer(GraphComponent):
    """Adds an entity for each known name; the value is what the catalogue looks up."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Gazetteer:
        """Made by Rasa; nothing is trained, so nothing is loaded from the model."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Fill `entities` of each message."""
        for message in messages:
            text = message.get("text") or ""
            entities = [
                {
                    "entity": found.kind,
                    "value": found.value,
                    "start": found.start,
                    "end": found.end,
                    "extractor": "Gazetteer",
                    "confidence_entity": 1.0 if found.exact else 0.8,
                }
                for found in lexicon().find(text)
            ]
            message.set("entities", entities, add_to_output=True)
        return messages
