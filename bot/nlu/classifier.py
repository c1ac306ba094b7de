"""Rasa component around the linear model: intent, response selector and tier in one step.

The labels are flat (`thema/onderwerp` and task intents), so that two topics of different themes
compete directly; Rasa's own split into intent and selector is filled in afterwards.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import resources
from bot.nlu.completion import Piece, only_completes
from bot.nlu.cues import CUES
from bot.nlu.leaning import evidence
from bot.nlu.learned import FILE, SAFETY, Learned
from bot.nlu.linear import FOLLOW_UP
from bot.nlu.prediction import CHOICES, CRISIS, LEANING, TWO_QUESTIONS, selector
from bot.nlu.progress import LEARNING, report
from bot.nlu.tiers import Tier
from bot.packed import pack, unpack

logger = logging.getLogger(__name__)

NAMES = frozenset({"plaats", "opleiding", "provincie", "schoolnaam", "niet_opleiding",
                   "niet_plaats", "doel", "niet_duaal", "buitenland"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Predicts `thema/onderwerp` or a task intent, and whether the bot may answer with it."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, learned: Learned | None = None
    ) -> None:
        """Made by Rasa through `create` or `load`."""
        self._storage, self._resource, self._learned = model_storage, resource, learned

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """A component that still has to be trained."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The trained component, read from Rasa's model archive."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, unpack((folder / FILE).read_bytes()))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model, choose the thresholds on held-out folds, save both in the archive."""
        examples = [e for e in training_data.intent_examples if e.get("text")]
        texts = [str(e.get("text")) for e in examples]
        labels = [str(e.get("intent_response_key") or e.get("intent")) for e in examples]
        report(LEARNING)
        self._learned = Learned.of(texts, labels)
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_bytes(pack(self._learned))
        logger.info("Held-out result of the classifier: %s", asdict(self._learned.held_out))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, ranking, response selector and `tier` of each message."""
        for message in messages:
            self._process(message)
        return messages

    def _process(self, message: Message) -> None:
        assert self._learned is not None
        if (message.get("intent") or {}).get("name") == CRISIS:
            return
        text = str(message.get("text") or "")
        entities = list(message.get("entities") or [])
        learned = self._learned
        ranked = learned.rank(text)
        label, confidence, tier, ranking = learned.understand(text, entities, ranked, _worrying)
        pieces = [Piece(e["entity"], e["value"], e["start"], e["end"]) for e in entities
                  if e["entity"] in NAMES | CUES]
        whole = only_completes(text, pieces)
        named = any(piece.kind in NAMES for piece in pieces)
        leans = (bool(pieces) and ranked.leans) or (tier is Tier.DOUBT and named)
        follows = label != TWO_QUESTIONS and (whole or leans)
        weighed = (not named and learned.may_lean(label, text, tier)
                   and ranking[0][0] not in SAFETY and not _worrying(text))
        if follows or weighed:
            # What the message means when there is nothing before it that it goes on with.
            message.set("alleen", label, add_to_output=True)
        if weighed:
            message.set("weging", asdict(evidence(text, ranked)), add_to_output=True)
        if follows:
            # Whether it says nothing but names and cues.
            message.set("vast", whole, add_to_output=True)
            label, confidence = FOLLOW_UP, 1.0
        elif weighed and tier is Tier.SURE:
            label = LEANING
        set_prediction(message, label, confidence, tier, ranking)


def _worrying(text: str) -> bool:
    return resources.crisis().detect(text).concern


def set_prediction(
    message: Message,
    label: str,
    confidence: float,
    tier: Tier,
    ranking: list[tuple[str, float]],
) -> None:
    """Write one decision in the form Rasa's dialogue side reads."""
    theme, _, _ = label.partition("/")
    message.set("intent", {"name": theme, "confidence": confidence}, add_to_output=True)
    message.set(
        "intent_ranking",
        [{"name": name, "confidence": round(score, 3)} for name, score in ranking[:8]],
        add_to_output=True,
    )
    message.set(
        "tier",
        {"naam": tier.value, "keuzes": [name for name, _ in ranking[:CHOICES]]},
        add_to_output=True,
    )
    if "/" in label:
        message.set("response_selector", selector(label, confidence), add_to_output=True)
    if "/" in label or label == LEANING:
        # A place in a question about rules is no search: it must not move the search slots.
        message.set("entities", [], add_to_output=True)
