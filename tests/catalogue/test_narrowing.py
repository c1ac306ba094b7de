from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.narrowing import OTHERS, Narrowing, narrow
from bot.catalogue.opening import open_catalogue
from tests.catalogue.conftest import DATA, TODAY


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The real catalogue."""
    file: Path = tmp_path_factory.mktemp("echt") / "catalogus.sqlite"
    build(DATA, file, today=TODAY)
    opened = open_catalogue(file)
    yield opened
    opened.close()


def titles(catalogue: Catalogue, by: Narrowing, *names: str) -> set[str]:
    named = [p for name in names for p in catalogue.find(name)]
    return {p.title for p in narrow(catalogue, named, by)[0]}


def test_a_year_keeps_the_programmes_of_that_year(catalogue: Catalogue) -> None:
    assert titles(catalogue, Narrowing(years=(5, 6)), "lassen") == {"Lassen-constructie duaal"}
    assert titles(catalogue, Narrowing(years=(3,)), "lassen") == {"Hoeknaadlasser duaal"}


def test_a_7th_year_of_a_programme_without_one_is_what_follows_it(catalogue: Catalogue) -> None:
    found = titles(catalogue, Narrowing(years=(7,)), "koetswerk duaal")

    assert "Spuiter carrosserie duaal" in found


def test_a_group_alone_means_every_dual_programme_of_it(catalogue: Catalogue) -> None:
    found, unmet = narrow(catalogue, (), Narrowing(domain="STEM", finality="dubbel"))

    assert unmet == ()
    assert len(found) > 3
    assert all((p.domain, p.finality, p.dual) == ("STEM", "dubbel", True) for p in found)


def test_special_education_has_the_same_programme_else_those_of_its_domain(
    catalogue: Catalogue
) -> None:
    assert titles(catalogue, Narrowing(form="OV3"), "bandenmonteur") == {"Bandenmonteur duaal"}
    found, unmet = narrow(catalogue, catalogue.find("haarverzorging"), Narrowing(form="OV3"))
    assert {p.special_form for p in found} == {"OV3"}
    assert unmet == (OTHERS,)


def test_a_filter_that_nothing_meets_is_named_and_left_out(catalogue: Catalogue) -> None:
    named = catalogue.find("haarverzorging")
    found, unmet = narrow(catalogue, named, Narrowing(years=(3,)))

    assert found == named
    assert unmet == ("jaar",)
