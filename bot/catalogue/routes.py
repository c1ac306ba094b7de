"""What may follow a programme and how a goal is reached, as a picture and as the same words."""

from __future__ import annotations

from collections import Counter

from bot.answers.words import listing
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.drawing import Box, Drawing, box, fan, rows
from bot.catalogue.drawing_png import to_png
from bot.catalogue.drawing_svg import to_svg
from bot.catalogue.model import Programme
from bot.catalogue.pathways import after
from bot.catalogue.ways import Goal, Link, Route

OFFICIAL, INFERRED = "officiële volgorde", "vaak gekozen, geen officiële regel"
# In the order in which a page tells them: secondary school first.
KINDS = {"duaal": "duaal traject na de aanloop", "graad3": "5de en 6de jaar", "zevende": "7de jaar",
         "graduaat": "graduaat", "vooraf": "opleiding ervoor",
         "aanloop": "aanloopjaar"}
ARROW = " → "
UNKNOWN = "Ik ken geen opleiding die erop volgt. Mijn lijst is niet volledig."


def following(catalogue: Catalogue, number: str) -> tuple[Link, ...]:
    """What may follow, by kind; for an introductory year also the programme it prepares for."""
    links = list(after(catalogue, number))
    if catalogue.programmes[number].introductory:
        others = (catalogue.programmes[other]
                  for kind, other in catalogue.relations.get(number, ()) if kind == "vervolg")
        links += [Link("duaal", p.title, p.number, True, p.dual, p.addresses,
                       reason="aanloopjaar", facts=("trajecten:S21",))
                  for p in others if not p.introductory]
    order = list(KINDS)
    return tuple(sorted(links, key=lambda link: order.index(link.kind)))


def status_text(link: Link) -> str:
    """Whether a link is an official order or only often chosen, in words."""
    return OFFICIAL if link.official else INFERRED


def years_text(programme: Programme) -> str:
    """"5de en 6de jaar"; empty when the years are unknown."""
    return f"{listing([f'{y}de' for y in programme.years])} jaar" if programme.years else ""


def label(programme: Programme) -> str:
    """The title with what tells it from namesakes: its years, or that it is special education."""
    more = _more(programme)
    return f"{programme.title} ({more})" if more else programme.title


def _more(programme: Programme) -> str:
    return "buitengewoon onderwijs" if programme.special_form else years_text(programme)


def labels(catalogue: Catalogue) -> dict[str, str]:
    """A label by number, never twice the same: namesakes of the same years get their number."""
    count = Counter(label(p) for p in catalogue.programmes.values())
    return {number: name if count[name] == 1 else f"{name}, nummer {number}"
            for number, name in ((n, label(p)) for n, p in catalogue.programmes.items())}


def route_text(catalogue: Catalogue, number: str) -> str:
    """The picture in words, one line for each step; KeyError for an unknown number."""
    name = label(catalogue.programmes[number])
    links = following(catalogue, number)
    if not links:
        return f"Na {name}: {UNKNOWN}"
    return "\n".join((f"Na {name} kan dit volgen:", *(f"- {_told(link)}" for link in links)))


def route_svg(catalogue: Catalogue, number: str) -> str:
    """From the programme to what may follow, left to right, as an SVG document of its own.

    It has a title and, as alternative text, the words of `route_text`; the ids carry the number, so
    that several pictures fit in one page. Letters are at least 14 pixels. KeyError for an unknown
    number.
    """
    title = f"Wat kan volgen na {catalogue.programmes[number].title}"
    return to_svg(_route(catalogue, number), f"pad-{number}", title, route_text(catalogue, number))


def route_png(catalogue: Catalogue, number: str) -> bytes:
    """The picture of `route_svg` as a PNG; KeyError for an unknown number."""
    return to_png(_route(catalogue, number), route_text(catalogue, number))


def goal_lines(goal: Goal) -> tuple[str, ...]:
    """Each way to a goal in words: "Route 1: 3de en 4de jaar … → 5de en 6de jaar … (status)"."""
    return tuple(f"Route {place}: {ARROW.join(_words(route))}"
                 for place, route in enumerate(goal.routes, 1))


def goal_text(goal: Goal) -> str:
    """The picture of the ways to a goal in words, one line for each way."""
    return "\n".join((f"Zo kan je naar {goal.title}:", *goal_lines(goal)))


def goal_svg(goal: Goal, name: str) -> str:
    """The ways to a goal, one under another, as an SVG document; the ids start with the name."""
    return to_svg(_ways(goal), name, f"Zo kan je naar {goal.title}", goal_text(goal))


def goal_png(goal: Goal) -> bytes:
    """The picture of `goal_svg` as a PNG."""
    return to_png(_ways(goal), goal_text(goal))


def _route(catalogue: Catalogue, number: str) -> Drawing:
    programme = catalogue.programmes[number]
    return fan(box(programme.title, [_more(programme)], True),
               [_step(link) for link in following(catalogue, number)]
               or [box("", [UNKNOWN], False)])


def _ways(goal: Goal) -> Drawing:
    return rows([[box(route.start.title, [_more(route.start)], True), *map(_step, route.steps)]
                 for route in goal.routes])


def _step(link: Link) -> Box:
    return box(link.title, [KINDS.get(link.kind, link.kind), status_text(link)], link.official)


def _words(route: Route) -> list[str]:
    years = years_text(route.start)
    start = f"{years} {route.start.title}" if years else label(route.start)
    return [start, *(f"{KINDS.get(link.kind, link.kind)} {link.title} ({status_text(link)})"
                     for link in route.steps)]


def _told(link: Link) -> str:
    return f"{link.title}, {KINDS.get(link.kind, link.kind)} ({status_text(link)})"
