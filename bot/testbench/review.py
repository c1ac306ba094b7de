"""What an editor sees of a text before it is live: what the check says, and each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from bot import resources
from bot.answers.compose.knowledge import compose_topic
from bot.errors import DuaalwijzerError
from bot.knowledge.check import (
    MAX_SENTENCE,
    MIN_FLESCH_DOUMA,
    Finding,
    check_topic,
    flesch_douma,
    load_explained,
    sentences,
)
from bot.knowledge.load import parse_topic
from bot.knowledge.model import Topic
from bot.knowledge.versions import Difference, compare
from bot.testbench.answer_form import FINDINGS, NAMES, too_long
from bot.testbench.change import EDIT, Change, fingerprint
from bot.testbench.counting import counted
from bot.testbench.desk import Desk
from bot.testbench.previews import CHANNELS, Bubble, bubbles
from bot.testbench.spans import Span
from bot.testbench.versions import Versions

UNREAD = "Een veld is te lang: daarom is de rest van de tekst niet nagekeken."
UNSHOWN = "Geen voorbeeld: een veld is te lang."


@dataclass(frozen=True)
class Review:
    """The check of one text. `errors` keep it from being saved, `warnings` do not.

    Each is a field of the form with a sentence. `reading` is Flesch-Douma, `longest` in words; a
    text that is too long to be read has neither (None).
    """

    errors: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]
    reading: float | None
    longest: int | None

    @property
    def measured(self) -> str:
        """The measures in a sentence."""
        if self.reading is None:
            return UNREAD
        return (f"Leesbaarheid {self.reading:.0f} (minstens {MIN_FLESCH_DOUMA:.0f}), langste zin "
                f"{counted(self.longest or 0, 'woord', 'woorden')} (hoogstens {MAX_SENTENCE}).")


def review(topic: Topic, desk: Desk, words: Iterable[str] = ()) -> Review:
    """The check of this text among the other answers; `words` are hard ones that it explains.

    Costs up to a second of calculation: pages call it in a thread.
    """
    if too_long(topic):
        return Review((), (), None, None)
    facts = resources.facts()
    explained = load_explained(desk.settings.explained_file) | frozenset(words)
    found = check_topic(topic, resources.knowledge(), facts, explained, desk.today)
    # What cannot be mended in the form must not keep the rest from being mended.
    errors = [f for f in found if f.error and _field(f) in NAMES]
    spoken = sentences(topic, facts)
    return Review(tuple(map(_said, errors)), tuple(_said(f) for f in found if f not in errors),
                  flesch_douma(topic, facts) if spoken else 0.0,
                  max((len(s.split()) for s in spoken), default=0))


def _field(finding: Finding) -> str:
    return FINDINGS.get(finding.field, finding.field)


def _said(finding: Finding) -> tuple[str, str]:
    field = _field(finding)
    fix = finding.fix.replace("data/uitgelegd.txt", "het veld hieronder")
    fix = fix[:1].upper() + fix[1:]
    return field, f"{NAMES.get(field, field)}: {finding.reason}. {fix}."


def previews(topic: Topic, desk: Desk) -> dict[str, tuple[Bubble, ...]]:
    """The answer as each channel shows it, by the name of the channel; calculates as review()."""
    if too_long(topic):
        return dict.fromkeys(CHANNELS.values(), (Bubble(spans=(Span(UNSHOWN),)),))
    answer = compose_topic(topic, resources.knowledge(), resources.facts(), resources.texts(),
                           desk.today).to_dict()
    return {name: bubbles(answer, channel) for channel, name in CHANNELS.items()}


@dataclass(frozen=True)
class Proposal:
    """An open proposal with what it changes and whether it can be approved.

    `meanwhile` is what changed in the file since; `problem` says why the text cannot be judged.
    """

    change: Change
    question: str
    differences: tuple[Difference, ...]
    meanwhile: tuple[Difference, ...]
    review: Review | None
    problem: str = ""

    @property
    def faults(self) -> str:
        """What is wrong with the text itself; empty when it may go live."""
        if self.problem or self.review is None:
            return self.problem
        if self.review.reading is None:
            return self.review.measured
        return " ".join(sentence for _, sentence in self.review.errors)

    @property
    def ready(self) -> bool:
        """True when nothing stands in the way of approval."""
        return not self.faults and not self.meanwhile

    @property
    def redone(self) -> bool:
        """True when it can be put on the new text in the form."""
        return bool(self.meanwhile) and self.change.kind == EDIT


def proposed_topic(change: Change) -> Topic:
    """The answer as the proposal has it."""
    return parse_topic(change.file, change.content)


def proposal(change: Change, desk: Desk) -> Proposal:
    """A proposal as it stands against the file of now."""
    versions: Versions = desk.store(Versions)
    try:
        now = versions.observe(desk.settings.knowledge_dir, change.file)
        base = versions.content(change.file, change.base) or now
        before, after = parse_topic(change.file, base), proposed_topic(change)
        meanwhile = () if fingerprint(now) == change.base else tuple(
            d for d in compare(before, parse_topic(change.file, now))
            if change.kind != EDIT or d.name != "voorbeeldvragen")
        return Proposal(change, before.question, compare(before, after), meanwhile,
                        review(after, desk, change.words.split()))
    except DuaalwijzerError as error:
        return Proposal(change, change.topic, (), (), None, str(error))
