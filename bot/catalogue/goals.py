"""Ways to a goal: from the 2nd grade to a programme or a graduate programme.

Every step is a row of vervolg.csv. Who may start a goal are rules of feiten/trajecten.md and
feiten/aanvulling.md, as codes that the texts put into words.
"""

from __future__ import annotations

from typing import Any, Iterator, Mapping

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Programme
from bot.catalogue.pathways import after, before, certificate
from bot.catalogue.ways import Goal, Link, Route

MAX_ROUTES, MAX_STEPS = 3, 4
GRADUATE = "GRADUAAT"

# Who may start a graduate programme; two of them have rules of their own.
GRADUATE_RULES = ("instap_graduaat", "leeftijd_graduaat", "bachelor_na_graduaat")
OWN_RULES: Mapping[str, tuple[str, ...]] = {
    "basisverpleegkunde": ("instap_basisverpleegkunde", "leeftijd_basisverpleegkunde",
                           "bachelor_na_basisverpleegkunde"),
    "educatief graduaat secundair onderwijs": (*GRADUATE_RULES, "werkervaring_educatief"),
}
SEVENTH_RULES: Mapping[str, tuple[str, ...]] = {
    "NA_OK3": ("instap_zevende_ok3",), "NA_OK4": ("instap_zevende_ok4",),
}

# The lines of the dossiers on which a rule rests.
GOAL_FACTS: Mapping[str, tuple[str, ...]] = {
    "start_duaal": ("trajecten:S17",),
    "instap_graad3": ("trajecten:S18",),
    "instap_zevende_ok3": ("trajecten:Z03",),
    "instap_zevende_ok4": ("trajecten:Z04",),
    "instap_graduaat": ("trajecten:G04", "aanvulling:A38"),
    "leeftijd_graduaat": ("trajecten:G05",),
    "bachelor_na_graduaat": ("trajecten:G15", "trajecten:§6"),
    "instap_basisverpleegkunde": ("trajecten:G23", "aanvulling:A43"),
    "leeftijd_basisverpleegkunde": ("trajecten:G23", "aanvulling:A43"),
    "bachelor_na_basisverpleegkunde": ("trajecten:G21", "trajecten:§6"),
    "werkervaring_educatief": ("trajecten:G08",),
}


def goal(catalogue: Catalogue, target: str) -> Goal:
    """The goal with a programme number or the name of a graduate programme; else a KeyError."""
    routes = routes_to(catalogue, target)
    programme = catalogue.programmes.get(target)
    if programme:
        return Goal(target, programme.title, programme, None, certificate(programme),
                    entry_rules(programme), routes)
    graduate = catalogue.graduates[target.lower()]
    named = graduate.name if "graduaat" in graduate.name else f"graduaat {graduate.name}"
    return Goal(graduate.name, f"het {named}", None, graduate, GRADUATE,
                OWN_RULES.get(graduate.name, GRADUATE_RULES), routes)


def entry_rules(programme: Programme) -> tuple[str, ...]:
    """Who may start a programme; empty when the dossiers do not say."""
    if programme.seventh:
        return SEVENTH_RULES.get(programme.seventh_type, ())
    if programme.special_form or programme.introductory:
        return ()
    return ("instap_graad3",) if programme.grade == "3" else ("start_duaal",)


def routes_to(catalogue: Catalogue, target: str) -> tuple[Route, ...]:
    """At most three ways to a programme number or the name of a graduate programme.

    The most official first, then those with the most addresses at their scarcest programme. A way
    has at most four programmes and goes back to the 2nd grade where a link is known. A programme
    that nothing leads to is a way of its own; a graduate programme then has none. KeyError for an
    unknown target.
    """
    if target not in catalogue.programmes:
        target = catalogue.graduates[target.lower()].name
    ways = sorted(_ways(catalogue, target, MAX_STEPS), key=lambda way: _order(catalogue, way))
    distinct: dict[tuple[str, ...], Route] = {}
    for way in ways:
        # Namesakes, and the same way from another 2nd grade, are told once.
        distinct.setdefault(_main(catalogue, way)[2], way)
    return tuple(distinct.values())[:MAX_ROUTES]


def _ways(catalogue: Catalogue, target: str, length: int) -> Iterator[Route]:
    """Every way to a target over at most `length` programmes, as far back as the links go."""
    earlier = [link.number for link in before(catalogue, target)
               if link.kind == "vooraf" and link.number
               and not _from_elsewhere(catalogue, link.number, target)] if length > 1 else []
    for number in earlier:
        step = next(link for link in after(catalogue, number) if _target(link) == target)
        for way in _ways(catalogue, number, length - 1):
            yield Route(way.start, (*way.steps, step))
    if not earlier and target in catalogue.programmes:
        yield Route(catalogue.programmes[target], ())


def _from_elsewhere(catalogue: Catalogue, number: str, target: str) -> bool:
    """True for a 2nd-grade programme of another domain: a flexible start, not a way people go."""
    start, end = catalogue.programmes[number], catalogue.programmes.get(target)
    return start.grade == "2" and end is not None and start.domain != end.domain


def _target(link: Link) -> str:
    return link.number or link.title


def _order(catalogue: Catalogue, way: Route) -> tuple[Any, ...]:
    """What decides is the part from the 3rd grade on; then the 2nd grade before it."""
    return (_main(catalogue, way), _inferred(way.steps), -(way.start.addresses or 0),
            way.start.number)


def _main(
    catalogue: Catalogue, way: Route
) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    """Inferred steps, minus the addresses with the scarcest programme first, and the titles.

    Without the 2nd grade when more than one step follows: the 5th year is also open to who comes
    from elsewhere.
    """
    programmes = (way.start, *(catalogue.programmes[step.number]
                               for step in way.steps if step.number))
    steps = way.steps
    if way.start.grade == "2" and len(steps) > 1:
        programmes, steps = programmes[1:], steps[1:]
    return (_inferred(steps), tuple(-a for a in sorted(p.addresses or 0 for p in programmes)),
            tuple(p.title for p in programmes))


def _inferred(steps: tuple[Link, ...]) -> int:
    return sum(not step.official for step in steps)
