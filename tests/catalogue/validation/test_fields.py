"""Fields are filled, with keys and values that can be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging, read_staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, offer, school


@pytest.mark.parametrize("field", ["naam", "straat", "postcode", "provincie", "fiche_url",
                                   "bron_datum"])
def test_a_required_field_of_a_school_may_not_be_empty(
    good: Staging, reference: Reference, field: str
) -> None:
    found = finding(validate(school(good, 0, **{field: " "}), None, reference, TODAY),
                    "verplicht veld is leeg")
    assert (found.hard, found.count) == (True, 1)
    assert field in found.examples[0]


def test_a_required_field_of_an_offer_may_not_be_empty(
    good: Staging, reference: Reference
) -> None:
    report = validate(offer(good, administratieve_groep=""), None, reference, TODAY)
    assert finding(report, "verplicht veld is leeg").hard


def test_a_row_cut_short_in_its_file_is_a_finding_and_no_crash(
    source: Path, reference: Reference
) -> None:
    file = source / "scholen.csv"
    file.write_text(file.read_text(encoding="utf-8") + "9,1,School\n", encoding="utf-8")
    assert validate(read_staging(source), None, reference, TODAY).refused


def test_keys_are_unique(good: Staging, reference: Reference) -> None:
    new = replace(good, schools=(*good.schools, good.schools[0]),
                  offers=(*good.offers, good.offers[0]))
    found = finding(validate(new, None, reference, TODAY), "dubbele sleutel")
    assert (found.hard, found.count) == (True, 2)


@pytest.mark.parametrize(("field", "value"), [
    ("variant", "XYZ"), ("leerjaar", "8"), ("inschrijvingen_open", "true")])
def test_a_code_of_an_offer_that_nobody_knows_is_refused(
    good: Staging, reference: Reference, field: str, value: str
) -> None:
    report = validate(offer(good, 0, **{field: value}), None, reference, TODAY)
    assert finding(report, "onverwachte waarde").hard


def test_a_website_is_a_web_address(good: Staging, reference: Reference) -> None:
    report = validate(school(good, website="javascript:alert(1)"), None, reference, TODAY)
    assert finding(report, "onverwachte waarde").hard
