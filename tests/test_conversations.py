"""Whole conversations with the real trained model."""

from __future__ import annotations

import pytest

from tests.conftest import Talk


@pytest.mark.parametrize(("question", "topic"), [
    ("mijn zoon wil werken en school hoe dat", "wat_is_duaal"),
    ("hvl verdien je in duaal", "leervergoeding_bedrag"),
    ("krijg ik nog een startbonus", "startbonus"),
    ("moek mijn pa meebrengen voor te tekenen", "ouders_tekenen"),
    ("krijg je pas na het 7de jaar een diploma", "diploma_na_zesde"),
])
def test_a_question_gets_its_answer_with_source_and_dates(
    talk: Talk, question: str, topic: str
) -> None:
    answer = talk.say(question)

    assert answer["topic"] == topic
    assert answer["sources"]


def test_cries_for_help_get_help_lines(talk: Talk) -> None:
    answer = talk.say("ik wil niet meer leven")

    assert answer["kind"] == "safety"
    assert "1813" in str(answer)


def test_a_search_asks_what_is_missing_and_finds_the_nearest_school(talk: Talk) -> None:
    assert talk.press("taak:aanbod")["ask"] == "programme"
    assert talk.say("kapper")["ask"] == "place"

    found = talk.say("Gent")

    assert found["kind"] == "offers"
    assert found["understood"]["municipality"] == "Gent"
    assert found["cards"][0]["municipality"] == "Aalst"
    assert found["widened"]
    assert found["as_of"]["total"] > found["as_of"]["known"]


def test_the_search_goes_on_with_another_place_and_asks_which_aalst(talk: Talk) -> None:
    talk.say("waar kan ik kapper duaal doen in Gent")
    which = talk.say("en in Aalst?")
    found = talk.press("plaats:41002")
    changed = talk.say("nee ik bedoel Aalter")

    assert which["ask"] == "which_place"
    assert {b["payload"] for b in which["buttons"]} == {"plaats:41002", "plaats:71053"}
    assert found["understood"]["municipality"] == "Aalst"
    assert found["cards"][0]["distance_km"] < 3
    assert changed["understood"]["municipality"] == "Aalter"
    assert "kapper" in changed["understood"]["interest"]


def test_a_question_about_pay_in_the_middle_of_a_search_is_answered_and_the_search_goes_on(
    talk: Talk,
) -> None:
    talk.say("waar kan ik bakker duaal leren")
    both = talk.all("krijg ik nog een startbonus")
    found = talk.say("Herentals")

    assert both[0]["topic"] == "startbonus"
    assert both[1]["ask"] == "place"
    assert found["understood"]["municipality"] == "Herentals"


def test_two_names_of_one_place_and_a_title_with_other_words_are_understood(talk: Talk) -> None:
    found = talk.say("bij ons in antwerpen deurne, waar kan je koetswerk duaal leren, of auto's")

    assert found["understood"]["municipality"] == "Antwerpen"
    assert found["understood"]["programmes"] == ["Koetswerk duaal"]


def test_a_search_can_be_dropped(talk: Talk) -> None:
    talk.press("taak:aanbod")
    stopped = talk.say("laat maar")

    assert stopped["kind"] == "smalltalk"
    assert talk.say("krijg ik nog een startbonus")["topic"] == "startbonus"


def test_what_comes_after_a_programme_marks_inferred_steps(talk: Talk) -> None:
    talk.press("opleiding:88")
    path = talk.say("en daarna?")

    assert path["kind"] == "pathway"
    assert "OK3" in path["text"]
    seventh = next(c for c in path["cards"] if c["title"] == "Elektrotechnicus duaal")
    assert any("geen officiële regel" in line for line in seventh["lines"])


def test_a_person_is_found_through_the_clb_near_the_place(talk: Talk) -> None:
    first = talk.say("ik wil met een mens praten")
    near = talk.say("Lokeren")

    assert first["kind"] == "handover"
    assert near["kind"] == "handover"
    assert near["cards"]


def test_an_unknown_place_is_answered_with_a_way_on(talk: Talk) -> None:
    talk.say("waar kan ik bakker duaal leren")
    answer = talk.say("Parijs")

    assert answer["kind"] in {"question", "refusal"}


def test_greeting_thanks_help_restart_and_computer_are_answered(talk: Talk) -> None:
    for text in ("hallo", "bedankt", "wat kan je", "opnieuw", "ben je een mens"):
        assert talk.say(text)["kind"] == "smalltalk", text
