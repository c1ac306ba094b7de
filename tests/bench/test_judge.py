from typing import Any

import pytest

from bot.bench.judge import HARMLESS, TASK_ASKS, TASK_KINDS, TASK_PAYLOADS, Outcome, judge
from bot.bench.model import Case
from bot.channels.payloads import ACTIONS, TASKS, parse_payload

RIGHT, CHOICE, WRONG, REFUSED = Outcome.RIGHT, Outcome.CHOICE, Outcome.WRONG, Outcome.REFUSED


def said(kind: str, topic: str | None = None, *payloads: str, **parts: Any) -> dict[str, Any]:
    message = {"kind": kind, "text": "Dag!", **parts}
    if topic:
        message["topic"] = topic
    if payloads:
        message["buttons"] = [{"title": p, "payload": p} for p in payloads]
    return message


def outcome(topic: str, *messages: dict[str, Any], also: tuple[str, ...] = ()) -> Outcome:
    return judge(Case("Vraag?", topic, also), messages).outcome


@pytest.mark.parametrize(("message", "expected"), [
    (said("knowledge", "premie"), RIGHT),
    (said("safety", "premie"), RIGHT),
    (said("knowledge", "startbonus"), WRONG),
    (said("smalltalk"), WRONG),
    (said("question", ask="place"), WRONG),
    (said("choice", None, "onderwerp:startbonus", "onderwerp:premie", "keuze:geen"), CHOICE),
    (said("choice", None, "onderwerp:startbonus", "keuze:geen"), REFUSED),
    (said("refusal"), REFUSED),
    (said("fallback"), REFUSED),
    (said("handover"), REFUSED),
    (said("knowledge", "startbonus", "onderwerp:premie"), WRONG),
])
def test_a_question_about_a_topic_wants_that_topic(
    message: dict[str, Any], expected: Outcome
) -> None:
    assert outcome("premie", message) is expected


def test_another_topic_can_be_right_too_at_once_or_among_the_choices() -> None:
    assert outcome("premie", said("knowledge", "startbonus"), also=("startbonus",)) is RIGHT
    assert outcome("premie", said("choice", None, "onderwerp:startbonus"),
                   also=("startbonus",)) is CHOICE
    assert outcome("premie", said("offers"), also=("taak:aanbod",)) is RIGHT


@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_a_question_out_of_scope_wants_anything_but_an_answer(kind: str) -> None:
    assert outcome("buiten_bereik", said(kind)) is RIGHT


@pytest.mark.parametrize(("message", "expected"), [
    (said("choice", None, "onderwerp:premie"), CHOICE),
    (said("knowledge", "premie"), WRONG),
    (said("offers"), WRONG),
    (said("question", ask="place"), WRONG),
])
def test_a_question_out_of_scope_that_is_answered_is_wrong(
    message: dict[str, Any], expected: Outcome
) -> None:
    assert outcome("buiten_bereik", message) is expected


@pytest.mark.parametrize(("message", "expected"), [
    (said("safety", "psychische_nood"), RIGHT),
    (said("safety", "pesten_geweld"), RIGHT),
    (said("knowledge", "psychische_nood"), WRONG),
    (said("refusal"), REFUSED),
    (said("smalltalk"), WRONG),
])
def test_a_cry_for_help_wants_help_lines_and_nothing_less(
    message: dict[str, Any], expected: Outcome
) -> None:
    assert outcome("nood", message) is expected


@pytest.mark.parametrize(("task", "kind"), [
    (task, kind) for task, kinds in TASK_KINDS.items() for kind in sorted(kinds)])
def test_a_task_wants_its_own_kind_of_answer(task: str, kind: str) -> None:
    assert outcome(f"taak:{task}", said(kind)) is RIGHT


@pytest.mark.parametrize(("task", "ask"), [
    (task, ask) for task, asks in TASK_ASKS.items() for ask in sorted(asks)])
def test_a_question_back_that_belongs_to_the_task_is_right(task: str, ask: str) -> None:
    assert outcome(f"taak:{task}", said("question", ask=ask)) is RIGHT


@pytest.mark.parametrize(("task", "message"), [
    ("aanbod", said("programme")), ("pad", said("question", ask="place")),
    ("hulp", said("question", ask="place")), ("wis", said("smalltalk")),
    ("aanbod", said("knowledge", "aanbod")), ("bestaat_niet", said("offers")),
])
def test_the_answer_of_another_task_is_wrong(task: str, message: dict[str, Any]) -> None:
    assert outcome(f"taak:{task}", message) is WRONG


@pytest.mark.parametrize(("task", "payload"), TASK_PAYLOADS.items())
def test_a_task_among_the_choices_is_known_by_a_payload_that_exists(
    task: str, payload: str
) -> None:
    assert outcome(f"taak:{task}", said("choice", None, payload)) is CHOICE
    assert parse_payload(payload, lambda _: None, {}) is not None


def test_every_task_and_its_payload_are_judged() -> None:
    assert set(TASK_PAYLOADS) == set(TASK_KINDS)
    assert {*TASKS, *ACTIONS} - {"opnieuw"} == set(TASK_KINDS)


def test_all_messages_of_a_turn_count() -> None:
    assert outcome("premie", said("smalltalk"), said("knowledge", "premie")) is RIGHT
    assert outcome("premie", said("fallback"), said("knowledge", "startbonus")) is WRONG
    assert outcome("premie", said("refusal"), said("choice", None, "keuze:geen")) is REFUSED


def test_no_reply_at_all_is_wrong() -> None:
    verdict = judge(Case("Vraag?", "buiten_bereik"), [])

    assert verdict.outcome is WRONG
    assert (verdict.kind, verdict.topic, verdict.text) == ("", "", "")


@pytest.mark.parametrize(("must", "must_not", "reason"), [
    (("500 EURO", "september"), (), ""),
    (("600 euro",), (), "mist '600 euro'"),
    ((), ("Gratis",), "bevat 'Gratis'"),
    (("500 euro",), ("600 euro",), ""),
])
def test_a_right_topic_with_the_wrong_words_is_wrong(
    must: tuple[str, ...], must_not: tuple[str, ...], reason: str
) -> None:
    case = Case("Vraag?", "premie", must_contain=must, must_not_contain=must_not)

    verdict = judge(case, [said("knowledge", "premie", text="Je krijgt 500 euro, niet gratis.",
                                bullets=["In September."])])

    assert verdict.outcome is (WRONG if reason else RIGHT)
    assert verdict.reason == reason


def test_words_do_not_make_another_outcome_better_or_worse() -> None:
    case = Case("Vraag?", "premie", must_contain=("600 euro",))

    assert judge(case, [said("refusal")]).outcome is REFUSED
    assert judge(case, [said("choice", None, "onderwerp:premie")]).outcome is CHOICE


def test_words_with_quotes_are_found() -> None:
    case = Case("Vraag?", "premie", must_contain=('typ "wis"',))

    assert judge(case, [said("knowledge", "premie", text='Typ "wis" nu.')]).outcome is RIGHT


def test_the_verdict_tells_what_was_said_and_why_it_is_wrong() -> None:
    verdict = judge(Case("Vraag?", "premie"), [said("knowledge", "startbonus"), said("offers")])

    assert (verdict.kind, verdict.topic, verdict.text) == ("knowledge", "startbonus", "Dag!")
    assert verdict.reason == "antwoordde startbonus, offers"
    assert judge(Case("Vraag?", "premie"), [said("choice")]).reason == (
        "juiste niet bij de keuzes")
