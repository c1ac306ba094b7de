"""Rasa component around the linear model: intent, response selector and tier in one step.

The labels are flat (`thema/onderwerp` and task intents), so that two topics of different themes
compete directly; Rasa's own split into intent and selector is filled in afterwards.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import Any, Dict, List, Mapping, Sequence

import joblib
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
from bot.nlu.linear import FOLLOW_UP, OUT_OF_SCOPE, LinearModel, Ranked, rank, written_down
from bot.nlu.ngrams import Ngrams
from bot.nlu.normaliser import normalise
from bot.nlu.prediction import CRISIS, RULE_AND_PATHWAY, TWO_QUESTIONS, selector
from bot.nlu.progress import LEARNING, report
from bot.nlu.questions import split_questions
from bot.nlu.tasks import GENERAL, PROGRAMME, PROGRAMME_TASKS, Said, named_task
from bot.nlu.tiers import Report, Thresholds, Tier, choose_thresholds

logger = logging.getLogger(__name__)

IN_DOUBT = "twijfel"
NAMES = frozenset({"plaats", "opleiding", "provincie", "schoolnaam", "niet_opleiding",
                   "niet_plaats", "doel", "niet_duaal", "buitenland"})
CHOICES = 3
HELP = "hulp_bot"
SAFETY = frozenset({"hulp/psychische_nood", "hulp/pesten_geweld"})
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
        learned = self._learned
        ranked = rank(learned.ngrams, learned.model, text)
        label, confidence, tier, ranking = self._alone(text, entities, ranked)
        pieces = [Piece(e["entity"], e["value"], e["start"], e["end"]) for e in entities
                  if e["entity"] in NAMES | CUES]
        whole = only_completes(text, pieces)
        named = any(piece.kind in NAMES for piece in pieces)
        leans = (bool(pieces) and ranked.leans) or (tier is Tier.DOUBT and named)
        if label != TWO_QUESTIONS and (whole or leans):
            # What the message means when there is nothing before it that it goes on with, and
            # whether it says nothing else at all.
            message.set("alleen", label, add_to_output=True)
            message.set("vast", whole, add_to_output=True)
            label, confidence = FOLLOW_UP, 1.0
        set_prediction(message, label, confidence, tier, ranking)

    def _alone(
        self, text: str, entities: Sequence[Mapping[str, Any]], ranked: Ranked
    ) -> tuple[str, float, Tier, list[tuple[str, float]]]:
        """Label, confidence, tier and ranking of a message without what was said before it."""
        assert self._learned is not None
        ranking = list(zip(ranked.labels, ranked.scores))
        known = self._learned.known.get(normalise(text))
        said = Said.of(entities, len(text.split()))
        own = said.task(None) if known in PROGRAMME_TASKS else None
        if known and known != FOLLOW_UP and not own:
            # A question an editor wrote down gets the answer it was written for.
            tier = Tier.NO if known == OUT_OF_SCOPE else Tier.SURE
            return known, 1.0, tier, [(known, 1.0), *ranking]
        both = self._two_questions(text, ranked.labels[:CHOICES])
        if both:
            return TWO_QUESTIONS, 1.0, Tier.SURE, [(name, 1.0) for name in both]
        confidence, tier = self._learned.thresholds.decide(ranked)
        best = ranked.labels[0]
        if best in SAFETY and tier is Tier.SURE and not resources.crisis().detect(text).concern:
            tier = Tier.DOUBT  # help lines need more than likeness to an example
        topic = best if tier is Tier.SURE and "/" in best else None
        task = said.task(topic) if tier is not Tier.NO else said.asked_anyway()
        if task is None and best == HELP and "opleiding" in said.kinds:
            task = PROGRAMME  # "wat kan je allemaal doen met dieren"
        task = task or named_task(ranked.labels[:CHOICES], said, tier)
        if task:
            return task, confidence, Tier.SURE, ranking
        if topic and topic.startswith(GENERAL) and said.along:
            return RULE_AND_PATHWAY, confidence, Tier.SURE, ranking
        label = {Tier.SURE: best, Tier.DOUBT: IN_DOUBT, Tier.NO: OUT_OF_SCOPE}[tier]
        return label, confidence, tier, ranking

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
