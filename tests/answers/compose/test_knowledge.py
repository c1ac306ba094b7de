from datetime import date
from typing import Any

import pytest

from bot.answers.compose.knowledge import compose_topic
from bot.answers.model import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Facts
from tests.answers.values import contract
from tests.knowledge.values import TODAY, fact, knowledge, topic

FACTS: Facts = {"premie": fact("premie", "500 euro", "2026-09-01", "2026-12-31")}
DATED = {"review_by": date(2027, 1, 31), "expires": date(2027, 6, 30)}
SECRET = "Dit leer je duaal."


def answer(texts: Texts, today: date = TODAY, **changes: Any) -> Answer:
    asked = topic(**{"text": SECRET, **changes})
    other = topic("clb", button="Het CLB", question="Wat is het CLB?")
    composed = compose_topic(asked, knowledge(asked, other), FACTS, texts, today)
    contract(composed)
    return composed


def test_a_current_answer_is_given_whole_with_its_source_and_day(texts: Texts) -> None:
    said = answer(texts, date(2027, 1, 31), followups=("clb",), **DATED)

    assert (said.kind, said.topic, said.title) == ("knowledge", "wat_is_duaal",
                                                   "Leren op twee plaatsen")
    assert said.text == SECRET
    assert said.bullets == ("Op school leer je drie dagen.",)
    assert (said.sources[0].checked, said.sources[0].published) == ("2026-09-01", "2026")
    assert said.sources[0].url == "https://example.org/duaal"
    assert [(b.title, b.payload, b.label) for b in said.buttons] == [
        ("Het CLB", "onderwerp:clb", "Wat is het CLB?")]


def test_an_overdue_answer_says_first_when_it_was_last_checked(texts: Texts) -> None:
    said = answer(texts, date(2027, 2, 1), **DATED)

    warning, text = said.text.split("\n\n")
    assert "1 september 2026" in warning
    assert text == SECRET
    assert said.kind == "knowledge"
    assert said.bullets


def test_an_expired_answer_is_never_shown(texts: Texts) -> None:
    said = answer(texts, date(2027, 7, 1), **DATED)

    assert said.kind == "fallback"
    assert SECRET not in str(said)
    assert not said.bullets
    assert said.text == texts.say("kennis", "vervallen", vraag="Wat is duaal leren?")


def test_an_unwritten_answer_says_so(texts: Texts) -> None:
    said = answer(texts, written=False, title="")

    assert said.kind == "fallback"
    assert SECRET not in str(said)
    assert said.text == texts.say("kennis", "in_opmaak", vraag="Wat is duaal leren?")


@pytest.mark.parametrize("changes", [{"written": False}, {"expires": date(2026, 1, 1)}],
                         ids=["unwritten", "expired"])
def test_without_an_answer_the_source_and_two_ways_on_stay(
    texts: Texts, changes: dict[str, Any]
) -> None:
    said = answer(texts, **changes)

    assert said.sources[0].url == "https://example.org/duaal"
    assert [b.payload for b in said.buttons] == ["onderwerp:clb", "actie:help"]
    assert said.topic is None


def test_numbers_are_filled_in_while_they_hold(texts: Texts) -> None:
    said = answer(texts, date(2026, 12, 31), text="Je krijgt {premie}.",
                  bullets=("Ja, {premie}.",))

    assert said.text == "Je krijgt 500 euro."
    assert said.bullets == ("Ja, 500 euro.",)


@pytest.mark.parametrize("changes", [
    {"text": "Je krijgt {premie}."}, {"bullets": ("Ja, {premie}.",)}, {"text": "Ook {weg}."}],
    ids=["in the text", "in a bullet", "unknown"])
def test_a_number_that_holds_no_longer_makes_the_answer_expired(
    texts: Texts, changes: dict[str, Any]
) -> None:
    said = answer(texts, date(2027, 1, 1), **changes)

    assert said.kind == "fallback"
    assert "500 euro" not in str(said)
    assert "{" not in said.text


def test_a_number_that_does_not_hold_yet_is_not_shown_either(texts: Texts) -> None:
    assert answer(texts, date(2026, 8, 31), text="{premie}").kind == "fallback"


def test_an_expired_number_counts_for_more_than_an_overdue_answer(texts: Texts) -> None:
    said = answer(texts, date(2027, 2, 1), text="Je krijgt {premie}.", **DATED)

    assert said.text == texts.say("kennis", "vervallen", vraag="Wat is duaal leren?")


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 1), date(2050, 1, 1)],
                         ids=["current", "overdue", "expired"])
def test_help_lines_never_disappear_and_nothing_stands_before_them(
    texts: Texts, today: date
) -> None:
    said = answer(texts, today, safety=True, text="Bel 1813.", bullets=("Of bel {premie}.",),
                  **DATED)

    assert (said.kind, said.text) == ("safety", "Bel 1813.")
    assert said.bullets == ("Of bel 500 euro.",)


def test_help_lines_are_given_even_when_they_are_not_vetted_yet(texts: Texts) -> None:
    assert answer(texts, safety=True, written=False).text == SECRET


def test_a_follow_up_that_does_not_exist_is_not_offered(texts: Texts) -> None:
    said = answer(texts, followups=("weg", "clb"))

    assert [b.payload for b in said.buttons] == ["onderwerp:clb"]
