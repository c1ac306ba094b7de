import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.places import distance_km, resolve_province

LAT, LON = st.floats(49.5, 51.5), st.floats(2.5, 6.4)


def places(catalogue: Catalogue, text: str) -> list[tuple[str | None, str]]:
    return [(p.postcode, p.municipality) for p in catalogue.places.resolve(text)]


def test_a_name_of_two_places_gives_both_the_municipality_first(catalogue: Catalogue) -> None:
    assert places(catalogue, "Aalst") == [("9300", "Aalst"), ("3800", "Sint-Truiden")]
    assert places(catalogue, "nieuwerkerken") == [("3850", "Nieuwerkerken"), ("9320", "Aalst")]


@pytest.mark.parametrize("text", ["Sint-Truiden", "st truiden", "ST.-TRUIDEN", " sint truiden "])
def test_case_hyphens_and_short_forms_do_not_matter(catalogue: Catalogue, text: str) -> None:
    assert [m for _, m in places(catalogue, text)] == ["Sint-Truiden"]


def test_a_region_is_searched_from_the_municipality_in_its_middle(catalogue: Catalogue) -> None:
    (place,) = catalogue.places.resolve("denderstreek")
    found = (place.name, place.municipality, place.lat, place.radius_km)
    assert found == ("Denderstreek", "Aalst", 50.94, 15.0)


def test_a_postcode_is_one_place(catalogue: Catalogue) -> None:
    assert places(catalogue, "3800") == [("3800", "Sint-Truiden")]


@pytest.mark.parametrize("text", ["", "9999", "99999", "Parijs", "?"])
def test_an_unknown_place_gives_nothing(catalogue: Catalogue, text: str) -> None:
    assert places(catalogue, text) == []


@pytest.mark.parametrize(("text", "province"), [
    ("limburg", "Limburg"), ("provincie West-Vlaanderen", "West-Vlaanderen"),
    ("oost vlaanderen", "Oost-Vlaanderen"), ("Brussels Hoofdstedelijk Gewest", "Brussel"),
    ("Vlaanderen", None), ("Holland", None), ("", None),
])
def test_a_province_is_known_by_its_names(text: str, province: str | None) -> None:
    assert resolve_province(text) == province


def test_a_known_distance() -> None:
    assert distance_km(51.05, 3.73, 50.94, 4.04) == pytest.approx(24.9, abs=0.3)


@given(LAT, LON, LAT, LON)
def test_distance_is_symmetric_and_never_negative(a: float, b: float, c: float, d: float) -> None:
    there = distance_km(a, b, c, d)

    assert there >= 0
    assert there == pytest.approx(distance_km(c, d, a, b))
    assert distance_km(a, b, a, b) == 0


@given(LAT, LON, LAT, LON, LAT, LON)
def test_a_detour_is_never_shorter(
    a: float, b: float, c: float, d: float, e: float, f: float
) -> None:
    assert distance_km(a, b, c, d) <= (
        distance_km(a, b, e, f) + distance_km(e, f, c, d) + 1e-6)


@pytest.mark.parametrize(("names", "expected"), [
    (["Aalst", "Sint-Truiden"], {("Aalst", "Sint-Truiden")}),
    (["9300", "Aalst"], {("Aalst", "Aalst")}),
    (["Sint-Truiden", "9300"], {("Sint-Truiden", "Sint-Truiden")}),
    (["nergens"], set()),
    ([], set()),
])
def test_names_of_one_message_narrow_each_other_down_and_else_the_first_counts(
    catalogue: Catalogue, names: list[str], expected: set[tuple[str, str]]
) -> None:
    assert expected == {(p.name, p.municipality) for p in catalogue.places.meant(names)}
