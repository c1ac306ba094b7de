"""An offer and a school of the API in the columns and words of the catalogue."""

from __future__ import annotations

from typing import Any

import pytest

from bot.catalogue.fetch.api import GROUPS, INSTITUTIONS, LOCATIONS, OFFERS
from bot.catalogue.schema import TABLES
from tests.catalogue.fetch.api_records import ELEKTRO, Data, Fetch, group, location, offer


def test_an_offer_has_the_columns_and_words_of_the_catalogue(fetch: Fetch) -> None:
    found = fetch()

    assert len(found.offers) == 1
    told = found.offers[0]
    assert told.pop("bron_url").startswith("http://127.0.0.1")
    assert told == {
        "instelling": "7", "vestiging": "1", "nummer": "88", "schooljaar": "2026-2027",
        "leerjaar": "6", "variant": "DBSO", "inschrijvingen_open": "1",
        "administratieve_groep": "500", "groep_naam": ELEKTRO,
        "bron": "Onderwijs en Vorming, API Instellingsgegevens", "bron_datum": "2026-11-26"}


def test_a_school_has_the_columns_and_words_of_the_catalogue(fetch: Fetch) -> None:
    found = fetch()

    assert len(found.schools) == 1
    told = found.schools[0]
    assert told.pop("bron_url").startswith("http://127.0.0.1")
    assert told == {
        "instelling": "7", "vestiging": "1", "naam": "Proefschool 7", "straat": "Markt",
        "huisnummer": "5 A", "postcode": "9300", "gemeente": "Aalst",
        "provincie": "Oost-Vlaanderen", "lat": "50.9381", "lon": "4.04",
        "net": "GO!", "telefoon": "053 00 00 01",
        "website": "https://www.proefschool.example",
        "fiche_url": "https://data-onderwijs.vlaanderen.be/onderwijsaanbod/instelling?sn=7",
        "bron": "Onderwijs en Vorming, API Instellingsgegevens", "bron_datum": "2026-11-26"}
    columns = {c.source for t in TABLES if t.name == "school" for c in t.columns}
    assert columns <= {*told, "bron_url"}


def test_optional_fields_that_are_missing_are_empty(fetch: Fetch, data: Data) -> None:
    data[LOCATIONS] = [location(7, 1, "315", gps_breedtegraad=0, gps_lengtegraad=4.0)]
    data[INSTITUTIONS] = [{"instelling_nummer": 7, "instelling_naam_volledig": "Proefschool 7"}]

    school = fetch().schools[0]

    assert {n for n, v in school.items() if not v} == {
        "huisnummer", "lat", "lon", "net", "telefoon", "website"}


def test_the_head_of_a_school_is_nowhere(fetch: Fetch) -> None:
    found = fetch()

    assert "NIET OVERNEMEN" not in repr((found.schools, found.offers))
    assert "instelling_directeur" not in found.seen["instelling"]


def test_an_offer_one_cannot_enrol_in_is_closed(fetch: Fetch, data: Data) -> None:
    data[OFFERS][0]["inschrijvingen"] = False
    assert fetch().offers[0]["inschrijvingen_open"] == "0"


@pytest.mark.parametrize(("name", "more", "year", "variant"), [
    ("1e leerjaar in de 2e graad Iets duaal BSO", {}, "3", "BSO"),
    ("2e leerjaar van de 3e graad Iets DL TSO", {}, "6", "TSO"),
    ("7e leerjaar Iets duaal CDO", {}, "7", "CDO"),
    ("3e leerjaar van de 3e graad Iets duaal", {}, "7", ""),
    ("Iets duaal SYN", {"administratievegroep_graad": {"omschrijving": "Derde graad"},
                        "administratievegroep_leerjaar": {"code": "1"}}, "5", "SYN"),
    ("Iets duaal KSO", {"administratievegroep_graad": {"omschrijving": "Derde graad"},
                        "administratievegroep_leerjaar": {"code": "6"}}, "6", "KSO"),
    ("Iets duaal OV3", {"administratievegroep_leerjaar": {"code": "1"}}, "", "OV3"),
    ("Iets duaal CBSO", {}, "", ""),
])
def test_year_and_variant_come_from_the_name_or_else_from_the_group(
        fetch: Fetch, data: Data, name: str, more: dict[str, Any], year: str,
        variant: str) -> None:
    data[GROUPS], data[OFFERS] = [group(500, 88, name, **more)], [offer(7, 1, 500, name)]

    told = fetch().offers[0]

    assert (told["leerjaar"], told["variant"]) == (year, variant)
