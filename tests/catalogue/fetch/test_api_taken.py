"""Which records of the API are taken: those of every structure, of this year, each once."""

from __future__ import annotations

import pytest

from bot.catalogue.fetch.api import GROUPS, LOCATIONS, OFFERS
from tests.catalogue.fetch.api_records import ELEKTRO, Data, Fetch, group, location, offer


def test_a_location_in_several_structures_comes_once_and_every_structure_is_asked(
        fetch: Fetch) -> None:
    found = fetch()

    assert len(found.schools) == 1
    asked = [r.url.rsplit("=", 1)[-1] for r in found.retrievals if "hoofdstructuur" in r.url]
    assert asked == ["311", "312", "315", "321"]
    assert set(found.seen) == {"instelling", "instellingslocatie", "administratievegroep",
                               "ingerichteadministratievegroep"}
    assert "gps_breedtegraad" in found.seen["instellingslocatie"]


@pytest.mark.parametrize("structure", ["311", "312", "315", "321"])
def test_dual_offers_of_every_main_structure_are_found(
        fetch: Fetch, data: Data, structure: str) -> None:
    data[LOCATIONS] = [location(7, 1, structure)]
    assert len(fetch().schools) == 1


def test_another_school_year_is_not_taken(fetch: Fetch, data: Data) -> None:
    data[OFFERS].append(offer(7, 2, 500, ELEKTRO, schooljaar=2025))

    assert [o["vestiging"] for o in fetch().offers] == ["1"]


def test_an_offer_that_comes_twice_is_one_and_open_when_either_is(
        fetch: Fetch, data: Data) -> None:
    data[OFFERS] = [offer(7, 1, 500, ELEKTRO, inschrijvingen=i) for i in (False, True, False)]
    assert [o["inschrijvingen_open"] for o in fetch().offers] == ["1"]


@pytest.mark.parametrize("records", [(2025, 2026), (2026, 2025)])
def test_a_group_is_that_of_the_school_year_asked(
        fetch: Fetch, data: Data, records: tuple[int, int]) -> None:
    data[GROUPS][:1] = [group(500, 88 if year == 2026 else 188, ELEKTRO, schooljaar=year)
                        for year in records]
    assert fetch().offers[0]["nummer"] == "88"
