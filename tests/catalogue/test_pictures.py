"""Pictures by name: SVG and PNG of the same drawing, with the same words."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.drawing import BOX, PAD, letters
from bot.catalogue.drawing_png import SCALE, font
from bot.catalogue.goals import goal
from bot.catalogue.pictures import FOLDER, Picture, goal_picture, picture, route_picture
from bot.catalogue.routes import _route, _ways, goal_lines, goal_text, route_text

SVG = "{http://www.w3.org/2000/svg}"


def drawn(catalogue: Catalogue, name: str) -> Picture:
    found = picture(catalogue, name)
    assert found is not None
    return found


def svg_words(made: Picture) -> str:
    words = ElementTree.fromstring(made.content).find(f"{SVG}desc")
    assert words is not None
    return words.text or ""


def test_the_address_of_a_picture_serves_it_with_its_words(catalogue: Catalogue) -> None:
    for address, words in (route_picture(catalogue, "88"),
                           goal_picture(goal(catalogue, "HVAC-systemen")) or ("", ""),
                           goal_picture(goal(catalogue, "822")) or ("", "")):
        name = address.removeprefix(FOLDER)
        svg, png = drawn(catalogue, name), drawn(catalogue, name.replace(".svg", ".png"))
        image = Image.open(BytesIO(png.content))

        assert svg.media_type == "image/svg+xml"
        assert png.media_type == "image/png"
        assert svg_words(svg) == image.info["Description"] == words


def test_the_words_are_those_of_the_route(catalogue: Catalogue) -> None:
    assert route_picture(catalogue, "88") == (
        "/opleidingen/beeld/88.svg", route_text(catalogue, "88"))
    wanted = goal(catalogue, "HVAC-systemen")
    assert goal_picture(wanted) == ("/opleidingen/beeld/naar-hvac-systemen.svg", goal_text(wanted))
    assert goal_lines(wanted) == (
        "Route 1: 3de en 4de jaar Installateur duaal → 5de en 6de jaar Elektrische installaties "
        "duaal (officiële volgorde) → graduaat HVAC-systemen "
        "(vaak gekozen, geen officiële regel)",)


@pytest.mark.parametrize("name", ["88", "naar-hvac-systemen"])
def test_a_png_is_the_svg_twice_as_large_with_something_on_it(
    catalogue: Catalogue, name: str
) -> None:
    svg = ElementTree.fromstring(drawn(catalogue, f"{name}.svg").content)
    image = Image.open(BytesIO(drawn(catalogue, f"{name}.png").content))

    assert image.format == "PNG"
    assert image.size == tuple(SCALE * int(svg.get(side, "0")) for side in ("width", "height"))
    assert image.size[0] >= 1200
    assert image.getextrema()[0] < 60  # dark letters
    assert image.getpixel((0, 0)) == 255  # on white


def test_an_inferred_step_is_drawn_dashed_in_the_png_too(catalogue: Catalogue) -> None:
    def grey(name: str) -> int:
        """Pixels of the frame's colour on the row where the arrow is, before it bends."""
        image = Image.open(BytesIO(drawn(catalogue, name).content))
        middle = image.size[1] // 2
        return sum(image.getpixel((x, middle)) < 200
                   for x in range(SCALE * (8 + BOX) + 4, SCALE * (8 + BOX + 28)))

    assert grey("133.png") > 1.3 * grey("88.png")


@pytest.mark.parametrize("name", [
    "9999.svg", "88.gif", "88", "naar-9999.png", "naar-hr-support.png", "naar-.svg", ".svg", "",
    "../88.svg", "hvac-systemen.svg",
])
def test_another_name_has_no_picture(catalogue: Catalogue, name: str) -> None:
    assert picture(catalogue, name) is None


def test_a_goal_without_ways_has_no_picture(real: Catalogue) -> None:
    assert goal_picture(goal(real, "HR-support")) is None
    assert picture(real, "naar-hr-support.svg") is None


def test_a_picture_is_drawn_once(catalogue: Catalogue) -> None:
    assert drawn(catalogue, "88.png").content is drawn(catalogue, "88.png").content


def test_every_line_of_every_picture_fits_its_box_in_the_png(real: Catalogue) -> None:
    goals = [goal(real, target) for target in (*real.programmes, *real.graduates)]
    drawings = [_route(real, number) for number in real.programmes]
    for drawing in (*drawings, *(_ways(wanted) for wanted in goals if wanted.routes)):
        for placed in drawing.boxes:
            assert placed.top >= 0
            assert placed.top + placed.box.height <= drawing.height
            assert placed.left + BOX <= drawing.width
            for _, words, bold in letters(placed):
                assert font(bold).getlength(words) <= SCALE * (BOX - 2 * PAD), words


def test_the_letters_have_accents() -> None:
    for bold in (False, True):
        missing = font(bold).getmask("\U0010ffff")
        for letter in "éëèïôç–…":
            assert bytes(font(bold).getmask(letter)) != bytes(missing), letter
