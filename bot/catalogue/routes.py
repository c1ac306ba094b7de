"""What may follow a programme, as a picture (SVG) and as the same words.

The picture uses no style sheet and no script: every box has a light ground and dark letters of its
own, and the arrows stand out on white and on black, so it reads in light and in dark.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import NamedTuple
from xml.etree import ElementTree

from bot.answers.words import listing
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Link, Programme
from bot.catalogue.pathways import after

OFFICIAL, INFERRED = "officiële volgorde", "vaak gekozen, geen officiële regel"
# In the order in which a page tells them: secondary school first.
KINDS = {"duaal": "duaal traject na de aanloop", "graad3": "5de en 6de jaar", "zevende": "7de jaar",
         "graduaat": "graduaat aan een hogeschool", "vooraf": "opleiding ervoor",
         "aanloop": "aanloopjaar"}
UNKNOWN = "Ik ken geen opleiding die erop volgt. Mijn lijst is niet volledig."

# Sizes in pixels, letters in characters a line of a box holds.
BOX, GAP, EDGE, PAD, BETWEEN = 300, 64, 8, 12, 14
TITLE_SIZE, TITLE_LINE, TITLE_WRAP = 16, 21, 27
SMALL_SIZE, SMALL_LINE, SMALL_WRAP = 14, 19, 34
INK, PAPER, ARROW = "#1b1b1b", "#ffffff", "#767676"
DASHES = "6 4"


class _Box(NamedTuple):
    title: list[str]
    small: list[str]
    official: bool

    @property
    def height(self) -> int:
        return 2 * PAD + len(self.title) * TITLE_LINE + len(self.small) * SMALL_LINE


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
    more = "buitengewoon onderwijs" if programme.special_form else years_text(programme)
    return f"{programme.title} ({more})" if more else programme.title


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
    return "\n".join((f"Na {name} kan dit volgen:", *(
        f"- {link.title}, {KINDS.get(link.kind, link.kind)} ({status_text(link)})"
        for link in links)))


def route_svg(catalogue: Catalogue, number: str) -> str:
    """From the programme to what may follow, left to right, as an SVG document of its own.

    It has a title and, as alternative text, the words of `route_text`; the ids carry the number, so
    that several pictures fit in one page. Letters are at least 14 pixels. KeyError for an unknown
    number.
    """
    programme = catalogue.programmes[number]
    start = _box(programme.title, [label(programme)[len(programme.title):].strip(" ()")], True)
    boxes = [_box(link.title, [KINDS.get(link.kind, link.kind), status_text(link)], link.official)
             for link in following(catalogue, number)] or [_box("", [UNKNOWN], False)]
    tall = sum(b.height for b in boxes) + BETWEEN * (len(boxes) - 1)
    height = 2 * EDGE + max(tall, start.height)
    svg = _svg(number, programme, route_text(catalogue, number), height)
    middle = height / 2
    _draw(svg, start, EDGE, middle - start.height / 2)
    top = (height - tall) / 2
    for box in boxes:
        _arrow(svg, middle, top + box.height / 2, box.official)
        _draw(svg, box, EDGE + BOX + GAP, top)
        top += box.height + BETWEEN
    return ElementTree.tostring(svg, encoding="unicode")


def _box(title: str, small: list[str], official: bool) -> _Box:
    return _Box(textwrap.wrap(title, TITLE_WRAP),
                [line for text in small for line in textwrap.wrap(text, SMALL_WRAP)], official)


def _svg(number: str, programme: Programme, words: str, height: int) -> ElementTree.Element:
    width = 2 * EDGE + 2 * BOX + GAP
    name, description = f"pad-{number}-titel", f"pad-{number}-uitleg"
    svg = ElementTree.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "width": str(width), "height": str(height),
        "viewBox": f"0 0 {width} {height}", "role": "img", "lang": "nl-BE",
        "aria-labelledby": name, "aria-describedby": description,
        "font-family": "system-ui, sans-serif",
    })
    ElementTree.SubElement(svg, "title", id=name).text = f"Wat kan volgen na {programme.title}"
    ElementTree.SubElement(svg, "desc", id=description).text = words
    return svg


def _draw(svg: ElementTree.Element, box: _Box, left: float, top: float) -> None:
    ElementTree.SubElement(svg, "rect", {
        "x": f"{left:g}", "y": f"{top:g}", "width": str(BOX), "height": str(box.height), "rx": "8",
        "fill": PAPER, "stroke": ARROW, "stroke-width": "2", **_dashes(box.official)})
    down = top + PAD
    for lines, size, line, weight in ((box.title, TITLE_SIZE, TITLE_LINE, "bold"),
                                      (box.small, SMALL_SIZE, SMALL_LINE, "normal")):
        for words in lines:
            down += line
            ElementTree.SubElement(svg, "text", {
                "x": f"{left + PAD:g}", "y": f"{down - 5:g}", "font-size": str(size),
                "font-weight": weight, "fill": INK}).text = words


def _arrow(svg: ElementTree.Element, start: float, end: float, official: bool) -> None:
    left, right = EDGE + BOX, EDGE + BOX + GAP
    ElementTree.SubElement(svg, "path", {
        "d": f"M{left} {start:g}H{left + GAP // 2}V{end:g}H{right - 9}", "fill": "none",
        "stroke": ARROW, "stroke-width": "2", **_dashes(official)})
    ElementTree.SubElement(svg, "path", {
        "d": f"M{right - 1} {end:g}l-10 -5v10z", "fill": ARROW})


def _dashes(official: bool) -> dict[str, str]:
    """An inferred link is dashed, beside being told in words: never by colour alone."""
    return {} if official else {"stroke-dasharray": DASHES}
