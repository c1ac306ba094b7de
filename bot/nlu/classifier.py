"""Rasa component around the linear model: intent, response selector and tier in one step.

The labels are flat (`thema/onderwerp` and task intents), so that two topics of different themes
compete directly; Rasa's own split into intent and selector is filled in afterwards.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import AbstractSet, Any, Dict, List, Sequence

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.completion import only_completes
from bot.nlu.linear import OUT_OF_SCOPE, LinearModel, rank, written_down
from bot.nlu.ngrams import Ngrams
from bot.nlu.normaliser import normalise
from bot.nlu.prediction import CRISIS, TWO_QUESTIONS, selector
from bot.nlu.progress import LEARNING, report
from bot.nlu.questions import split_questions
from bot.nlu.tiers import Report, Thresholds, Tier, choose_thresholds

logger = logging.getLogger(__name__)

COMPLETION, IN_DOUBT = "informeer", "twijfel"
PLACES = frozenset({"plaats", "provincie"})
PROGRAMME_TASKS = frozenset({"aanbod", "opleiding_info", "pad"})
COMPLETING_ENTITIES = frozenset({"plaats", "opleiding", "provincie", "straal", "open"})
CHOICES = 3
MAX_TWO_QUESTIONS = 15  # words from which a message is a story
FILE = "classifier.joblib"


@dataclass(frozen=True)
class Learned:
    """All that training leaves in the model archive; `known` has the label of each example."""

    ngrams: Ngrams
    model: LinearModel
    known: Dict[str, str]
    thresholds: Thresholds
    held_out: Report


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
            return cls(model_storage, resource, joblib.load(folder / FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model, choose the thresholds on held-out folds, save both in the archive."""
        examples = [e for e in training_data.intent_examples if e.get("text")]
        texts = [str(e.get("text")) for e in examples]
        labels = [str(e.get("intent_response_key") or e.get("intent")) for e in examples]
        report(LEARNING)
        ngrams = Ngrams()
        rows = ngrams.learn(texts)
        model = LinearModel().fit(rows, labels)
        thresholds, held_out = choose_thresholds(rows, labels)
        self._learned = Learned(ngrams, model, written_down(texts, labels), thresholds, held_out)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._learned, folder / FILE, compress=3)
        logger.info("Held-out result of the classifier: %s", asdict(held_out))
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
        names = [(e["start"], e["end"]) for e in entities if e["entity"] in COMPLETING_ENTITIES]
        if only_completes(text, names):
            set_prediction(message, COMPLETION, 1.0, Tier.SURE, [(COMPLETION, 1.0)])
            return
        learned = self._learned
        ranked = rank(learned.ngrams, learned.model, text)
        known = learned.known.get(normalise(text))
        if known:
            # A question an editor wrote down gets the answer it was written for.
            tier = Tier.NO if known == OUT_OF_SCOPE else Tier.SURE
            set_prediction(message, known, 1.0, tier,
                           [(known, 1.0), *zip(ranked.labels, ranked.scores)])
            return
        both = self._two_questions(text, ranked.labels[:CHOICES])
        if both:
            set_prediction(message, TWO_QUESTIONS, 1.0, Tier.SURE, [(name, 1.0) for name in both])
            return
        confidence, tier = learned.thresholds.decide(ranked)
        task = named_task(ranked.labels[:CHOICES], {e["entity"] for e in entities}, tier)
        if task:
            set_prediction(message, task, confidence, Tier.SURE,
                           list(zip(ranked.labels, ranked.scores)))
            return
        label = {Tier.SURE: ranked.labels[0], Tier.DOUBT: IN_DOUBT, Tier.NO: OUT_OF_SCOPE}[tier]
        set_prediction(message, label, confidence, tier, list(zip(ranked.labels, ranked.scores)))

    def _two_questions(self, text: str, choices: Sequence[str]) -> tuple[str, ...]:
        """The topics of two different questions in one message, when both are sure.

        A story has loose questions: there both must be choices for the message as a whole.
        """
        assert self._learned is not None
        found = []
        for question in split_questions(text):
            ranked = rank(self._learned.ngrams, self._learned.model, question)
            if self._learned.thresholds.decide(ranked)[1] is Tier.SURE and "/" in ranked.labels[0]:
                found.append(ranked.labels[0])
        story = len(text.split()) > MAX_TWO_QUESTIONS
        if len(set(found)) < 2 or (story and not set(found) <= set(choices)):
            return ()
        return tuple(found)


def named_task(choices: Sequence[str], names: AbstractSet[str], tier: Tier) -> str | None:
    """The task that the names in a message decide on, in doubt or between tasks.

    A place makes a search of a programme, or of a question what there is; a programme alone leaves
    it to the best choice, when that is a task.
    """
    if tier is Tier.NO or (tier is Tier.SURE and choices[0] not in PROGRAMME_TASKS):
        return None
    if names & PLACES and "aanbod" in choices and (
            "opleiding" in names or choices[0] == "opleiding_info"):
        return "aanbod"
    if "opleiding" not in names:
        return None
    return choices[0] if choices[0] in PROGRAMME_TASKS else None


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
        # A place in a question about rules is no search: it must not move the search slots.
        message.set("entities", [], add_to_output=True)
