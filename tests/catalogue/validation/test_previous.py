"""A retrieval is held against the previous one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, many, rules


def test_an_optional_field_that_no_record_has_any_more_is_refused(
    good: Staging, reference: Reference
) -> None:
    old = replace(good, seen={"instelling": frozenset({"naam", "telefoon"})})
    new = replace(good, seen={"instelling": frozenset({"naam", "tel"})})
    found = finding(validate(new, old, reference, TODAY), "veld hernoemd of verdwenen")
    assert (found.hard, found.count) == (True, 1)
    assert "telefoon" in found.examples[0]


def test_another_source_without_the_old_products_is_no_more_than_a_warning(
    good: Staging, reference: Reference
) -> None:
    old = replace(good, seen={"instelling": frozenset({"naam"})})
    new = replace(good, seen={"vestigingen": frozenset({"schoolnummer"})})
    report = validate(new, old, reference, TODAY)
    assert rules(report) == ["product niet meer opgehaald"]
    assert not report.refused


def test_a_column_that_lost_all_its_values_is_told(good: Staging, reference: Reference) -> None:
    new = replace(good, offers=tuple({**o, "inschrijvingen_open": ""} for o in good.offers))
    found = finding(validate(new, good, reference, TODAY), "kolom heeft geen enkele waarde meer")
    assert found.examples == ("aanbod.csv: inschrijvingen_open",)


@pytest.mark.parametrize(("left", "refused"), [(85, False), (84, True)])
def test_schools_may_shrink_by_15_percent_and_no_more(
    good: Staging, reference: Reference, left: int, refused: bool
) -> None:
    old = many(good, 100)
    new = replace(many(good, left), offers=tuple(
        {**many(good, left).offers[0], "administratieve_groep": str(n)} for n in range(100)))
    report = validate(new, old, reference, TODAY)
    assert rules(report) == (["te veel scholen verdwenen"] if refused else [])
    assert report.refused is refused


def test_offers_shrink_apart_from_schools(good: Staging, reference: Reference) -> None:
    old = many(good, 100)
    report = validate(replace(old, offers=old.offers[:84]), old, reference, TODAY)
    assert finding(report, "te veel aanbodrijen verdwenen").examples == ("van 100 naar 84",)


def test_growth_is_fine(good: Staging, reference: Reference) -> None:
    assert not validate(many(good, 200), many(good, 10), reference, TODAY).findings


def test_rows_that_came_twice_do_not_hide_shrinkage(good: Staging, reference: Reference) -> None:
    old = many(good, 100)
    half = many(good, 50)
    report = validate(replace(half, schools=half.schools * 2, offers=half.offers * 2), old,
                      reference, TODAY)
    assert {"dubbele sleutel", "te veel scholen verdwenen",
            "te veel aanbodrijen verdwenen"} <= set(rules(report))
