"""What is missing from the API's records is an error that names it."""

from __future__ import annotations

import pytest

from bot.catalogue.fetch.api import GROUPS, INSTITUTIONS, LOCATIONS, OFFERS
from bot.catalogue.fetch.failure import FetchError
from tests.catalogue.fetch.api_records import Data, Fetch


@pytest.mark.parametrize(("product", "field"), [
    (GROUPS, "administratievegroep_code"), (GROUPS, "administratievegroep_duaal"),
    (OFFERS, "instelling_nummer"), (OFFERS, "instellingslocatie_vestigingsnummer"),
    (OFFERS, "administratievegroep_code"), (OFFERS, "administratievegroep_omschrijving"),
    (OFFERS, "schooljaar"), (OFFERS, "inschrijvingen"),
    (LOCATIONS, "instelling_nummer"), (LOCATIONS, "instellingslocatie_vestigingsnummer"),
    (LOCATIONS, "instellingslocatie_provincie"), (LOCATIONS, "instellingslocatie_straatnaam"),
    (LOCATIONS, "instellingslocatie_postcode"), (LOCATIONS, "instellingslocatie_gemeente"),
    (INSTITUTIONS, "instelling_nummer"), (INSTITUTIONS, "instelling_naam_volledig"),
])
def test_a_missing_required_field_is_named_with_its_product(
        fetch: Fetch, data: Data, product: str, field: str) -> None:
    del data[product][0][field]

    with pytest.raises(FetchError) as caught:
        fetch()

    assert str(caught.value).startswith(f"{product.rsplit('/', 1)[-1]}: het veld {field} ontbreekt")


def test_dual_groups_without_any_programme_number_are_an_error(fetch: Fetch, data: Data) -> None:
    for record in data[GROUPS]:
        del record["structuuronderdeel_nummer"]
    with pytest.raises(FetchError, match="structuuronderdeel_nummer ontbreekt in elke"):
        fetch()


@pytest.mark.parametrize(("product", "told"), [
    (GROUPS, "de duale groep 500"), (LOCATIONS, "vestiging 7-1 heeft duaal aanbod"),
    (INSTITUTIONS, "instelling 7 heeft duaal aanbod")])
def test_an_offer_whose_group_location_or_school_is_not_there_is_an_error(
        fetch: Fetch, data: Data, product: str, told: str) -> None:
    data[product] = []
    with pytest.raises(FetchError, match=told):
        fetch()
