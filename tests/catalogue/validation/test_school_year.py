"""One school year, written well, and not over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.validate import validate
from bot.errors import CatalogueError
from tests.catalogue.validation.rows import TODAY, finding, offer, rules


def test_two_school_years_are_refused(good: Staging, reference: Reference) -> None:
    report = validate(offer(good, schooljaar="2027-2028"), None, reference, TODAY)
    assert finding(report, "meer dan één schooljaar").hard


@pytest.mark.parametrize("year", ["2026", "2026-2028", "2026-27"])
def test_a_school_year_is_two_years_that_follow(
    good: Staging, reference: Reference, year: str
) -> None:
    new = replace(good, offers=tuple({**o, "schooljaar": year} for o in good.offers))
    assert finding(validate(new, None, reference, TODAY), "schooljaar is fout geschreven").hard


def test_the_school_year_does_not_go_back(good: Staging, reference: Reference) -> None:
    new = replace(good, offers=tuple({**o, "schooljaar": "2025-2026"} for o in good.offers))
    report = validate(new, good, reference, TODAY)
    assert finding(report, "schooljaar ouder dan dat van de vorige ophaling").hard


@pytest.mark.parametrize(("today", "over"), [("2027-08-31", False), ("2027-09-01", True)])
def test_a_school_year_is_over_on_the_first_of_september(
    good: Staging, reference: Reference, today: str, over: bool
) -> None:
    report = validate(good, None, reference, today)
    assert rules(report) == (["schooljaar is voorbij"] if over else [])
    assert not report.refused


def test_a_day_that_is_no_date_is_an_error_in_dutch(good: Staging, reference: Reference) -> None:
    with pytest.raises(CatalogueError, match="geen datum: gisteren"):
        validate(good, None, reference, "gisteren")
