"""Offers have their school and their programme, and agree on dual."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, offer, rules


def test_an_unknown_programme_is_refused(good: Staging, reference: Reference) -> None:
    found = finding(validate(offer(good, nummer="9999"), None, reference, TODAY),
                    "onbekende opleiding")
    assert found.hard
    assert "9999" in found.examples[0]


@pytest.mark.parametrize(("number", "group", "fine"), [
    ("88", "2e lj 3e gr Elektrische installaties DL", True),
    ("88", "Elektrische installaties", True),  # the programme's own title says it
    ("188", "Elektrische installaties", True),
    ("188", "Elektrische installaties duaal BSO", False),
    ("188", "Elektr. installaties DL", False),
    ("188", "Handling van goederen", True),
])
def test_dual_agrees_with_the_name_of_the_group(
    good: Staging, reference: Reference, number: str, group: str, fine: bool
) -> None:
    report = validate(offer(good, nummer=number, administratieve_groep=group), None, reference,
                      TODAY)
    assert rules(report) == ([] if fine else ["duaal past niet bij de naam"])
    assert report.refused is not fine


@pytest.mark.parametrize(("group", "fine"), [("Crème en keuken duaal DBSO", True), ("100", False)])
def test_a_dual_programme_is_called_dual_by_its_group_or_its_title(
    good: Staging, reference: Reference, group: str, fine: bool
) -> None:
    silent = replace(reference.programmes["304"], title="Crème en keuken")
    other = replace(reference, programmes={**reference.programmes, "304": silent})
    report = validate(offer(good, 6, administratieve_groep=group), None, other, TODAY)
    assert rules(report) == ([] if fine else ["duaal past niet bij de naam"])


def test_an_offer_has_its_school(good: Staging, reference: Reference) -> None:
    report = validate(offer(good, vestiging="77"), None, reference, TODAY)
    assert finding(report, "aanbod zonder school").hard
