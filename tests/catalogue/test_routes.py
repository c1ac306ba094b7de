"""The picture of what may follow a programme, and the same in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.drawing import BOX, EDGE, GAP
from bot.catalogue.opening import open_catalogue
from bot.catalogue.routes import (
    INFERRED,
    OFFICIAL,
    UNKNOWN,
    following,
    labels,
    route_svg,
    route_text,
)
from tests.catalogue.conftest import TODAY

DATA = Path(__file__).resolve().parents[2] / "data" / "catalogue"
SVG = "{http://www.w3.org/2000/svg}"
Edit = Callable[[str, str, str], None]


def texts(svg: ElementTree.Element) -> list[str]:
    return [t.text or "" for t in svg.iter(f"{SVG}text")]


def test_the_text_tells_every_step_with_what_it_rests_on(catalogue: Catalogue) -> None:
    assert route_text(catalogue, "88").splitlines() == [
        "Na Elektrische installaties duaal (5de en 6de jaar) kan dit volgen:",
        "- Elektrotechnicus duaal, 7de jaar (vaak gekozen, geen officiële regel)",
        "- HVAC-systemen, graduaat (vaak gekozen, geen officiële regel)",
    ]
    assert OFFICIAL in route_text(catalogue, "133")


def test_a_programme_without_steps_says_so_in_both_forms(catalogue: Catalogue) -> None:
    svg = ElementTree.fromstring(route_svg(catalogue, "304"))

    assert route_text(catalogue, "304").endswith(UNKNOWN)
    assert " ".join(texts(svg)).endswith(UNKNOWN)


def test_an_introductory_year_leads_to_its_programme(catalogue: Catalogue) -> None:
    (step,) = following(catalogue, "588")

    assert (step.number, step.official) == ("88", True)


def test_the_picture_has_a_title_and_its_words_as_alternative_text(catalogue: Catalogue) -> None:
    svg = ElementTree.fromstring(route_svg(catalogue, "88"))
    by_id = {e.get("id"): e for e in svg.iter() if e.get("id")}

    assert svg.get("role") == "img"
    assert by_id[svg.get("aria-labelledby")].tag == f"{SVG}title"
    assert by_id[svg.get("aria-describedby")].text == route_text(catalogue, "88")


def test_an_inferred_step_is_dashed_and_told_and_an_official_one_is_neither(
    catalogue: Catalogue,
) -> None:
    inferred = ElementTree.fromstring(route_svg(catalogue, "88"))
    official = ElementTree.fromstring(route_svg(catalogue, "133"))

    assert texts(inferred).count(INFERRED) == 2
    # two steps, each an arrow and a box
    assert sum(e.get("stroke-dasharray") is not None for e in inferred.iter()) == 4
    assert OFFICIAL in " ".join(texts(official))
    assert INFERRED not in " ".join(texts(official))
    assert all(e.get("stroke-dasharray") is None for e in official.iter())


def test_a_title_with_markup_stays_text(source: Path, tmp_path: Path, edit: Edit) -> None:
    edit("opleidingen.csv", "Elektrotechnicus duaal", "<script>x</script> & duaal")
    build(source, tmp_path / "m.sqlite", today=TODAY)
    opened = open_catalogue(tmp_path / "m.sqlite")

    made = route_svg(opened, "88")
    svg = ElementTree.fromstring(made)
    opened.close()

    assert "<script" not in made
    assert "<script>x</script> & duaal" in " ".join(texts(svg))


def test_every_picture_is_valid_readable_and_holds_its_letters(real: Catalogue) -> None:
    for number, programme in real.programmes.items():
        if not programme.dual:
            continue
        made = route_svg(real, number)
        svg = ElementTree.fromstring(made)
        height, shown = float(svg.get("height", "0")), " ".join(texts(svg))

        assert "style" not in made, number
        assert float(svg.get("width", "0")) == 2 * EDGE + 2 * BOX + GAP
        for box in svg.iter(f"{SVG}rect"):
            assert float(box.get("y", "-1")) >= 0
            assert float(box.get("y", "0")) + float(box.get("height", "0")) <= height, number
        for text in svg.iter(f"{SVG}text"):
            size = float(text.get("font-size", "0"))
            assert size >= 14
            assert text.get("fill") == "#1b1b1b"  # dark letters on the box's own white ground
            # 0.6 em for a letter is wide for a sans serif
            assert len(text.text or "") * size * 0.6 < BOX, text.text
        for link in following(real, number):
            assert link.title.replace("-", "")[:12].split()[0] in shown.replace("-", ""), link.title


def test_namesakes_have_labels_that_tell_them_apart(real: Catalogue) -> None:
    names = labels(real)

    assert len(set(names.values())) == len(real.programmes)
    assert names["88"] == "Elektrische installaties duaal (5de en 6de jaar)"
    assert names["22"] == "Bandenmonteur duaal (buitengewoon onderwijs), nummer 22"
