"""Every way in which the stand-in can go wrong."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from click.testing import CliRunner

from bot.catalogue.standin.faults import Faults, parse_faults
from bot.catalogue.standin.products import GROUP, LOCATION, OFFER
from bot.catalogue.standin.server import StandIn
from bot.commands.standin import standin_command
from bot.errors import CatalogueError
from tests.catalogue.standin.asking import ALL, GROUPS, KEY, LOCATIONS, fetch, get


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
