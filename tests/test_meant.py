"""What is answered to a message that may lean on the answer before it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import nlg, resources
from bot.meant import meant as meant_after
from bot.settings import Settings

SHOWN = "startbonus"


def parsed(alone: str, text: str = "en dat dan", outside: float = -1.0, **scores: float
           ) -> dict[str, Any]:
    names = {name.replace("__", "/"): score for name, score in scores.items()}
    names["wat/wat_is_duaal"] = -1.0  # the least likely: what a topic beyond it counts for
    return {"text": text, "alleen": alone, "weging": {
        "text": text, "scores": names, "outside": outside, "inside": 1.0}}


def meant(found: dict[str, Any], response: str = "utter_leunt", shown: str = SHOWN
          ) -> tuple[str, dict[str, Any]]:
    return meant_after(response, found, resources.knowledge().get(shown))


@pytest.mark.parametrize(("scores", "response"), [
    ({"wis_gesprek": 3.0}, "utter_keuze"),
    ({"hulp__pesten_geweld": 3.0}, "utter_keuze"),
    ({"aanbod": 3.0}, "utter_keuze"),
    ({"bedanken": 3.0}, "utter_bedanken"),
    ({"werkdag__ziek": 3.0}, "utter_werkdag/ziek"),
])
def test_neither_erasing_nor_help_lines_nor_a_search_is_done_on_a_guess(
    settings: Settings, scores: dict[str, float], response: str
) -> None:
    assert meant(parsed("twijfel", **scores), "utter_keuze")[0] == response


def test_the_topic_that_was_shown_is_said_to_be_shown_again(settings: Settings) -> None:
    response, more = meant(parsed("werkdag/ziek", geld__startbonus=0.1, werkdag__ziek=0.1))

    assert response == "utter_geld/startbonus"
    assert more == {"verder": True}


def test_help_lines_that_were_shown_are_no_answer_to_lean_on(settings: Settings) -> None:
    found = parsed("werkdag/ziek", "mag dat dan", werkdag__ziek=0.1)

    assert meant(found, shown="psychische_nood") == ("utter_werkdag/ziek", {})


@pytest.mark.parametrize(("alone", "text", "response"), [
    ("werkdag/ziek", "mag dat dan als ik ziek ben", "utter_werkdag/ziek"),
    ("werkdag/ziek", "en mag dat dan", "utter_keuze"),
    ("twijfel", "mag dat", "utter_keuze"),
    ("buiten_bereik", "mag dat", "utter_buiten_bereik"),
])
def test_without_an_answer_before_it_a_message_is_read_on_its_own(
    settings: Settings, alone: str, text: str, response: str
) -> None:
    found = parsed(alone, text, werkdag__ziek=1.0)

    assert meant_after("utter_leunt", found, None) == (response, {})


def test_what_is_out_of_scope_stays_so_unless_a_topic_is_likely(settings: Settings) -> None:
    found = parsed("buiten_bereik", outside=3.0, werkdag__ziek=0.1)

    for response in ("utter_buiten_bereik", "utter_leunt"):
        assert meant(found, response) == ("utter_buiten_bereik", {})


def test_a_message_that_was_not_weighed_keeps_its_response(settings: Settings) -> None:
    topic = resources.knowledge().get(SHOWN)

    assert meant_after("utter_wat/wat_is_duaal", {}, topic) == ("utter_wat/wat_is_duaal", {})
    assert meant_after("utter_leunt", {}, None) == ("utter_keuze", {})


def test_a_topic_that_an_editor_took_away_is_told_as_not_understood(settings: Settings) -> None:
    gone = nlg.compose("utter_geld/bestaat_niet_meer", {"text": "x"}, {})

    assert gone.kind == "fallback"
    assert gone.buttons
