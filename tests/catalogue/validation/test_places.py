"""Province, municipality and postcode agree."""

from __future__ import annotations

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, many, rules, school


def test_an_unknown_province_is_refused_with_the_known_ones(
    good: Staging, reference: Reference
) -> None:
    report = validate(school(good, provincie="Henegouwen"), None, reference, TODAY)
    found = finding(report, "onbekende provincie")
    assert found.hard
    assert "Oost-Vlaanderen" in found.advice


def test_a_province_other_than_that_of_the_municipality_is_told(
    good: Staging, reference: Reference
) -> None:
    report = validate(school(good, provincie="Limburg"), None, reference, TODAY)
    assert rules(report) == ["provincie hoort niet bij de gemeente"]


def test_the_postcode_belongs_to_the_municipality(good: Staging, reference: Reference) -> None:
    found = finding(validate(school(good, postcode="9000"), None, reference, TODAY),
                    "postcode hoort niet bij de gemeente")
    assert found.hard
    assert "9000 Aalst" in found.examples[0]


def test_the_postcode_tells_two_places_of_one_name_apart(
    good: Staging, reference: Reference
) -> None:
    aalst_in_limburg = {"gemeente": "Aalst", "postcode": "3800", "provincie": "Limburg"}
    report = validate(school(good, 1, **aalst_in_limburg), None, reference, TODAY)
    assert report.findings == (), str(report)
    wrong_side = school(many(good, 60), 0, **aalst_in_limburg)  # its coordinates stay near 9300
    report = validate(wrong_side, None, reference, TODAY)
    assert report.cleaned.schools[0]["lon"] == "5.19"


def test_an_unknown_municipality_is_refused(good: Staging, reference: Reference) -> None:
    report = validate(school(good, gemeente="Nergenshuizen"), None, reference, TODAY)
    assert finding(report, "onbekende gemeente").hard
