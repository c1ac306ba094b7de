"""The municipality of an address when its name is that of several."""

from __future__ import annotations

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.places import municipality_code, place_key

ROESELARE, WAREGEM, BEVEREN = "36015", "34040", "46030"


@pytest.mark.parametrize(("postcode", "province", "code"), [
    ("8800", "West-Vlaanderen", ROESELARE), ("8791", "West-Vlaanderen", WAREGEM),
    ("9120", "Oost-Vlaanderen", BEVEREN), ("9999", "Oost-Vlaanderen", BEVEREN)])
def test_the_postcode_tells_namesakes_apart_and_else_the_province(
    real: Catalogue, postcode: str, province: str, code: str
) -> None:
    assert municipality_code(real.places, "Beveren", postcode, province) == code


def test_every_part_leads_to_its_own_municipality(real: Catalogue) -> None:
    wrong = [place for place in real.places.all if place.postcode and municipality_code(
        real.places, place.name, place.postcode, place.province) != place.niscode]
    namesakes = {place_key(p.name) for p in real.places.all if p.postcode
                 and len(real.places.resolve(p.name)) > 1}
    assert wrong == []
    assert len(namesakes) > 20
