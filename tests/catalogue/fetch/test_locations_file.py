"""The file of locations becomes schools, each in its place; its faults are told by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.fetch.locations_csv import read_locations, wgs84
from bot.catalogue.places import distance_km
from bot.errors import CatalogueSourceError
from tests.catalogue.conftest import TODAY
from tests.catalogue.fetch.downloads import discimus, locations, read


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_location_with_any_line_end_becomes_a_school(tmp_path: Path, end: str) -> None:
    (school,) = read_locations(locations(tmp_path, {}, end=end), TODAY).schools
    assert school["naam"] == 'School; met "puntkomma"'
    assert (school["instelling"], school["vestiging"]) == ("18", "1")
    assert (school["net"], school["provincie"]) == ("GO!", "Brussel")
    assert school["website"] == "https://www.example.org"
    assert school["fiche_url"].endswith("instelling?sn=18")


def test_no_director_and_no_mail_address_is_taken_over(tmp_path: Path) -> None:
    read_at = read_locations(locations(tmp_path), TODAY)
    assert "Persoon" not in repr(read_at)
    assert "@" not in repr(read_at)


@pytest.mark.parametrize(("x", "y", "lat", "lon", "metres"), [
    # What the geolocation service of Vlaanderen gives for one address in Leuven.
    (172_899, 174_842, 50.883485, 4.694159, 2),
    (148_855, 170_700, 50.8467, 4.3525, 100),  # Brussels, Grand-Place
])
def test_a_known_place_is_where_it_is(x: float, y: float, lat: float, lon: float,
                                      metres: float) -> None:
    assert distance_km(*wgs84(x, y), lat, lon) * 1000 < metres


@given(st.floats(30_000, 250_000), st.floats(160_000, 240_000),
       st.floats(-5_000, 5_000), st.floats(-5_000, 5_000))
def test_distances_in_lambert_are_distances_on_earth(x: float, y: float, dx: float,
                                                     dy: float) -> None:
    there = distance_km(*wgs84(x, y), *wgs84(x + dx, y + dy))
    assert there == pytest.approx((dx**2 + dy**2) ** 0.5 / 1000, rel=0.005, abs=0.001)


def test_an_unknown_position_stays_empty_and_is_reported(tmp_path: Path) -> None:
    staging, report = read(locations(tmp_path, {"lx": "0", "ly": "0"}), discimus(tmp_path))
    assert (staging.schools[0]["lat"], staging.schools[0]["lon"]) == ("", "")
    assert any("18-1" in line and "geen coördinaat" in line for line in report)


def test_closed_and_primary_locations_are_no_schools(tmp_path: Path) -> None:
    file = locations(tmp_path, {"einddatum": "31/08/2026"},
                     {"schoolnummer": "19", "ingerichte hoofdstructuren": "111-211"})
    assert read_locations(file, TODAY).schools == ()


@pytest.mark.parametrize(("field", "value"), [
    ("schoolnummer", "abc"), ("intern_vplnummer", ""), ("naam", ""), ("straat", ""),
    ("gemeente", ""), ("postcode", "12"), ("provincie", "Henegouwen"), ("lx", "x"),
    ("ly", "990000"), ("einddatum", "morgen")])
def test_a_fault_in_a_location_names_file_row_and_field(tmp_path: Path, field: str,
                                                       value: str) -> None:
    with pytest.raises(CatalogueSourceError, match=rf"vestigingen.csv, rij 3, {field}: .+\. \w"):
        read_locations(locations(tmp_path, {}, {"schoolnummer": "20", field: value}), TODAY)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = locations(tmp_path, {"postcode": "1"}, {"schoolnummer": "20", "gemeente": ""})
    with pytest.raises(CatalogueSourceError, match=r"(?s)rij 2, postcode.*rij 3, gemeente"):
        read_locations(file, TODAY)


def test_two_different_rows_for_one_location_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match="dubbele sleutel 18-1"):
        read_locations(locations(tmp_path, {}, {"straat": "Plein"}), TODAY)
