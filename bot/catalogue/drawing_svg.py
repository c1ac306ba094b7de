"""A drawing as SVG for a page, with its words as alternative text."""

from __future__ import annotations

from typing import Sequence
from xml.etree import ElementTree

from bot.catalogue.drawing import (
    ARROW,
    BOX,
    CORNER,
    DASH,
    INK,
    PAPER,
    SMALL_SIZE,
    STROKE,
    TITLE_SIZE,
    Arrow,
    Box,
    Drawing,
    Placed,
    Point,
    letters,
)


def to_svg(drawing: Drawing, name: str, title: str, words: str) -> str:
    """An SVG document with its title and, as alternative text, the words; ids start with name."""
    told, described = f"{name}-titel", f"{name}-uitleg"
    svg = ElementTree.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "width": str(drawing.width),
        "height": str(drawing.height), "viewBox": f"0 0 {drawing.width} {drawing.height}",
        "role": "img", "lang": "nl-BE", "aria-labelledby": told, "aria-describedby": described,
        "font-family": "system-ui, sans-serif",
    })
    ElementTree.SubElement(svg, "title", id=told).text = title
    ElementTree.SubElement(svg, "desc", id=described).text = words
    for arrow in drawing.arrows:
        _line(svg, arrow)
    for placed in drawing.boxes:
        _frame(svg, placed)
    return ElementTree.tostring(svg, encoding="unicode")


def _line(svg: ElementTree.Element, arrow: Arrow) -> None:
    ElementTree.SubElement(svg, "path", {
        "d": _path(arrow.points), "fill": "none", "stroke": ARROW, "stroke-width": str(STROKE),
        **_dashes(arrow.end.box)})
    ElementTree.SubElement(svg, "path", {"d": f"{_path(arrow.head)}z", "fill": ARROW})


def _frame(svg: ElementTree.Element, placed: Placed) -> None:
    ElementTree.SubElement(svg, "rect", {
        "x": f"{placed.left:g}", "y": f"{placed.top:g}", "width": str(BOX),
        "height": str(placed.box.height), "rx": str(CORNER), "fill": PAPER, "stroke": ARROW,
        "stroke-width": str(STROKE), **_dashes(placed.box)})
    for (left, down), words, bold in letters(placed):
        ElementTree.SubElement(svg, "text", {
            "x": f"{left:g}", "y": f"{down:g}",
            "font-size": str(TITLE_SIZE if bold else SMALL_SIZE),
            "font-weight": "bold" if bold else "normal", "fill": INK}).text = words


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _dashes(frame: Box) -> dict[str, str]:
    """An inferred step is dashed, beside being told in words: never by colour alone."""
    return {} if frame.official else {"stroke-dasharray": " ".join(map(str, DASH))}
