"""What leads to and from a programme, as frozen values: links, pathways, routes and goals."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.model import Graduate, Programme


@dataclass(frozen=True)
class Link:
    """A step to or from a programme. `official` is False for links inferred from the field.

    `facts` are the lines of the dossiers it rests on, such as trajecten:Z20; `checked` is the date
    of the list of colleges.
    """

    kind: str
    title: str
    number: str | None
    official: bool
    dual: bool = False
    addresses: int | None = None
    colleges: tuple[str, ...] = ()
    url: str = ""
    reason: str = ""
    facts: tuple[str, ...] = ()
    checked: str = ""

    @property
    def status(self) -> str:
        """officieel or afgeleid."""
        return "officieel" if self.official else "afgeleid"


@dataclass(frozen=True)
class Pathway:
    """What comes before and after a programme, and the certificate it leads to (OK2, OK3, …)."""

    programme: Programme
    certificate: str
    rules: tuple[str, ...]
    after: tuple[Link, ...]
    before: tuple[Link, ...]


@dataclass(frozen=True)
class Route:
    """One way to a goal: where it starts, and what follows in order; the last step is the goal."""

    start: Programme
    steps: tuple[Link, ...]

    @property
    def official(self) -> bool:
        """True when every step is an official order."""
        return all(step.official for step in self.steps)


@dataclass(frozen=True)
class Goal:
    """A programme or a graduate programme that someone wants to reach, with ways to it.

    `target` is a programme number or the name of a graduate programme. `certificate` is what it
    gives, GRADUAAT for a graduate programme; `rules` who may start.
    """

    target: str
    title: str
    programme: Programme | None
    graduate: Graduate | None
    certificate: str
    rules: tuple[str, ...]
    routes: tuple[Route, ...]
