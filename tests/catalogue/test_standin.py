"""The stand-in of the official API: what it serves, and every way in which it can go wrong."""

from __future__ import annotations

import csv
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from math import hypot
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from bot.catalogue.standin import Faults, StandIn, parse_faults
from bot.catalogue.standin_data import GROUP, INSTITUTION, LOCATION, OFFER, UNIT, description
from bot.commands.standin import standin_command
from bot.errors import CatalogueError, CatalogueSourceError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "catalogue"
KEY = {"x-api-key": "proefsleutel"}
LOCATIONS, GROUPS = 300, 3000
ALL = (INSTITUTION, LOCATION, GROUP, OFFER)


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn(DATA, locations=LOCATIONS, groups=GROUPS) as standin:
        yield standin


@pytest.fixture
def standin(running: StandIn) -> Iterator[StandIn]:
    running.faults = Faults()
    running.requests.clear()
    yield running
    running.faults = Faults()


def get(standin: StandIn, path: str, headers: dict[str, str] = KEY,
        **params: object) -> requests.Response:
    return requests.get(standin.url + path, params=params, headers=headers, timeout=10)


def fetch(standin: StandIn, path: str, size: int = 5000, **filters: object) -> list[dict[str, Any]]:
    page, found = standin.first_page, []
    while True:
        answer = get(standin, path, page=page, size=size, **filters).json()
        found += answer["content"]
        if answer["meta"]["last"]:
            return found
        page += 1


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# What it serves


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


# How it answers


@pytest.mark.parametrize("headers", [{}, {"x-api-key": "fout"}])
@pytest.mark.parametrize("path", [*ALL, UNIT])
def test_without_the_right_key_the_answer_is_401(
    standin: StandIn, path: str, headers: dict[str, str]
) -> None:
    answer = get(standin, path, headers=headers, apikey="proefsleutel")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/json"
    assert "message" in answer.json()
    assert "proefsleutel" not in answer.text


def test_the_envelope_has_meta_links_and_content(standin: StandIn) -> None:
    answer = get(standin, LOCATION, page=0, size=200).json()

    assert answer["meta"] == {
        "total_elements": LOCATIONS, "total_pages": 2, "number": 0, "last": False}
    assert answer["links"] == []
    assert len(answer["content"]) == 200


@pytest.mark.parametrize("path", ALL)
def test_pages_together_are_everything_once_in_order(standin: StandIn, path: str) -> None:
    assert fetch(standin, path, size=97) == fetch(standin, path)


def test_a_page_past_the_end_is_empty_and_last(standin: StandIn) -> None:
    answer = get(standin, LOCATION, page=99, size=200).json()

    assert answer["content"] == []
    assert answer["meta"]["last"] is True


def test_size_is_at_most_5000() -> None:
    with StandIn(DATA, locations=400, groups=6000) as standin:
        answer = get(standin, OFFER, size=9999).json()

    assert len(answer["content"]) == 5000
    assert answer["meta"]["last"] is False


def test_an_unknown_filter_is_refused_and_another_unknown_parameter_ignored(
    standin: StandIn,
) -> None:
    refused = get(standin, LOCATION, filter_instellingslocatie_provincie="x")
    ignored = get(standin, LOCATION, size=10, number=3, schooljaar=1999).json()

    assert refused.status_code == 400
    assert "Attribuut niet toegestaan" in refused.json()["message"]
    assert ignored == get(standin, LOCATION, size=10).json()


@pytest.mark.parametrize("params", [{"page": "x"}, {"size": "x"}, {"size": 0}])
def test_a_page_or_size_that_cannot_be_is_refused(
    standin: StandIn, params: dict[str, object]
) -> None:
    assert get(standin, LOCATION, **params).status_code == 400


def test_main_structures_overlap_and_together_hold_every_location(standin: StandIn) -> None:
    found = {code: {(r["instelling_nummer"], r["instellingslocatie_vestigingsnummer"])
                    for r in fetch(standin, LOCATION,
                                   filter_instellingslocatie_hoofdstructuur=code)}
             for code in (311, 312, 315, 321)}

    assert all(found.values())
    assert found[311] & found[312]
    assert len(set().union(*found.values())) == LOCATIONS


def test_schools_and_boards_are_told_apart_by_filter(standin: StandIn) -> None:
    schools = fetch(standin, INSTITUTION, filter_instelling_niveau="SO")
    boards = fetch(standin, INSTITUTION, filter_instelling_type=300)

    assert {r["instelling_soort_bestuur"]["code"] for r in boards} == {"1", "2", "4"}
    assert len(schools) + len(boards) == len(fetch(standin, INSTITUTION))


def test_the_first_page_can_be_one(source: Path) -> None:
    with StandIn(source, locations=30, groups=60, first_page=1) as standin:
        asked_zero = get(standin, LOCATION, page=0, size=10).json()
        pages = [get(standin, LOCATION, page=n, size=10).json() for n in (1, 2, 3)]

    assert asked_zero == pages[0]
    assert [p["meta"]["number"] for p in pages] == [1, 2, 3]
    assert [p["meta"]["last"] for p in pages] == [False, False, True]


def test_programme_groups_are_linked_by_their_next_page(standin: StandIn) -> None:
    url: str | None = standin.url + UNIT
    numbers = []
    while url:
        answer = requests.get(url, headers=KEY, timeout=10).json()
        numbers += [unit["structuuronderdeel_nummer"] for group in answer["gegevens"]
                    for unit in group["structuuronderdelen"]]
        url = answer["links"].get("next", {}).get("href")

    assert sorted(numbers) == sorted(int(p["nummer"]) for p in rows("opleidingen.csv"))


def test_an_unknown_path_is_404_and_requests_are_counted_per_path(standin: StandIn) -> None:
    assert get(standin, "/niets").status_code == 404
    get(standin, LOCATION, size=1)
    get(standin, LOCATION, size=2, headers={})

    assert standin.requests == {"/niets": 1, LOCATION: 2}


# What can go wrong


def test_unauthorised_refuses_the_right_key(standin: StandIn) -> None:
    standin.faults = Faults(unauthorised=True)

    assert get(standin, LOCATION).status_code == 401


def test_counted_failures_come_so_many_times_and_then_stop(standin: StandIn) -> None:
    standin.faults = Faults(too_many=2, server_error=1)
    answers = [get(standin, LOCATION) for _ in range(4)]

    assert [a.status_code for a in answers] == [429, 429, 500, 200]
    assert answers[0].headers["Retry-After"] == "1"


def test_setting_faults_again_starts_the_count_anew(standin: StandIn) -> None:
    standin.faults = Faults(server_error=1)
    get(standin, LOCATION)
    standin.faults = Faults(server_error=1)

    assert get(standin, LOCATION).status_code == 500


def test_slow_makes_a_reader_wait(standin: StandIn) -> None:
    standin.faults = Faults(slow=5)
    with pytest.raises(requests.ReadTimeout):
        requests.get(standin.url + LOCATION, headers=KEY, timeout=0.2)


def test_cut_off_json_cannot_be_read(standin: StandIn) -> None:
    standin.faults = Faults(cut_off=True)
    answer = get(standin, LOCATION)

    assert answer.status_code == 200
    assert answer.text.startswith('{"meta"')
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_missing_field_is_in_no_record(standin: StandIn) -> None:
    standin.faults = Faults(missing_field="instellingslocatie_postcode")

    assert not any("instellingslocatie_postcode" in r for r in fetch(standin, LOCATION))


def test_a_renamed_field_keeps_its_values_under_the_new_name(standin: StandIn) -> None:
    before = [r["inschrijvingen"] for r in fetch(standin, OFFER)]
    standin.faults = Faults(renamed_field=("inschrijvingen", "inschrijven"))
    after = fetch(standin, OFFER)

    assert [r["inschrijven"] for r in after] == before
    assert not any("inschrijvingen" in r for r in after)


def test_an_empty_page_has_no_records_but_is_not_the_last(standin: StandIn) -> None:
    standin.faults = Faults(empty_page=1)
    pages = [get(standin, LOCATION, page=n, size=100).json() for n in range(3)]

    assert [len(p["content"]) for p in pages] == [100, 0, 100]
    assert pages[1]["meta"]["last"] is False


def test_shrunken_keeps_a_share_of_the_organised_groups_only(standin: StandIn) -> None:
    standin.faults = Faults(shrunken=0.7)

    assert len(fetch(standin, OFFER)) == GROUPS * 7 // 10
    assert len(fetch(standin, LOCATION)) == LOCATIONS


@pytest.mark.parametrize("path", ALL)
def test_duplicate_keys_repeat_a_record(standin: StandIn, path: str) -> None:
    before = fetch(standin, path)
    standin.faults = Faults(duplicate_keys=True)

    assert fetch(standin, path) == [before[0], *before]


def test_a_wrong_content_type_is_a_web_page(standin: StandIn) -> None:
    standin.faults = Faults(wrong_content_type=True)
    answer = get(standin, LOCATION)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("faults", [
    {"unauthorised": True}, {"too_many": 9}, {"server_error": 9}, {"cut_off": True},
    {"wrong_content_type": True}, {"missing_field": "schooljaar"}, {"duplicate_keys": True},
])
def test_only_limits_a_fault_to_one_product(standin: StandIn, faults: dict[str, Any]) -> None:
    good = {path: get(standin, path, size=5).content for path in ALL}
    standin.faults = Faults(**faults, only="v2/administratievegroep")

    assert get(standin, GROUP, size=5).content != good[GROUP]
    assert all(get(standin, path, size=5).content == good[path] for path in ALL if path != GROUP)


# Starting and stopping


def test_a_stopped_stand_in_answers_no_more_even_on_an_open_connection(source: Path) -> None:
    with requests.Session() as session:
        with StandIn(source, locations=5, groups=10) as standin:
            url = standin.url + LOCATION
            assert session.get(url, headers=KEY, timeout=5).status_code == 200
        with pytest.raises(requests.ConnectionError):
            session.get(url, headers=KEY, timeout=5)
    with pytest.raises(CatalogueError, match="draait niet"):
        _ = standin.url


def test_stopping_does_not_wait_for_a_slow_answer(source: Path) -> None:
    standin = StandIn(source, locations=5, groups=10, faults=Faults(slow=60))
    with standin:
        with pytest.raises(requests.ReadTimeout):
            requests.get(standin.url + LOCATION, headers=KEY, timeout=0.2)
        began = time.monotonic()

    assert time.monotonic() - began < 5


def test_a_taken_port_is_told(source: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CatalogueError, match=f"Poort {port} is niet vrij"):
            StandIn(source, locations=5, groups=10, port=port).start()


# The command


def test_faults_are_read_from_words() -> None:
    assert parse_faults([]) == Faults()
    assert parse_faults([
        "unauthorised", "too_many=2", "slow=0.5", "cut_off=1", "duplicate_keys=0", "shrunken=0.7",
        "missing_field=a", "renamed_field=a:b", "empty_page=3", "only=instelling",
    ]) == Faults(unauthorised=True, too_many=2, slow=0.5, cut_off=True, shrunken=0.7,
                 missing_field="a", renamed_field=("a", "b"), empty_page=3, only="instelling")


@pytest.mark.parametrize("text", ["", "storm", "too_many", "too_many=x", "too_many=-1",
                                  "cut_off=ja", "shrunken=2", "renamed_field=a", "only="])
def test_a_fault_that_cannot_be_is_refused_in_dutch(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"De fout .*(Kies uit|Schrijf)"):
        parse_faults([text])

    result = CliRunner().invoke(standin_command, ["--fault", text])
    assert result.exit_code == 2
    assert "De fout" in result.output


def test_the_command_tells_the_address_and_the_key_and_stops_on_ctrl_c() -> None:
    # A shell that runs the tests in the background makes its children ignore Ctrl-C.
    run = ("import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
           "from bot.commands.standin import standin_command; standin_command()")
    process = subprocess.Popen(
        [sys.executable, "-c", run, "--port", "0", "--locations", "10", "--groups", "200",
         "--first-page", "1", "--fault", "too_many=1"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        key = process.stdout.readline().split()[-1]
        statuses = [requests.get(url + LOCATION, headers={"x-api-key": key}, timeout=10).status_code
                    for _ in range(2)]
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=10)
    finally:
        process.kill()

    assert statuses == [429, 200]
    assert rest.endswith("Gestopt.\n")
    assert process.returncode == 0
