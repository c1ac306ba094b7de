from datetime import date
from typing import Any

import pytest

from bot.answers.compose.about import compose_shorter, compose_sources
from bot.answers.compose.knowledge import compose_going_on, compose_topic
from bot.answers.texts import Texts
from tests.answers.values import contract
from tests.knowledge.values import TODAY, knowledge, topic

LONG = "Je leert op school.\n\nDe rest staat hier. En hier. En daar."


def asked(**changes: Any) -> Any:
    return topic(**{"text": "Dit is de kern. Dit hoort erbij. Dit is uitleg.", **changes})


def test_where_it_stands_gives_every_source_with_the_day_of_the_check(texts: Texts) -> None:
    about = asked()
    said = compose_sources(about, knowledge(about), {}, texts, TODAY)

    assert said is not None
    contract(said)
    assert said.topic == about.id
    assert about.question in said.text
    assert "1 september 2026" in said.text
    assert [(s.title, s.url) for s in said.sources] == [(s.title, s.url) for s in about.sources]


@pytest.mark.parametrize(("text", "kept", "left_out"), [
    ("Dit is de kern. Dit hoort erbij. Dit is uitleg.", "Dit is de kern. Dit hoort erbij.",
     "Dit is uitleg."),
    (LONG, "Je leert op school.", "De rest"),
])
def test_in_short_is_how_the_answer_begins_and_a_way_to_a_person(
    texts: Texts, text: str, kept: str, left_out: str
) -> None:
    about, other = asked(text=text, followups=("clb",)), topic("clb", button="Het CLB")
    said = compose_shorter(about, knowledge(about, other), {}, texts, TODAY)

    assert said is not None
    contract(said)
    assert kept in said.text
    assert left_out not in said.text
    assert [b.payload for b in said.buttons] == ["onderwerp:clb", "taak:hulp"]
    assert said.sources


def test_of_an_answer_that_is_not_told_any_more_nothing_is_told(texts: Texts) -> None:
    about = asked(review_by=date(2026, 9, 1), expires=date(2026, 10, 1))

    assert compose_sources(about, knowledge(about), {}, texts, date(2026, 11, 1)) is None
    assert compose_shorter(about, knowledge(about), {}, texts, date(2026, 11, 1)) is None


@pytest.mark.parametrize("compose", [compose_sources, compose_shorter])
def test_help_lines_are_said_whole_each_time(texts: Texts, compose: Any) -> None:
    about = asked(safety=True)
    whole = compose_topic(about, knowledge(about), {}, texts, TODAY)

    assert compose(about, knowledge(about), {}, texts, TODAY) == whole
    assert whole.kind == "safety"


def test_a_short_answer_that_is_overdue_says_so_first(texts: Texts) -> None:
    about = asked(review_by=date(2026, 9, 1), expires=date(2026, 12, 1))
    said = compose_shorter(about, knowledge(about), {}, texts, date(2026, 11, 1))

    assert said is not None
    assert said.text.startswith("Let op: dit antwoord is laatst nagekeken op 1 september 2026")


def test_an_answer_that_was_shown_before_says_so_and_help_lines_do_not(texts: Texts) -> None:
    about = asked()
    answer = compose_topic(about, knowledge(about), {}, texts, TODAY)
    need = compose_topic(asked(safety=True), knowledge(about), {}, texts, TODAY)
    again = compose_going_on(answer, texts)

    assert again.text.endswith(answer.text)
    assert again.text.startswith("Ik denk dat je antwoord hierin staat.")
    assert compose_going_on(need, texts) == need
