"""Boxes and arrows, laid out once; `drawing_svg` and `drawing_png` write them.

The picture uses no style sheet and no script: every box has a light ground and dark letters of its
own, and the arrows stand out on white and on black, so it reads in light and in dark.
"""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import NamedTuple, Sequence

# Sizes in pixels, letters in characters a line of a box holds.
BOX, GAP, EDGE, PAD, BETWEEN = 300, 64, 8, 12, 14
TITLE_SIZE, TITLE_LINE, TITLE_WRAP = 16, 21, 27
SMALL_SIZE, SMALL_LINE, SMALL_WRAP = 14, 19, 34
STROKE, CORNER, DASH, HEAD = 2, 8, (6, 4), (10, 5)
INK, PAPER, ARROW = "#1b1b1b", "#ffffff", "#767676"
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


def letters(placed: Placed) -> list[tuple[Point, str, bool]]:
    """Each line of a box: where its letters stand, the words, and whether they are bold."""
    down, lines = placed.top + PAD, []
    for texts, line, bold in ((placed.box.title, TITLE_LINE, True),
                              (placed.box.small, SMALL_LINE, False)):
        for words in texts:
            down += line
            lines.append(((placed.left + PAD, down - 5), words, bold))
    return lines


def _width(columns: int) -> int:
    return 2 * EDGE + columns * BOX + (columns - 1) * GAP
