"""Boxes and arrows, laid out once and written as SVG for a page or as PNG for a message.

The picture uses no style sheet and no script: every box has a light ground and dark letters of its
own, and the arrows stand out on white and on black, so it reads in light and in dark.
"""

from __future__ import annotations

import textwrap
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Sequence
from xml.etree import ElementTree

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

# Sizes in pixels, letters in characters a line of a box holds.
BOX, GAP, EDGE, PAD, BETWEEN = 300, 64, 8, 12, 14
TITLE_SIZE, TITLE_LINE, TITLE_WRAP = 16, 21, 27
SMALL_SIZE, SMALL_LINE, SMALL_WRAP = 14, 19, 34
STROKE, CORNER, DASH, HEAD = 2, 8, (6, 4), (10, 5)
INK, PAPER, ARROW = "#1b1b1b", "#ffffff", "#767676"
# A message shows a picture on screens with small pixels: twice as many.
SCALE = 2
Point = tuple[float, float]


class Box(NamedTuple):
    """Lines of letters in a frame; the frame of what is not official is dashed."""

    title: tuple[str, ...]
    small: tuple[str, ...]
    official: bool

    @property
    def height(self) -> int:
        """In pixels."""
        return 2 * PAD + len(self.title) * TITLE_LINE + len(self.small) * SMALL_LINE


class Placed(NamedTuple):
    """A box with its left top corner."""

    box: Box
    left: float
    top: float

    @property
    def middle(self) -> float:
        """Where arrows come in and go out, from the top."""
        return self.top + self.box.height / 2


class Arrow(NamedTuple):
    """From the right of one box to the left of another; dashed when it is not official."""

    start: Placed
    end: Placed

    @property
    def points(self) -> tuple[Point, ...]:
        """The corners of the line; it ends where the head begins."""
        left, right = self.start.left + BOX, self.end.left
        return ((left, self.start.middle), (left + GAP // 2, self.start.middle),
                (left + GAP // 2, self.end.middle), (right - HEAD[0] + 1, self.end.middle))

    @property
    def head(self) -> tuple[Point, ...]:
        """The corners of the head, its tip first."""
        tip, middle = self.end.left - 1, self.end.middle
        return ((tip, middle), (tip - HEAD[0], middle - HEAD[1]), (tip - HEAD[0], middle + HEAD[1]))


class Drawing(NamedTuple):
    """Boxes and arrows on a ground of this size, in pixels."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    arrows: tuple[Arrow, ...]


def box(title: str, small: Sequence[str], official: bool) -> Box:
    """A box with its words in lines that fit."""
    return Box(tuple(textwrap.wrap(title, TITLE_WRAP)),
               tuple(line for text in small for line in textwrap.wrap(text, SMALL_WRAP)), official)


def fan(start: Box, ends: Sequence[Box]) -> Drawing:
    """One box on the left with an arrow to each box on the right."""
    tall = sum(end.height for end in ends) + BETWEEN * (len(ends) - 1)
    height = 2 * EDGE + max(tall, start.height)
    first = Placed(start, EDGE, (height - start.height) / 2)
    placed, top = [], (height - tall) / 2
    for end in ends:
        placed.append(Placed(end, EDGE + BOX + GAP, top))
        top += end.height + BETWEEN
    return Drawing(_width(2), height, (first, *placed), tuple(Arrow(first, p) for p in placed))


def rows(lines: Sequence[Sequence[Box]]) -> Drawing:
    """Each line of boxes from left to right, with arrows between them, one line under another."""
    placed, arrows, top = [], [], float(EDGE)
    for line in lines:
        tall = max(b.height for b in line)
        row = [Placed(b, EDGE + place * (BOX + GAP), top + (tall - b.height) / 2)
               for place, b in enumerate(line)]
        placed += row
        arrows += [Arrow(one, other) for one, other in pairwise(row)]
        top += tall + BETWEEN
    return Drawing(_width(max(map(len, lines))), round(top - BETWEEN + EDGE), tuple(placed),
                   tuple(arrows))


def _width(columns: int) -> int:
    return 2 * EDGE + columns * BOX + (columns - 1) * GAP


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
    for (left, down), words, bold in _letters(placed):
        ElementTree.SubElement(svg, "text", {
            "x": f"{left:g}", "y": f"{down:g}",
            "font-size": str(TITLE_SIZE if bold else SMALL_SIZE),
            "font-weight": "bold" if bold else "normal", "fill": INK}).text = words


def _letters(placed: Placed) -> list[tuple[Point, str, bool]]:
    """Each line of a box: where its letters stand, the words, and whether they are bold."""
    down, lines = placed.top + PAD, []
    for texts, line, bold in ((placed.box.title, TITLE_LINE, True),
                              (placed.box.small, SMALL_LINE, False)):
        for words in texts:
            down += line
            lines.append(((placed.left + PAD, down - 5), words, bold))
    return lines


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _dashes(frame: Box) -> dict[str, str]:
    """An inferred step is dashed, beside being told in words: never by colour alone."""
    return {} if frame.official else {"stroke-dasharray": " ".join(map(str, DASH))}


def to_png(drawing: Drawing, words: str) -> bytes:
    """The same picture as a PNG on white, twice as large; the words are its Description."""
    image = Image.new("L", (drawing.width * SCALE, drawing.height * SCALE), PAPER)
    canvas = ImageDraw.Draw(image)
    for arrow in drawing.arrows:
        _strokes(canvas, arrow.points, arrow.end.box.official)
        canvas.polygon(_scaled(arrow.head), fill=ARROW)
    for placed in drawing.boxes:
        _paint(canvas, placed)
    described = PngImagePlugin.PngInfo()
    described.add_itxt("Description", words, lang="nl-BE")
    file = BytesIO()
    image.save(file, "PNG", pnginfo=described)
    return file.getvalue()


def _paint(canvas: ImageDraw.ImageDraw, placed: Placed) -> None:
    right, bottom = placed.left + BOX, placed.top + placed.box.height
    corners = ((placed.left, placed.top), (right, placed.top), (right, bottom),
               (placed.left, bottom), (placed.left, placed.top))
    if placed.box.official:
        canvas.rounded_rectangle(_scaled((corners[0], corners[2])), CORNER * SCALE, fill=PAPER,
                                 outline=ARROW, width=STROKE * SCALE)
    else:
        _strokes(canvas, corners, False)
    for at, words, bold in _letters(placed):
        canvas.text(_scaled((at,))[0], words, fill=INK, font=_font(bold), anchor="ls")


def _strokes(canvas: ImageDraw.ImageDraw, points: Sequence[Point], official: bool) -> None:
    """A line along points, each straight above or beside the one before; dashed unless official."""
    for (x, y), (to_x, to_y) in pairwise(points):
        length = abs(to_x - x) + abs(to_y - y)
        if not length:
            continue
        along = ((to_x - x) / length, (to_y - y) / length)
        drawn, step = (length, length) if official else (float(DASH[0]), float(sum(DASH)))
        at = 0.0
        while at < length:
            until = min(at + drawn, length)
            canvas.line(_scaled(((x + at * along[0], y + at * along[1]),
                                 (x + until * along[0], y + until * along[1]))),
                        fill=ARROW, width=STROKE * SCALE)
            at += step


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    """DejaVu, which matplotlib carries: the letters of Pillow have no accents.

    Looked up and not imported: only the file is needed.
    """
    spec = find_spec("matplotlib")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    # DejaVu is wider than what a page shows: smaller, the same lines fit their box.
    return (ImageFont.truetype(folder / "DejaVuSans-Bold.ttf", (TITLE_SIZE - 2) * SCALE) if bold
            else ImageFont.truetype(folder / "DejaVuSans.ttf", (SMALL_SIZE - 1) * SCALE))
