"""The card of one school: how to reach it, how far it is, what it offers and whether it is open."""

from __future__ import annotations

import pytest

from bot.answers.compose.offers import offered_line
from bot.answers.texts import Texts
from bot.catalogue.offers import Hit
from tests.answers.compose.offering import result, shown
from tests.answers.values import hit, offered, school


def test_a_card_names_the_school_and_how_to_reach_it(texts: Texts) -> None:
    found = result(Hit(school(1, phone="09 1"), (offered(),), 2.0), hit(2))
    first, second = shown(texts, found)["cards"]

    assert (first["title"], first["subtitle"]) == ("School 1", "Markt 1, 9000 Gent")
    assert (first["phone"], first["url"]) == ("09 1", "https://example.org/1")
    assert (first["school"], first["payload"], first["programme"]) == ("1-1", "school:1-1", "88")
    assert "phone" not in second


def test_a_school_next_door_has_a_distance_and_no_exactness_it_cannot_have(texts: Texts) -> None:
    said = shown(texts, result(hit(1, 0.04), hit(2, 3.44)))

    assert said["cards"][0]["distance_km"] == 0.0
    assert "minder dan 1 km in vogelvlucht" in said["cards"][0]["lines"]
    assert said["cards"][1]["distance_km"] == 3.4
    assert "3,4 km in vogelvlucht" in said["cards"][1]["lines"]


@pytest.mark.parametrize(("opens", "told"), [
    ((True,), True), ((False,), False), ((None,), None), ((False, True), True),
    ((True, None), True), ((False, None), None), ((False, False), False),
])
def test_a_school_is_closed_only_when_every_trajectory_is(
    texts: Texts, opens: tuple[bool | None, ...], told: bool | None
) -> None:
    trajectories = (offered(str(i), state) for i, state in enumerate(opens))

    assert shown(texts, result(hit(1, None, *trajectories)))["cards"][0].get("open") is told


def test_enrolment_is_told_as_open_closed_or_unknown(texts: Texts) -> None:
    lines = {state: offered_line(offered(opens=state), texts) for state in (True, False, None)}

    assert len(set(lines.values())) == 3
    assert lines[True] == ("Elektrische installaties duaal, 5de en 6de jaar: "
                           + texts.say("aanbod", "open"))
    assert offered_line(offered(years=()), texts).startswith("Elektrische installaties duaal: ")


def test_a_school_with_much_to_offer_shows_six_lines_and_counts_the_rest(texts: Texts) -> None:
    many = tuple(offered(str(i), title=f"Opleiding {i}") for i in range(9))
    card = shown(texts, result(hit(1, None, *many)))["cards"][0]

    assert [line.partition(",")[0] for line in card["lines"][:6]] == [
        f"Opleiding {i}" for i in range(6)]
    assert card["lines"][6:] == [texts.say("aanbod", "nog", aantal=3)]
    assert "programme" not in card
