"""What training leaves in a model, and what a message means by itself to it (no Rasa)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, Mapping, NamedTuple, Sequence

from bot.nlu.leaning import CANDIDATES, may_lean
from bot.nlu.linear import FOLLOW_UP, OUT_OF_SCOPE, LinearModel, Ranked, rank, written_down
from bot.nlu.ngrams import Ngrams
from bot.nlu.normaliser import normalise
from bot.nlu.prediction import CHOICES, IN_DOUBT, RULE_AND_PATHWAY, TWO_QUESTIONS
from bot.nlu.questions import split_questions
from bot.nlu.tasks import GENERAL, PROGRAMME, PROGRAMME_TASKS, Said, named_task
from bot.nlu.tiers import Report, Thresholds, Tier, choose_thresholds

HELP = "hulp_bot"
# Small talk that a question after an answer looks like: "moet ik ook?", "blijft dat geldig?"
LOOKALIKES = frozenset({HELP, "privacy", "klacht_bot", "bot_mens"})
SAFETY = frozenset({"hulp/psychische_nood", "hulp/pesten_geweld"})
MAX_TWO_QUESTIONS = 15  # words from which a message is a story
FILE = "classifier.model"  # in the archive of a model


class Understood(NamedTuple):
    """A message by itself: its label, confidence (0 to 1), tier, and labels with scores."""

    label: str
    confidence: float
    tier: Tier
    ranking: list[tuple[str, float]]


@dataclass(frozen=True)
class Learned:
    """All that training leaves in the model archive; `known` has the label of each example."""

    ngrams: Ngrams
    model: LinearModel
    known: Dict[str, str]
    thresholds: Thresholds
    held_out: Report

    @classmethod
    def of(cls, texts: Sequence[str], labels: Sequence[str]) -> Learned:
        """Learn from examples, with thresholds that are chosen on held-out folds."""
        ngrams = Ngrams()
        rows = ngrams.learn(texts)
        model = LinearModel().fit(rows, labels)
        thresholds, held_out = choose_thresholds(rows, labels)
        return cls(ngrams, model, written_down(texts, labels), thresholds, held_out)

    def rank(self, text: str) -> Ranked:
        """The best labels of a text, enough of them to weigh it after another answer."""
        return rank(self.ngrams, self.model, text, CANDIDATES)

    def may_lean(self, label: str, text: str, tier: Tier) -> bool:
        """Whether an answer shown before may say what is meant: no task, thanks or example.

        A topic of need never gives way.
        """
        if label in SAFETY:
            return False
        weighable = "/" in label or label in (IN_DOUBT, OUT_OF_SCOPE, *LOOKALIKES)
        return weighable and normalise(text) not in self.known and may_lean(text, tier)

    def understand(self, text: str, entities: Sequence[Mapping[str, Any]], ranked: Ranked,
                   worrying: Callable[[str], bool]) -> Understood:
        """What a message means without what was said before it.

        `worrying` tells whether a text has a sign of need.
        """
        ranking = list(zip(ranked.labels, ranked.scores))
        known = self.known.get(normalise(text))
        said = Said.of(entities, len(text.split()))
        own = said.task(None) if known in PROGRAMME_TASKS else None
        if known and known != FOLLOW_UP and not own:
            # A question an editor wrote down gets the answer it was written for.
            tier = Tier.NO if known == OUT_OF_SCOPE else Tier.SURE
            return Understood(known, 1.0, tier, [(known, 1.0), *ranking])
        both = self._two_questions(text, ranked.labels[:CHOICES])
        if both:
            return Understood(TWO_QUESTIONS, 1.0, Tier.SURE, [(name, 1.0) for name in both])
        confidence, tier = self.thresholds.decide(ranked)
        best = ranked.labels[0]
        if best in SAFETY and tier is Tier.SURE and not worrying(text):
            tier = Tier.DOUBT  # help lines need more than likeness to an example
        topic = best if tier is Tier.SURE and "/" in best else None
        task = said.task(topic) if tier is not Tier.NO else said.asked_anyway()
        if task is None and best == HELP and "opleiding" in said.kinds:
            task = PROGRAMME  # "wat kan je allemaal doen met dieren"
        task = task or named_task(ranked.labels[:CHOICES], said, tier)
        if task:
            return Understood(task, confidence, Tier.SURE, ranking)
        if topic and topic.startswith(GENERAL) and said.along:
            return Understood(RULE_AND_PATHWAY, confidence, Tier.SURE, ranking)
        label = {Tier.SURE: best, Tier.DOUBT: IN_DOUBT, Tier.NO: OUT_OF_SCOPE}[tier]
        return Understood(label, confidence, tier, ranking)

    def _two_questions(self, text: str, choices: Sequence[str]) -> tuple[str, ...]:
        """The topics of two different questions in one message, when both are sure.

        A story has loose questions: there both must be choices for the message as a whole.
        """
        found = []
        for question in split_questions(text):
            ranked = rank(self.ngrams, self.model, question)
            if self.thresholds.decide(ranked)[1] is Tier.SURE and "/" in ranked.labels[0]:
                found.append(ranked.labels[0])
        story = len(text.split()) > MAX_TWO_QUESTIONS
        if len(set(found)) < 2 or (story and not set(found) <= set(choices)):
            return ()
        return tuple(found)
