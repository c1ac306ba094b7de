"""A page of schools: how many there are, how complete the list is, where its buttons lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.answers.compose.offers import compose_offers
from bot.answers.compose.results import OffersShown
from bot.answers.texts import Texts
from bot.catalogue.offers import Hit
from tests.answers.compose.offering import payloads, result, shown
from tests.answers.values import INFO, contract, hit, programme


def page(texts: Texts, hits: Sequence[Hit], start: int = 0) -> dict[str, Any]:
    """The answer with one page of five of a search that found all the hits."""
    return shown(texts, result(*hits[start:start + 5], found=len(hits),
                               nearest=hits[0] if hits else None), start=start)


def test_the_first_page_holds_five_schools_and_a_button_for_more(texts: Texts) -> None:
    said = page(texts, [hit(i, float(i)) for i in range(1, 13)])

    assert [c["title"] for c in said["cards"]] == [f"School {i}" for i in range(1, 6)]
    assert payloads(said)[0] == "meer:5"
    assert "7" in said["buttons"][0]["label"]
    assert "12 scholen" in said["text"]


@pytest.mark.parametrize(("number", "start", "cards", "more"), [
    (5, 0, 5, False), (6, 0, 5, True), (6, 5, 1, False), (10, 5, 5, False), (11, 5, 5, True)])
def test_more_is_offered_only_while_there_is_more(
    texts: Texts, number: int, start: int, cards: int, more: bool
) -> None:
    said = page(texts, [hit(i) for i in range(number)], start)

    assert len(said["cards"]) == cards
    assert any(p.startswith("meer:") for p in payloads(said)) is more


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 30))
def test_pressing_more_shows_every_school_once_in_order(texts: Texts, number: int) -> None:
    found, seen, start = [hit(i) for i in range(number)], [], 0
    while True:
        said = page(texts, found, start)
        seen += [c["school"] for c in said.get("cards", [])]
        more = [p for p in payloads(said) if p.startswith("meer:")]
        if not more:
            break
        start = int(more[0].removeprefix("meer:"))

    assert seen == [f"{i}-1" for i in range(number)]


def test_past_the_last_page_it_says_that_all_were_shown(texts: Texts) -> None:
    past = OffersShown(result(hit()), INFO, "", past=True)
    message = contract(compose_offers(past, texts))

    assert len(message["cards"]) == 1
    assert not any(p.startswith("meer:") for p in payloads(message))
    assert texts.say("aanbod", "alles_getoond") in message["text"]


def test_one_school_is_not_told_as_many(texts: Texts) -> None:
    assert texts.say("aanbod", "gevonden_een") in shown(texts, result(hit()))["text"]


def test_how_complete_the_list_is_is_told(texts: Texts) -> None:
    partly = shown(texts, result(hit(), known=3, total=36))
    unknown = shown(texts, result(hit(), known=3, total=None))
    whole = shown(texts, result(hit(), known=36, total=36))

    assert texts.say("aanbod", "onvolledig_totaal", totaal=36, gekend=3) in partly["text"]
    assert texts.say("aanbod", "onvolledig") in unknown["text"]
    assert "niet volledig" not in whole["text"]
    assert partly["as_of"] == {"school_year": "2026-2027", "date": "2026-10-09",
                               "complete": False, "known": 3, "total": 36}
    assert "total" not in unknown["as_of"]
    assert whole["as_of"]["complete"] is True


def test_one_programme_leads_to_what_comes_after_it(texts: Texts) -> None:
    long = programme("88", "Elektrotechnische installaties en onderhoud van gebouwen duaal " * 2)

    assert payloads(shown(texts, result(hit()))) == ["taak:pad", "taak:hulp"]
    assert payloads(shown(texts, result(hit(), programmes=(long,)))) == ["taak:pad", "taak:hulp"]


def test_several_programmes_become_at_most_three_to_choose_from(texts: Texts) -> None:
    many = tuple(programme(str(i), f"Opleiding {i} duaal") for i in range(5))

    assert payloads(shown(texts, result(hit(), programmes=many))) == [
        "opleiding:0", "opleiding:1", "opleiding:2", "taak:hulp"]
