"""Tasks that the names and cues of a message decide on (no Rasa)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Sequence

from bot.nlu.cues import ALONG, DOMAIN, FINALITY, FORM, NET, OPEN, WISH, YEAR
from bot.nlu.tiers import Tier

OFFERS, PROGRAMME, PATHWAY, COMPARISON = "aanbod", "opleiding_info", "pad", "vergelijk"
PROGRAMME_TASKS = frozenset({OFFERS, PROGRAMME, PATHWAY})
PLACES = frozenset({"plaats", "provincie", "schoolnaam"})
SEVENTH = "7"
# Topics that tell the rule of what a programme has its own answer to.
GENERAL = ("zevende_jaar", "hbo5")
ABOUT_GROUPS = frozenset({
    "wat/buso_ov3", "wat/dubbele_finaliteit_duaal", "wat/finaliteiten", "wat/studiedomeinen",
    "wat/nieuwe_richtingen", "wat/aanbieders", "zevende_jaar/zevende_jaar_duaal"})
ABOUT_BRUSSELS = "hulp/brussel"
SHORT = 12  # words
GROUPS = frozenset({FINALITY, FORM, DOMAIN})  # what a list of programmes can be made of


@dataclass(frozen=True)
class Said:
    """Which kinds of names a message has, and which programmes and wishes."""

    kinds: frozenset[str]
    programmes: frozenset[str]
    wishes: frozenset[str]
    years: frozenset[str] = frozenset()
    words: int = 0

    @classmethod
    def of(cls, entities: Iterable[Mapping[str, Any]], words: int = 0) -> Said:
        """From Rasa's entities and the number of words in the message."""
        found = [(str(e["entity"]), str(e["value"])) for e in entities]
        return cls(frozenset(kind for kind, _ in found),
                   frozenset(value for kind, value in found if kind == "opleiding"),
                   frozenset(value for kind, value in found if kind == WISH),
                   frozenset(value for kind, value in found if kind == YEAR), words)

    def task(self, topic: str | None) -> str | None:
        """The task that is said in so many words; `topic` is the one the classifier is sure of.

        A topic that only tells the general rule of what is named gives way to the task; any other
        topic does not.
        """
        named, somewhere = "opleiding" in self.kinds, bool(self.kinds & PLACES)
        theme, _, _ = (topic or "").partition("/")
        if "vergelijk" in self.wishes and (
                len(self.programmes) > 1 or ("voltijds" in self.wishes and named)):
            return COMPARISON
        if "buitenland" in self.kinds and named and not somewhere and theme in ("", "wat"):
            return OFFERS
        if "welk_jaar" in self.wishes and named and not somewhere:
            return PROGRAMME
        if somewhere and self.kinds & (GROUPS | {NET}) and (topic is None or topic in ABOUT_GROUPS):
            return OFFERS
        if "scholen" in self.wishes and named and topic in ABOUT_GROUPS:
            return OFFERS
        if "richtingen" in self.wishes and (named or self.kinds & GROUPS) and (
                not self.wishes & ALONG) and (
                theme in ("", "zevende_jaar") or topic in ABOUT_GROUPS):
            return OFFERS if somewhere else PROGRAMME
        if named and OPEN in self.kinds:
            return OFFERS
        if somewhere and named and topic == ABOUT_BRUSSELS:
            return OFFERS
        if somewhere and named and theme in ("", "wat") and self.words <= SHORT:
            return OFFERS
        if somewhere and "wat_is_er" in self.wishes and theme in ("", "wat"):
            return OFFERS
        if topic is None and self.along:
            return PATHWAY
        if topic is None and "uitleg" in self.wishes and named and not somewhere:
            return PROGRAMME
        return None

    def asked_anyway(self) -> str | None:
        """The task of a short message that looks like nothing we know but says what it wants."""
        if self.words > SHORT or "opleiding" not in self.kinds:
            return None
        return PATHWAY if self.along else None

    @property
    def along(self) -> bool:
        """True when it asks what comes after or before a programme, or how one gets somewhere."""
        named = "opleiding" in self.kinds
        if "hoe_word" in self.wishes and (named or "doel" in self.kinds):
            return True
        if not named or self.kinds & PLACES:
            return False
        if len(self.programmes) > 1 and "van_naar" in self.wishes:
            return True
        return bool(self.wishes & ALONG) or SEVENTH in self.years


def named_task(choices: Sequence[str], said: Said, tier: Tier) -> str | None:
    """The task that the names in a message decide on, in doubt or between tasks.

    A place makes a search of a programme, or of a question what there is; so does "waar". A
    programme alone leaves it to the best choice, when that is a task.
    """
    best, names = choices[0], said.kinds
    if tier is Tier.NO or (tier is Tier.SURE and best not in PROGRAMME_TASKS):
        return None
    # In a long story the names may be by the way.
    short = said.words <= SHORT
    if names & PLACES and "opleiding" in names and (short or OFFERS in choices):
        return OFFERS
    if names & PLACES and OFFERS in choices and best == PROGRAMME:
        return OFFERS
    if names & PLACES and best in PROGRAMME_TASKS and names & (GROUPS | {YEAR}):
        return OFFERS
    if "opleiding" not in names:
        return None
    if "scholen" in said.wishes and not said.wishes & ALONG and (
            best in PROGRAMME_TASKS or OFFERS in choices):
        return OFFERS
    if "richtingen" in said.wishes and PROGRAMME in choices:
        return PROGRAMME
    if short and best not in PROGRAMME_TASKS and {OFFERS, PROGRAMME} & set(choices):
        return PROGRAMME
    return best if best in PROGRAMME_TASKS else None
