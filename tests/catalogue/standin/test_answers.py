"""The stand-in answers as the API was seen to."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from bot.catalogue.standin.products import INSTITUTION, LOCATION, OFFER, UNIT
from bot.catalogue.standin.server import StandIn
from tests.catalogue.standin.asking import ALL, DATA, KEY, LOCATIONS, fetch, get, rows


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
