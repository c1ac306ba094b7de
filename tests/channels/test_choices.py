"""Typed choices."""

from __future__ import annotations

import pytest

from bot.channels.choices import chosen, may_choose

BUTTONS = {"buttons": [{"payload": "onderwerp:mentor"}, {"payload": "taak:hulp"}]}
OFFERS = {"cards": [{"id": "school-1-2", "title": "A", "payload": "school:1-2"},
                    {"id": "school-3-4", "title": "B", "payload": "school:3-4"}],
          "buttons": [{"payload": "pad:88"}, {"payload": "meer:5"}]}


@pytest.mark.parametrize(("text", "payload"), [
    ("2", "taak:hulp"), ("de tweede", "taak:hulp"), ("ik neem het eerste", "onderwerp:mentor"),
    ("de laatste graag", "taak:hulp"), ("twee", "taak:hulp"), ("2e", None),
    ("nummer twee", "taak:hulp"), ("2 aub", "taak:hulp"), ("de 2de", "taak:hulp"),
    ("keuze 2", "taak:hulp"), ("antwoord 1", "onderwerp:mentor"), ("de 2de graad", None),
    ("3", None), ("meer", None), ("de tweede graad", None),
])
def test_a_number_or_an_ordinal_is_the_button_at_that_place(
    text: str, payload: str | None
) -> None:
    assert chosen(text, BUTTONS) == payload


def test_in_a_list_of_schools_the_schools_are_counted_and_more_goes_on() -> None:
    assert chosen("de tweede school", OFFERS) == "school:3-4"
    assert chosen("toon meer", OFFERS) == "meer:5"


def test_yes_takes_what_is_offered_but_chooses_nothing_when_asked_which() -> None:
    one = {"kind": "programme", "buttons": [{"payload": "taak:aanbod"}]}

    assert chosen("ja", one) == "taak:aanbod"
    assert chosen("ja", {**one, "ask": "which_programme"}) is None


@pytest.mark.parametrize("text", ["kapper in Gent", "de derde graad", "2de jaar"])
def test_an_ordinary_message_is_no_choice(text: str) -> None:
    assert not may_choose(text)
