"""The API's records as rows of the catalogue."""

from __future__ import annotations

import csv
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.catalogue.fetch.api import GROUPS, INSTITUTIONS, LOCATIONS, OFFERS, fetch_api
from bot.catalogue.fetch.failure import FetchError
from bot.catalogue.fetch.fetcher import Fetcher
from bot.catalogue.schema import TABLES
from bot.catalogue.staging import Row, Staging
from bot.catalogue.standin.faults import Faults
from bot.catalogue.standin.server import StandIn
from tests.catalogue.fetch.scripted import KEY, Asked, Reply, page, serve

DATA = Path(__file__).resolve().parents[3] / "data" / "catalogue"
Data = dict[str, list[dict[str, Any]]]
Fetch = Callable[..., Staging]


def group(code: int, number: int, name: str, dual: bool = True, **more: Any) -> dict[str, Any]:
    return {"administratievegroep_code": code, "administratievegroep_omschrijving": name,
            "administratievegroep_duaal": dual, "structuuronderdeel_nummer": number,
            "schooljaar": 2026, **more}


def offer(school: int, location: int, code: int, name: str, **more: Any) -> dict[str, Any]:
    return {"instelling_nummer": school, "instellingslocatie_vestigingsnummer": location,
            "administratievegroep_code": code, "administratievegroep_omschrijving": name,
            "schooljaar": 2026, "inschrijvingen": True, **more}


def location(school: int, number: int, structures: str, **more: Any) -> dict[str, Any]:
    return {"instelling_nummer": school, "instellingslocatie_vestigingsnummer": number,
            "instellingslocatie_provincie": "Provincie Oost-Vlaanderen",
            "instellingslocatie_straatnaam": "Markt", "instellingslocatie_postcode": "9300",
            "instellingslocatie_gemeente": "Aalst", "instellingslocatie_gemeente_nis": "41002",
            "structures": structures, **more}


ELEKTRO = "2e leerjaar van de 3e graad Elektrische installaties duaal DBSO"
SMALL: Data = {
    GROUPS: [group(500, 88, ELEKTRO), group(501, 188, "1e leerjaar Iets BSO", dual=False),
             group(502, 4711, "1e leerjaar van de 2e graad Onbekend duaal BSO")],
    OFFERS: [offer(7, 1, 500, ELEKTRO), offer(7, 2, 501, "1e leerjaar Iets BSO"),
             offer(8, 1, 502, "1e leerjaar van de 2e graad Onbekend duaal BSO")],
    LOCATIONS: [location(7, 1, "311 312", instellingslocatie_huisnummer="5 A",
                         gps_breedtegraad=50.9381, gps_lengtegraad=4.04,
                         instellingslocatie_telefoonnummers=["053 00 00 01", "053 00 00 02"]),
                location(7, 2, "311"), location(8, 1, "311")],
    INSTITUTIONS: [{"instelling_nummer": 7, "instelling_naam": "Proef",
                    "instelling_naam_volledig": "Proefschool 7",
                    "instelling_net": {"code": "1", "omschrijving": "Gemeenschapsonderwijs"},
                    "instelling_website": "www.proefschool.example",
                    "instelling_directeur": {"naam": "NIET OVERNEMEN"}},
                   {"instelling_nummer": 8, "instelling_naam_volledig": "Proefschool 8"}],
}


@pytest.fixture
def data() -> Data:
    return deepcopy(SMALL)


@pytest.fixture
def fetch(data: Data, tmp_path: Path) -> Fetch:
    """Fetches `data`; 88 and 188 are programmes of the catalogue."""

    def answer(asked: Asked) -> Reply:
        structure = asked.query.get("filter_instellingslocatie_hoofdstructuur", "")
        return page(0, [{n: v for n, v in record.items() if n != "structures"}
                        for record in data[asked.path]
                        if structure in record.get("structures", "").split() or not structure])

    def run(start: int = 2026) -> Staging:
        with serve(answer) as server:
            return fetch_api(fetcher(tmp_path, server.url, KEY), {"88", "188"}, start,
                             "2026-11-26")

    return run


def fetcher(folder: Path, url: str, key: str) -> Fetcher:
    return Fetcher(requests.Session(), folder / "run", key=key, sleep=lambda seconds: None,
                   now=lambda: datetime(2026, 11, 26, 10), host=url)


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


def test_an_offer_one_cannot_enrol_in_is_closed(fetch: Fetch, data: Data) -> None:
    data[OFFERS][0]["inschrijvingen"] = False
    assert fetch().offers[0]["inschrijvingen_open"] == "0"


@pytest.mark.parametrize("records", [(2025, 2026), (2026, 2025)])
def test_a_group_is_that_of_the_school_year_asked(
        fetch: Fetch, data: Data, records: tuple[int, int]) -> None:
    data[GROUPS][:1] = [group(500, 88 if year == 2026 else 188, ELEKTRO, schooljaar=year)
                        for year in records]
    assert fetch().offers[0]["nummer"] == "88"


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


# The stand-in of the API

def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def from_standin(folder: Path, first_page: int = 0, faults: Faults | None = None) -> Staging:
    with StandIn(DATA, locations=60, groups=800, first_page=first_page,
                 faults=faults or Faults()) as standin:
        return fetch_api(fetcher(folder, standin.url, standin.key),
                         {row["nummer"] for row in rows("opleidingen.csv")}, 2026, "2026-11-26")


@pytest.mark.parametrize("first_page", [0, 1])
def test_the_built_in_offers_and_schools_come_back_from_the_stand_in(
        tmp_path: Path, first_page: int) -> None:
    found = from_standin(tmp_path, first_page, Faults(too_many=2, server_error=1))

    dual = {p["nummer"] for p in rows("opleidingen.csv") if p["duaal"] == "1"}
    built_in = [o for o in rows("aanbod.csv") if o["nummer"] in dual]
    key = ("instelling", "vestiging", "administratieve_groep")
    by_key = {tuple(o[n] for n in key): o for o in found.offers}
    for wanted in built_in:
        told = by_key[tuple(wanted[n] for n in key)]
        for name in ("nummer", "schooljaar", "leerjaar", "variant", "inschrijvingen_open"):
            assert told[name] == wanted[name]
    schools = {(s["instelling"], s["vestiging"]): s for s in found.schools}
    for school in rows("scholen.csv"):
        told = schools[school["instelling"], school["vestiging"]]
        for name in ("naam", "straat", "huisnummer", "postcode", "gemeente", "provincie",
                     "telefoon", "website", "fiche_url"):
            assert told[name] == school[name]
        assert float(told["lat"]) == pytest.approx(float(school["lat"]))
    assert len(by_key) == len(found.offers) > len(built_in)


def test_records_that_come_twice_are_taken_once(tmp_path: Path) -> None:
    found = from_standin(tmp_path, faults=Faults(duplicate_keys=True))

    keys = [(o["instelling"], o["vestiging"], o["administratieve_groep"]) for o in found.offers]
    assert len(keys) == len(set(keys))
    assert len(found.schools) == len({(s["instelling"], s["vestiging"]) for s in found.schools})
