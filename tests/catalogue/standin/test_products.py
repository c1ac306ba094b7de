"""What the stand-in serves: the built-in catalogue first, then artificial data."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import hypot
from pathlib import Path

import pytest

from bot.catalogue.standin.groups import description
from bot.catalogue.standin.products import GROUP, INSTITUTION, LOCATION, OFFER
from bot.catalogue.standin.server import StandIn
from bot.errors import CatalogueSourceError
from tests.catalogue.standin.asking import ALL, DATA, GROUPS, LOCATIONS, fetch, rows


def test_counts_are_those_asked_and_no_key_comes_twice(standin: StandIn) -> None:
    locations = {(r["instelling_nummer"], r["instellingslocatie_vestigingsnummer"])
                 for r in fetch(standin, LOCATION)}
    offers = fetch(standin, OFFER)
    keys = {(r["instelling_nummer"], r["instellingslocatie_vestigingsnummer"],
             r["administratievegroep_code"], r["schooljaar"]) for r in offers}

    assert len(locations) == LOCATIONS
    assert len(offers) == len(keys) == GROUPS
    assert {key[:2] for key in keys} <= locations


def test_every_reference_is_kept(standin: StandIn) -> None:
    institutions = {r["instelling_nummer"] for r in fetch(standin, INSTITUTION)}
    codes = [r["administratievegroep_code"] for r in fetch(standin, GROUP)]

    assert len(codes) == len(set(codes))
    assert {r["instelling_nummer"] for r in fetch(standin, LOCATION)} <= institutions
    assert {r["administratievegroep_code"] for r in fetch(standin, OFFER)} <= set(codes)
    assert {r["instelling_bestuur"]["instellingsnummer"]
            for r in fetch(standin, INSTITUTION)} <= institutions


def test_the_built_in_offers_come_back_with_everything_they_say(standin: StandIn) -> None:
    groups = {r["administratievegroep_code"]: r for r in fetch(standin, GROUP)}
    served = {}
    for offer in fetch(standin, OFFER):
        group = groups[offer["administratievegroep_code"]]
        served[(offer["instelling_nummer"], offer["instellingslocatie_vestigingsnummer"],
                offer["administratievegroep_code"])] = (
            str(group.get("structuuronderdeel_nummer")), offer["schooljaar"],
            group.get("administratievegroep_leerjaar", {}).get("code"),
            offer["inschrijvingen"], group["administratievegroep_duaal"],
            offer["administratievegroep_omschrijving"])
    titles = {p["nummer"]: p["titel"] for p in rows("opleidingen.csv")}

    for row in rows("aanbod.csv"):
        key = int(row["instelling"]), int(row["vestiging"]), int(row["administratieve_groep"])
        assert served[key] == (
            row["nummer"], 2026, row["leerjaar"], row["inschrijvingen_open"] == "1", True,
            description(titles[row["nummer"]], row["leerjaar"], row["variant"]))


def test_the_built_in_schools_come_back_in_the_words_of_the_source(standin: StandIn) -> None:
    locations = {(r["instelling_nummer"], r["instellingslocatie_vestigingsnummer"]): r
                 for r in fetch(standin, LOCATION)}
    institutions = {r["instelling_nummer"]: r for r in fetch(standin, INSTITUTION)}

    for row in rows("scholen.csv"):
        location = locations[int(row["instelling"]), int(row["vestiging"])]
        institution = institutions[int(row["instelling"])]
        assert institution["instelling_naam_volledig"] == row["naam"]
        assert institution.get("instelling_website", "") == row["website"]
        assert location["instellingslocatie_straatnaam"] == row["straat"]
        assert location["instellingslocatie_gemeente"] == row["gemeente"]
        assert (location["gps_breedtegraad"], location["gps_lengtegraad"]) == (
            float(row["lat"]), float(row["lon"]))
        assert location["instellingslocatie_telefoonnummers"] == [row["telefoon"]]
        assert location["instellingslocatie_provincie"] == (
            "Brussels Hoofdstedelijk Gewest" if row["provincie"] == "Brussel"
            else f"Provincie {row['provincie']}")
        assert institution["instelling_net"]["omschrijving"] == {
            "GO!": "Gemeenschapsonderwijs",
            "Vrij gesubsidieerd": "Vrij gesubsidieerd onderwijs"}[row["net"]]


def test_the_built_in_schools_keep_exactly_their_own_offers(standin: StandIn) -> None:
    own = {int(row["instelling"]) for row in rows("scholen.csv")}
    served = [r for r in fetch(standin, OFFER) if r["instelling_nummer"] in own]

    assert len(served) == len(rows("aanbod.csv"))


def test_generated_schools_are_plainly_artificial_and_in_real_municipalities(
    standin: StandIn,
) -> None:
    known = {int(row["instelling"]) for row in rows("scholen.csv")}
    places = {(p["naam"], p["postcode"], p["niscode"]): (float(p["lat"]), float(p["lon"]))
              for p in rows("plaatsen.csv")}
    for school in fetch(standin, INSTITUTION):
        if school["instelling_nummer"] not in known:
            assert re.fullmatch(r"Proef(school \d{4}|bestuur \d{2})", school["instelling_naam"])
            assert school.get("instelling_website", ".example").endswith(".example")
    for location in fetch(standin, LOCATION):
        if location["instelling_nummer"] in known:
            continue
        place = places[location["instellingslocatie_gemeente"],
                       location["instellingslocatie_postcode"],
                       location["instellingslocatie_gemeente_nis"]]
        if "gps_breedtegraad" in location:
            assert hypot(location["gps_breedtegraad"] - place[0],
                         location["gps_lengtegraad"] - place[1]) < 0.03


def test_optional_fields_are_missing_in_some_records_and_never_null(standin: StandIn) -> None:
    optional = {
        LOCATION: {"instellingslocatie_huisnummer", "gps_breedtegraad", "gps_lengtegraad",
                   "instellingslocatie_telefoonnummers"},
        INSTITUTION: {"instelling_website"},
        GROUP: {"administratievegroep_graad", "administratievegroep_finaliteit",
                "administratievegroep_domein", "administratievegroep_studierichting"},
    }
    for path, names in optional.items():
        records = fetch(standin, path)
        for name in names:
            assert 0 < sum(name not in r for r in records) < len(records), name
        assert not any(value in (None, "") for r in records for value in r.values())


def test_groups_are_dual_and_not_dual_in_every_variant(standin: StandIn) -> None:
    groups = fetch(standin, GROUP)
    dual = {r["administratievegroep_omschrijving"]
            for r in groups if r["administratievegroep_duaal"]}
    words = {text.rsplit(" ", 1)[1] for text in dual}

    assert {"BSO", "TSO", "DBSO", "CDO", "SYN", "OV3", "duaal"} <= words
    assert all(" duaal" in text or " DL" in text for text in dual)
    assert any(" DL " in text for text in dual)
    assert any(not r["administratievegroep_duaal"] for r in groups)
    assert any("structuuronderdeel_nummer" not in r for r in groups)


def test_some_locations_have_no_dual_offer(standin: StandIn) -> None:
    dual = {r["administratievegroep_code"]: r["administratievegroep_duaal"]
            for r in fetch(standin, GROUP)}
    having = {(r["instelling_nummer"], r["instellingslocatie_vestigingsnummer"])
              for r in fetch(standin, OFFER) if dual[r["administratievegroep_code"]]}

    assert LOCATIONS / 4 < len(having) < LOCATIONS * 3 / 4


@pytest.mark.parametrize(("title", "year", "variant", "text"), [
    ("Slagerij duaal", "5", "BSO", "1e leerjaar in de 3e graad Slagerij duaal BSO"),
    ("Slagerij duaal", "4", "DBSO", "2e leerjaar in de 2e graad Slagerij duaal DBSO"),
    ("Kapper-stylist duaal", "7", "", "7e leerjaar Kapper-stylist duaal"),
    ("Bandenmonteur duaal", "", "OV3", "Bandenmonteur duaal OV3"),
    ("Aanloop Sanitaire en verwarmingsinstallaties duaal", "6", "DBSO",
     "2e leerjaar in de 3e graad Aanloop Sanitaire en verwarmingsinstallaties DL DBSO"),
])
def test_descriptions_read_as_the_source_writes_them(
    title: str, year: str, variant: str, text: str
) -> None:
    assert description(title, year, variant) == text


def test_the_same_arguments_serve_the_same_bytes_and_another_seed_does_not() -> None:
    def served(seed: int) -> dict[str, bytes]:
        standin = StandIn(DATA, locations=40, groups=400, seed=seed)
        answers = {path: standin.answer(f"{path}?size=5000", "proefsleutel") for path in ALL}
        return {path: answer.body for path, answer in answers.items() if answer}

    assert served(1) == served(1)
    assert served(1)[OFFER] != served(2)[OFFER]


def test_too_few_locations_for_the_groups_give_all_that_fit() -> None:
    standin = StandIn(DATA, locations=8, groups=42_000)
    answer = standin.answer(f"{OFFER}?size=5000", "proefsleutel")

    assert answer is not None
    assert answer.status == 200
    assert b'"total_elements": 42000' not in answer.body


def test_a_small_catalogue_is_served_too(source: Path) -> None:
    with StandIn(source, locations=6, groups=20) as standin:
        assert len(fetch(standin, LOCATION)) == 6
        assert {100, 108} <= {r["administratievegroep_code"] for r in fetch(standin, OFFER)}


def test_an_unreadable_source_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match=r"opleidingen\.csv"):
        StandIn(tmp_path)


def test_a_value_that_cannot_be_used_points_to_the_build(
    source: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("aanbod.csv", "1,1,588,", "1,1,9999,")
    with pytest.raises(CatalogueSourceError, match=r"9999.*catalogue build"):
        StandIn(source)
