"""What task actions send to the way out: facts only, no words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.model import (
    Clb,
    Info,
    Offered,
    OfferResult,
    Pathway,
    Place,
    Programme,
    School,
)


@dataclass(frozen=True)
class OffersShown:
    """A search with the part of it to show; `interest` is the word the person used.

    `outdated` when the school year of the offers is over.
    """

    result: OfferResult
    info: Info
    interest: str
    start: int = 0
    outdated: bool = False


@dataclass(frozen=True)
class ProgrammeShown:
    """Programmes that a name can mean; one is explained, more are offered."""

    programmes: tuple[Programme, ...]
    interest: str
    info: Info
    schools_known: int
    full_time: tuple[Programme, ...]


@dataclass(frozen=True)
class PathwayShown:
    """A pathway, or several programmes to choose from first."""

    pathway: Pathway | None
    choices: tuple[Programme, ...]
    interest: str
    info: Info


@dataclass(frozen=True)
class SchoolShown:
    """One school with everything it offers."""

    school: School
    offered: tuple[Offered, ...]
    info: Info


@dataclass(frozen=True)
class HandoverShown:
    """CLB locations near a place; empty when none is known."""

    clbs: tuple[Clb, ...]
    place: Place | None


@dataclass(frozen=True)
class Question:
    """A question back. `ask` is the contract's value; `unknown` the words that were not known.

    `outside` when they name a place outside Flanders and Brussels, `about` is what is looked for.
    """

    ask: str
    programmes: tuple[Programme, ...] = ()
    places: tuple[Place, ...] = ()
    unknown: str = ""
    outside: bool = False
    about: str = ""
