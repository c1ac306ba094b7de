"""Example questions: what may be proposed, and the second editor who judges it."""

from __future__ import annotations

import re

import pytest

from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.example import OUTSIDE
from bot.testbench.examples import Examples
from tests.testbench.conftest import Bench
from tests.testbench.editing import NEED


@pytest.mark.parametrize(("topic", "text", "code"), [
    ("startbonus", "Startbonus 500 of 750 euro?", "dubbel"), ("clb", "startbonus aanvragen "
                                                               "online", "dubbel"),
    ("bestaatniet", "een vraag", "onderwerp"), ("startbonus", "ik wil dood", "nood"),
    ("startbonus", " ", "leeg"),
])
def test_an_example_that_teaches_nothing_or_may_not_be_kept_is_refused(
    examples: Examples, topic: str, text: str, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        examples.propose(topic, text, "a1")

    assert caught.value.code == code
    assert examples.waiting() == []


def test_no_example_becomes_an_entity_of_rasa(examples: Examples) -> None:
    number = examples.propose("startbonus", "krijg ik [een premie](bedrag) of [x]{y}", "a1")
    example = examples.get(number)

    assert example
    assert "](" not in example.text
    assert "]{" not in example.text


def test_examples_are_approved_on_the_page_by_another_editor(editable: Bench) -> None:
    one, two = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    assert re.search(r'name="onderwerp" required>\s*<option value="">Kies een onderwerp</option>',
                     one.get("/wijzigingen").text)
    nothing = one.post("/voorbeelden", {"onderwerp": "", "tekst": "waar blijft de bonus toch"})
    assert nothing.status_code == 400
    assert "Kies bij welk onderwerp" in nothing.text
    one.post("/voorbeelden", {"onderwerp": "startbonus", "tekst": "waar blijft de bonus toch"})

    assert one.post("/voorbeelden/1/goed").status_code == 400
    page = two.get("/wijzigingen").text
    assert "waar blijft de bonus toch" in page
    assert "Voorgesteld door Een op" in page
    assert "volgende training" in two.follow(two.post("/voorbeelden/1/goed")).text
    assert "1 goedgekeurd" in one.get("/wijzigingen").text


def test_only_the_author_takes_back_an_example_and_only_another_refuses_it(
    editable: Bench
) -> None:
    one, two = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    one.post("/voorbeelden", {"onderwerp": "startbonus", "tekst": "waar blijft de bonus toch"})

    assert 'action="/voorbeelden/1/terug"' in one.get("/wijzigingen").text
    assert 'action="/voorbeelden/1/terug"' not in two.get("/wijzigingen").text
    assert two.post("/voorbeelden/1/terug").status_code == 400
    assert one.post("/voorbeelden/1/weiger", {"reden": "toch niet"}).status_code == 400
    shown = one.follow(one.post("/voorbeelden/1/terug")).text
    assert "Je vraag is teruggenomen" in shown
    assert 'action="/voorbeelden/1/goed"' not in two.get("/wijzigingen").text
    assert two.post("/voorbeelden/1/goed").status_code == 400
    assert "<td>teruggenomen</td>" in shown


def test_a_question_that_the_file_cannot_hold_is_refused_when_it_is_proposed(
    examples: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.testbench.examples.clean", lambda text, limit: text)
    with pytest.raises(InputError, match="tekens"):
        examples.propose("startbonus", "waar blijft\u2028de bonus toch", "a1")
    assert examples.waiting() == []


def test_an_example_of_somebody_in_need_is_not_kept_nor_are_their_words_in_a_refusal(
    examples: Examples
) -> None:
    for topic, text in (("startbonus", NEED), ("pesten_geweld", "pesten ze je soms")):
        with pytest.raises(InputError, match="nood"):
            examples.propose(topic, text, "a1")
    assert examples.waiting() == []
    number = examples.propose("startbonus", "waar blijft de bonus toch", "a1")
    with pytest.raises(InputError, match="noodkreet"):
        examples.refuse(number, "b2", NEED)
    examples.refuse(number, "b2", "zie jan@school.be")
    example = examples.get(number)
    assert example
    assert example.answer == "zie [e-mail]"


def test_what_the_bot_answers_with_help_lines_is_no_example_whatever_its_words(bench: Bench
                                                                               ) -> None:
    bench.desk.worker.start()
    examples: Examples = bench.desk.store(Examples)
    editor, text = bench.person(Role.EDITOR), "ik word gepest op mijn werk"
    refused = editor.post("/voorbeelden", {"onderwerp": "startbonus", "tekst": text})

    assert refused.status_code == 400
    assert "gaat over nood" in refused.text
    assert text not in [e.text for e in examples.waiting()]


@pytest.mark.parametrize(("form", "reason", "field"), [
    ({"tekst": "startbonus"}, "Deze vraag staat al bij startbonus", "tekst"),
    ({"tekst": NEED}, "gaat over nood", "tekst"),
    ({"tekst": "bonus " * 100}, "hoogstens 500 tekens", "tekst"),
    ({"tekst": " "}, "is leeg", "tekst"),
    ({"onderwerp": ""}, "Kies bij welk onderwerp", "onderwerp")])
def test_a_refused_question_is_still_in_the_form_with_the_reason(
    editable: Bench, form: dict[str, str], reason: str, field: str
) -> None:
    editor = editable.person(Role.EDITOR)
    typed = {"tekst": "waar blijft de bonus toch", "onderwerp": "clb", **form}
    answer = editor.post("/voorbeelden", typed)

    assert answer.status_code == 400
    shown = answer.text.rpartition("<details open>")[2].partition("</details>")[0]
    assert reason in shown
    assert f'value="{typed["tekst"].strip()}"' in shown
    assert ('value="clb" selected' in shown) == (typed["onderwerp"] == "clb")
    assert re.search(rf'name="{field}"[^>]* aria-invalid="true" '
                     'aria-describedby="fout-voorbeeld" autofocus>', shown)
    assert reason in answer.text.partition('role="alert"')[2].partition("</p>")[0]
    assert editable.desk.store(Examples).waiting() == []
    assert "<details open>" not in editor.get("/wijzigingen").text


def test_a_question_stays_typed_when_the_file_of_its_topic_cannot_be_read(editable: Bench) -> None:
    (editable.desk.settings.root / "data/nlu/gesprek/buiten_bereik.yml").unlink()
    answer = editable.person(Role.EDITOR).post(
        "/voorbeelden", {"tekst": "waar blijft de bonus toch", "onderwerp": OUTSIDE})

    assert answer.status_code == 409
    assert 'value="waar blijft de bonus toch"' in answer.text
