"""Odd coordinates are replaced, many of them refused."""

from __future__ import annotations

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, many, rules, school


@pytest.mark.parametrize(("lat", "lon", "told"), [
    ("4.04", "50.94", "buiten Vlaanderen"),
    ("50.94", "6.01", "buiten Vlaanderen"),
    ("0", "0", "buiten Vlaanderen"),
    ("nan", "4.04", "buiten Vlaanderen"),
    ("51.05", "3.73", "km van het midden van Aalst"),
    ("noord", "4.04", "geen getal"),
])
def test_a_single_odd_coordinate_becomes_the_centre_of_the_municipality(
    good: Staging, reference: Reference, lat: str, lon: str, told: str
) -> None:
    new = school(many(good, 51), 7, lat=lat, lon=lon)
    report = validate(new, None, reference, TODAY)
    found = finding(report, "coördinaat klopt niet")
    assert (found.hard, found.count, report.refused) == (False, 1, False)
    assert told in found.examples[0]
    assert (report.cleaned.schools[7]["lat"], report.cleaned.schools[7]["lon"]) == ("50.94", "4.04")
    others = [s for n, s in enumerate(report.cleaned.schools) if n != 7]
    assert others == [s for n, s in enumerate(new.schools) if n != 7]


@pytest.mark.parametrize(("schools", "refused"), [(50, True), (51, False)])
def test_two_percent_odd_coordinates_is_too_many(
    good: Staging, reference: Reference, schools: int, refused: bool
) -> None:
    new = school(many(good, schools), lat="4.04", lon="50.94")
    assert validate(new, None, reference, TODAY).refused is refused


def test_missing_coordinates_leave_the_room_of_odd_ones(
    good: Staging, reference: Reference
) -> None:
    new = school(school(many(good, 60), 0, lat="", lon=""), 1, lat="0", lon="0")
    report = validate(new, None, reference, TODAY)
    assert rules(report) == ["coördinaat ontbreekt", "coördinaat klopt niet"]
    assert not report.refused
    assert {s["lat"] for s in report.cleaned.schools} == {"50.94"}


@pytest.mark.parametrize(("lat", "fine"), [("51.07", True), ("51.08", False)])
def test_a_school_lies_within_15_km_of_the_centre(
    good: Staging, reference: Reference, lat: str, fine: bool
) -> None:
    # 0.13 degrees of latitude are 14.5 km, 0.14 are 15.6 km.
    new = school(many(good, 60), lat=lat, lon="4.04")
    assert rules(validate(new, None, reference, TODAY)) == ([] if fine
                                                            else ["coördinaat klopt niet"])
