from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.answers.compose.choice import choice, compose_choice, has_choices
from bot.answers.texts import Texts
from bot.channels.payloads import parse_payload
from tests.answers.values import contract
from tests.knowledge.values import knowledge, topic

KNOWN = knowledge(*(topic(f"t{i}", button=f"Knop {i}", question=f"Vraag {i}?") for i in range(5)))
TOPICS = [f"wat/t{i}" for i in range(5)]
TASKS = ["aanbod", "opleiding_info", "pad", "overdracht", "hulp_bot", "wis_gesprek"]
SMALL_TALK = ["groeten", "bedanken", "buiten_bereik", "wat/weg", "zorgen"]


def test_a_reading_is_shown_as_the_question_a_person_would_ask(texts: Texts) -> None:
    asked = compose_choice(["wat/t1", "aanbod"], KNOWN, texts, 0.4)

    assert (asked.kind, asked.confidence) == ("choice", 0.4)
    assert [(b.payload, b.label) for b in asked.buttons[:1]] == [("onderwerp:t1", "Vraag 1?")]
    assert [b.payload for b in asked.buttons] == ["onderwerp:t1", "taak:aanbod", "keuze:geen"]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TOPICS + TASKS + SMALL_TALK), unique=True))
def test_there_are_at_most_three_readings_and_always_none_of_these(
    texts: Texts, labels: list[str]
) -> None:
    buttons = contract(compose_choice(labels, KNOWN, texts)).get("buttons", [])
    possible = [label for label in labels if label not in SMALL_TALK]

    assert len(buttons) == min(3, len(possible)) + 1
    assert buttons[-1]["payload"] == "keuze:geen"
    assert buttons[-1]["title"].lower() == "geen van deze"
    assert len({b["payload"] for b in buttons}) == len(buttons)
    assert has_choices(labels, KNOWN, texts) is bool(possible)


def test_small_talk_is_skipped_and_does_not_take_the_place_of_a_reading(texts: Texts) -> None:
    asked = compose_choice(["groeten", "wat/t0", "bedanken", "wat/t1", "pad"], KNOWN, texts)

    assert [b.payload for b in asked.buttons] == [
        "onderwerp:t0", "onderwerp:t1", "taak:pad", "keuze:geen"]


def test_the_best_readings_come_first(texts: Texts) -> None:
    asked = compose_choice(["wat/t4", "wat/t2", "wat/t0", "wat/t1"], KNOWN, texts)

    assert [b.payload for b in asked.buttons[:3]] == [
        "onderwerp:t4", "onderwerp:t2", "onderwerp:t0"]


@pytest.mark.parametrize("label", [*TASKS, "wat/t0"])
def test_every_reading_leads_somewhere(texts: Texts, label: str) -> None:
    made = choice(label, KNOWN, texts)
    themes: dict[str, Any] = {}

    assert made is not None
    assert parse_payload(made.payload, lambda name: f"wat/{name}", themes) is not None
