"""What task actions send to the way out: facts only, no words."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.answers.model import Image
from bot.catalogue.model import Clb, Info, Offered, Place, Programme, School
from bot.catalogue.narrowing import Narrowing
from bot.catalogue.offers import OfferResult
from bot.catalogue.ways import Goal, Pathway


@dataclass(frozen=True)
class OffersShown:
    """A search with the part of it to show; `interest` is the word the person used.

    `outdated` when the school year of the offers is over; `by` are the filters and `unmet` the
    kinds of them that no programme meets; `past` when more was asked than there is.
    """

    result: OfferResult
    info: Info
    interest: str
    start: int = 0
    outdated: bool = False
    by: Narrowing = field(default_factory=Narrowing)
    unmet: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True)
class ProgrammeShown:
    """Programmes that a name can mean; one is explained, more are offered."""

    programmes: tuple[Programme, ...]
    interest: str
    info: Info
    schools_known: int
    full_time: tuple[Programme, ...]
    by: Narrowing = field(default_factory=Narrowing)
    unmet: tuple[str, ...] = ()
    start: int = 0


@dataclass(frozen=True)
class PathwayShown:
    """A pathway, the ways to a goal, or several programmes to choose from first.

    `profession` when the word the person used, the interest, says what someone becomes.
    """

    pathway: Pathway | None
    choices: tuple[Programme, ...]
    interest: str
    info: Info
    goal: Goal | None = None
    profession: bool = False
    image: Image | None = None


@dataclass(frozen=True)
class ProgrammeFacts:
    """One side of a comparison, with the certificate it leads to."""

    programme: Programme
    certificate: str


@dataclass(frozen=True)
class ComparisonShown:
    """Two programmes side by side."""

    sides: tuple[ProgrammeFacts, ...]
    info: Info


@dataclass(frozen=True)
class SchoolShown:
    """One school with everything it offers, and the CLB locations near it."""

    school: School
    offered: tuple[Offered, ...]
    info: Info
    clbs: tuple[Clb, ...] = ()


@dataclass(frozen=True)
class OwnClb:
    """The CLB of the school that offers the bot, as that school wrote it in its settings."""

    name: str
    phone: str
    website: str


@dataclass(frozen=True)
class HandoverShown:
    """CLB locations near a place, empty when none is known, and the publisher's own CLB."""

    clbs: tuple[Clb, ...]
    place: Place | None
    own: OwnClb | None = None


@dataclass(frozen=True)
class Question:
    """A question back. `ask` is the contract's value; `unknown` the words that were not known.

    `outside` when they name a place outside Flanders and Brussels. `about` is what is looked for,
    in words, and `titles` the programmes that it can be.
    """

    ask: str
    programmes: tuple[Programme, ...] = ()
    places: tuple[Place, ...] = ()
    schools: tuple[School, ...] = ()
    unknown: str = ""
    outside: bool = False
    about: str = ""
    titles: tuple[str, ...] = ()
