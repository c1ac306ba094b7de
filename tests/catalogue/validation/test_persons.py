"""No row tells of a person."""

from __future__ import annotations

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, school


@pytest.mark.parametrize(("field", "value"), [
    ("instelling_directeur", "Voor Beeld"),
    ("telefoon", "053 00 00 00 (mevr. Voorbeeld)"),
    ("website", "https://example.org/?mail=voor.beeld@example.org"),
    ("net", "voor.beeld@example.org"),
])
def test_a_person_in_a_value_is_refused_and_not_repeated(
    good: Staging, reference: Reference, field: str, value: str
) -> None:
    report = validate(school(good, 0, **{field: value}), None, reference, TODAY)
    assert finding(report, "gegeven van een persoon").hard
    assert field in str(report)
    assert "eeld" not in str(report)


@pytest.mark.parametrize("values", [
    {"email": "info@example.org"}, {"email": "secretariaat.aalst@example.org"},
    {"email": "example@example.org"}, {"instelling_directeur": ""},
    {"straat": "Mevrouw Courtmansstraat"}, {"naam": "Directeur Janssens-instituut"},
])
def test_mailboxes_of_schools_and_streets_named_after_people_are_fine(
    good: Staging, reference: Reference, values: dict[str, str]
) -> None:
    assert not validate(school(good, 0, **values), None, reference, TODAY).findings
