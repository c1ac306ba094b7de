"""Onbeantwoord: alike questions together, and one step to an example, out of scope or gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.example import OUTSIDE
from bot.testbench.examples import LONGEST, Examples
from bot.testbench.grouping import groups
from bot.unanswered import Question, read, save
from tests.testbench.conftest import Bench, Client, own_content, served

DAY = date(2026, 11, 2)
VACATION = ("hoeveel vakantie heb ik", "hoeveel vakantiedagen krijg ik",
            "hoeveel dagen vakantie krijg je")
BUS = ("kan ik met de bus naar mijn werk", "is er een bus naar mijn werkplek",
       "bus naar de werkplek")
SMOKE = ("mag ik roken op mijn werkplek", "mag je roken op t werk")


@pytest.fixture
def keeping(settings: Settings, model: Path, tmp_path: Path) -> Iterator[Bench]:
    """A bench of a bot that keeps questions without an answer."""
    own = replace(own_content(settings, tmp_path), unanswered=True)
    with served(own, model, load=False) as made:
        yield made


def questions(*texts: str) -> list[Question]:
    return [Question(DAY + timedelta(days=i), text, "geweigerd", f"{i:04}")
            for i, text in enumerate(texts)]


def keep(bench: Bench, *texts: str) -> None:
    save(bench.desk.settings.unanswered_file, questions(*texts))


def first_group(person: Client) -> tuple[str, str]:
    """The ids and the proposed text of the first group on the page."""
    page = person.get("/onbeantwoord").text
    ids, text = re.search(r'name="vragen" value="([^"]+)"', page), re.search(
        r'name="tekst" value="([^"]+)"', page)
    assert ids
    assert text
    return ids[1], text[1]


def test_questions_that_are_alike_stand_together_and_others_do_not() -> None:
    found = groups(questions(*VACATION, *BUS, *SMOKE))

    assert {frozenset(q.text for q in group.questions) for group in found} == {
        frozenset(VACATION), frozenset(BUS), frozenset(SMOKE)}


def test_the_group_with_the_newest_question_comes_first() -> None:
    found = groups(questions(*BUS, *VACATION, *SMOKE))

    assert [group.newest for group in found] == sorted(
        (group.newest for group in found), reverse=True)
    assert found[0].questions[0].text in SMOKE


@limits(max_examples=30, deadline=None)
@given(st.permutations(questions(*VACATION, *BUS, *SMOKE, "[naam]", "???")))
def test_the_order_in_which_questions_come_does_not_change_the_groups(mixed: list[Question]
                                                                      ) -> None:
    assert groups(mixed) == groups(questions(*VACATION, *BUS, *SMOKE, "[naam]", "???"))


@limits(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_question_is_lost_whatever_was_typed(typed: list[str]) -> None:
    asked = questions(*typed)

    assert sorted(q.id for group in groups(asked) for q in group.questions) == [
        q.id for q in asked]


def test_a_tester_may_not_see_questions(keeping: Bench) -> None:
    assert keeping.person(Role.TESTER).get("/onbeantwoord").status_code == 403


def test_when_it_is_off_the_page_says_so_and_shows_nothing(editable: Bench) -> None:
    keep(editable, *BUS)
    page = editable.person(Role.EDITOR).get("/onbeantwoord").text

    assert "Dit staat uit" in page
    assert BUS[0] not in page


def test_one_step_makes_a_group_an_example_of_a_topic(keeping: Bench) -> None:
    keep(keeping, *BUS)
    person = keeping.person(Role.EDITOR)
    ids, text = first_group(person)

    shown = person.follow(person.post("/onbeantwoord/voorbeeld", {
        "vragen": ids, "tekst": text, "onderwerp": "mentor"})).text

    assert "voorgesteld als voorbeeld" in shown
    proposed, = keeping.desk.store(Examples).waiting()
    assert (proposed.topic, proposed.text) == ("mentor", text)
    assert read(keeping.desk.settings.unanswered_file) == []


def test_one_step_tells_the_bot_that_it_is_out_of_scope(keeping: Bench) -> None:
    keep(keeping, "gaat het morgen in Oostende sneeuwen of niet")
    person = keeping.person(Role.EDITOR)
    ids, text = first_group(person)
    person.post("/onbeantwoord/voorbeeld", {"vragen": ids, "tekst": text, "onderwerp": OUTSIDE})

    assert [e.topic for e in keeping.desk.store(Examples).waiting()] == [OUTSIDE]


def test_one_step_takes_a_group_away_and_leaves_the_others(keeping: Bench) -> None:
    keep(keeping, *BUS, *SMOKE)
    person = keeping.person(Role.EDITOR)
    ids, _ = first_group(person)
    shown = person.follow(person.post("/onbeantwoord/weg", {"vragen": ids})).text

    assert "2 vragen gewist" in shown
    assert {q.text for q in read(keeping.desk.settings.unanswered_file)} == set(BUS)
    again = person.post("/onbeantwoord/weg", {"vragen": ids})
    assert again.status_code == 400
    assert "Iemand anders was je voor" in again.text


@pytest.mark.parametrize("form", [{"onderwerp": ""}, {"onderwerp": "bestaat_niet"}, {"tekst": ""}])
def test_a_form_that_is_not_right_loses_no_question(keeping: Bench, form: dict[str, str]) -> None:
    keep(keeping, *BUS)
    person = keeping.person(Role.EDITOR)
    ids, text = first_group(person)
    answer = person.post("/onbeantwoord/voorbeeld", {
        "vragen": ids, "tekst": text, "onderwerp": "mentor", **form})

    assert answer.status_code == 400
    assert len(read(keeping.desk.settings.unanswered_file)) == len(BUS)
    assert keeping.desk.store(Examples).waiting() == []


def test_what_people_typed_never_becomes_markup(keeping: Bench) -> None:
    keep(keeping, "<b onclick=x>wat is dit</b>")
    page = keeping.person(Role.EDITOR).get("/onbeantwoord").text

    assert "<b onclick" not in page
    assert "&lt;b onclick" in page


@pytest.mark.parametrize(("form", "reason", "field"), [
    ({"tekst": "startbonus"}, "Deze vraag staat al bij startbonus", "tekst"),
    ({"tekst": "ik wil dood"}, "gaat over nood", "tekst"),
    ({"tekst": "bus " * LONGEST}, f"hoogstens {LONGEST} tekens", "tekst"),
    ({"onderwerp": ""}, "Kies bij welk onderwerp", "onderwerp")])
def test_a_refused_question_stands_in_the_form_of_its_group_with_the_reason(
    keeping: Bench, form: dict[str, str], reason: str, field: str
) -> None:
    keep(keeping, *SMOKE, *BUS)
    person = keeping.person(Role.EDITOR)
    page = person.get("/onbeantwoord").text
    ids = re.findall(r'name="vragen" value="([^"]+)"', page)[-1]
    typed = {"tekst": "rijdt er een bus", "onderwerp": "mentor", **form}
    answer = person.post("/onbeantwoord/voorbeeld", {"vragen": ids, **typed})

    assert answer.status_code == 400
    first, last = answer.text.split("<section")[1:]
    assert reason not in first
    assert reason in last.partition('id="fout-voorbeeld">')[2].partition("</p>")[0]
    assert f'value="{typed["tekst"].strip()}"' in last
    assert ('value="mentor" selected' in last) == (typed["onderwerp"] == "mentor")
    assert re.search(rf'name="{field}"[^>]* aria-invalid="true" '
                     'aria-describedby="fout-voorbeeld" autofocus>', last)
    assert answer.text.count("fout-voorbeeld") == 2
    assert len(read(keeping.desk.settings.unanswered_file)) == len(SMOKE + BUS)
    assert keeping.desk.store(Examples).waiting() == []
