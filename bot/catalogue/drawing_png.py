"""A drawing as PNG for a message, with its words as description."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Sequence

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

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
    Drawing,
    Placed,
    Point,
    letters,
)

# A message shows a picture on screens with small pixels: twice as many.
SCALE = 2


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
    for at, words, bold in letters(placed):
        canvas.text(_scaled((at,))[0], words, fill=INK, font=font(bold), anchor="ls")


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
def font(bold: bool) -> ImageFont.FreeTypeFont:
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
