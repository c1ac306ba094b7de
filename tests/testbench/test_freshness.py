"""Versheid: the page, checks of sources on request, and the kill switch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import resources
from bot.channels.feedback import Feedback, save_feedback
from bot.knowledge.silence import EVERYTHING, load_silence
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.link_checks import Links
from bot.testbench.links import LinkState
from bot.testbench.sources import sources
from tests.testbench.conftest import Bench, Client, own_content, served
from tests.testbench.test_links import Web


def test_every_source_of_answers_facts_and_texts_is_one_that_can_be_checked(settings: Settings
                                                                            ) -> None:
    found = sources(resources.knowledge(), resources.facts(), resources.texts().entries)

    for topic in resources.knowledge():
        assert all(topic.id in found[source.url] for source in topic.sources)
    assert any("gesprek.yml" in users for users in found.values())
    assert all(url.startswith("http") for url in found)


def silence_form(topic: str = "startbonus", reason: str = "bron gewijzigd") -> dict[str, str]:
    return {"onderwerp": topic, "reden": reason}


def test_an_editor_silences_an_answer_and_lets_it_speak_again_and_both_are_listed(
    editable: Bench
) -> None:
    person = editable.person(Role.EDITOR, "Redactie Proef")
    file = editable.desk.settings.silence_file

    shown = person.follow(person.post("/versheid/stil", silence_form())).text
    assert load_silence(file).covers("startbonus")
    assert "is nu stil" in shown
    assert "bron gewijzigd" in shown
    person.follow(person.post("/versheid/spreek", {"onderwerp": "startbonus"}))
    assert not load_silence(file).covers("startbonus")
    log = json.loads(file.read_text())["gebruik"]
    assert [(use["wie"], use["stil"]) for use in log] == [
        ("Redactie Proef", True), ("Redactie Proef", False)]
    assert person.get("/versheid").text.count("<td>Redactie Proef</td>") == 2


@pytest.mark.parametrize("form", [
    silence_form(reason=""), silence_form(reason="   "), silence_form("bestaat_niet"),
    silence_form("psychische_nood"), silence_form("pesten_geweld"), silence_form(EVERYTHING),
    silence_form(""), silence_form(reason="x" * 201)])
def test_without_reason_or_for_help_lines_nothing_is_silenced(bench: Bench, form: dict[str, str]
                                                              ) -> None:
    file = bench.desk.settings.silence_file
    before = file.read_bytes() if file.exists() else b""
    answer = bench.person(Role.EDITOR).post("/versheid/stil", form)

    assert answer.status_code == 400
    assert (file.read_bytes() if file.exists() else b"") == before


def test_only_an_administrator_who_types_it_silences_the_whole_bot(editable: Bench) -> None:
    file, form = editable.desk.settings.silence_file, {"reden": "onderhoud"}
    editor, admin = editable.person(Role.EDITOR), editable.person(Role.ADMIN)

    assert editor.post("/versheid/stil/alles", {**form, "bevestiging": "alles stil"}
                       ).status_code == 403
    assert admin.post("/versheid/stil/alles", {**form, "bevestiging": "ja"}).status_code == 400
    assert not file.exists()
    for form_, said in (({"reden": "groot onderhoud", "bevestiging": "ja"}, "Typ &#34;alles stil"),
                        ({"reden": " ", "bevestiging": "alles stil"}, "Geef een reden"),
                        ({"reden": "x" * 201, "bevestiging": "alles stil"}, "te lang")):
        again = admin.post("/versheid/stil/alles", form_)
        assert again.status_code == 400
        assert said in again.text
        kept = re.search(r'id="reden-alles"[^>]* value="([^"]*)"', again.text)
        assert kept
        assert kept[1] == form_["reden"].strip()
    assert not file.exists()
    admin.post("/versheid/stil/alles", {**form, "bevestiging": "Alles stil"})
    assert load_silence(file).everything == "onderhoud"
    assert "De hele bot staat stil: onderhoud" in editor.get("/versheid").text
    assert editor.post("/versheid/spreek/alles").status_code == 403
    assert editor.post("/versheid/spreek", {"onderwerp": EVERYTHING}).status_code == 400
    admin.post("/versheid/spreek/alles")
    assert load_silence(file).everything is None


def test_a_silenced_answer_is_silent_in_the_bot_at_once(editable: Bench) -> None:
    from bot import nlg

    person = editable.person(Role.EDITOR)
    person.post("/versheid/stil", silence_form())
    before = resources.current()
    resources.use(resources.Resources(editable.desk.settings))
    try:
        assert nlg.compose("utter_geld/startbonus", {}, {}).kind == "fallback"
    finally:
        resources.use(before)


def test_a_tester_reads_everything_and_can_change_nothing(bench: Bench) -> None:
    tester = bench.person(Role.TESTER)

    page = tester.get("/versheid").text
    assert "Na te kijken" in page
    assert 'action="/versheid/' not in page
    for path in ("stil", "spreek", "bronnen", "bronnen/stop", "afgehandeld", "stil/alles"):
        assert tester.post(f"/versheid/{path}", silence_form()).status_code == 403


def test_the_number_of_weeks_can_be_chosen(bench: Bench) -> None:
    tester = bench.person()
    numbers = [int(re.findall(r"Na te kijken tot [^:]+: (\d+)", text)[0])
               if "Na te kijken tot" in text else 0
               for text in (tester.get(f"/versheid?weken={weeks}").text for weeks in (8, 104))]

    assert numbers[1] > numbers[0]
    for wrong in ("-1", "105", "veel"):
        assert tester.get(f"/versheid?weken={wrong}").status_code == 400


def test_an_editor_sees_what_visitors_said_and_deals_with_it(editable: Bench) -> None:
    file, today = editable.desk.settings.feedback_file, editable.desk.today
    save_feedback(file, Feedback("startbonus", "fout", "dit klopt niet <b>"), today)
    person = editable.person(Role.EDITOR)

    page = person.get("/versheid").text
    assert "dit klopt niet &lt;b&gt;" in page
    save_feedback(file, Feedback("startbonus", "fout", "intussen nieuw"), today)
    shown = person.follow(person.post(
        "/versheid/afgehandeld", {"antwoord": "startbonus", "aantal": "1"})).text
    assert "dit klopt niet" not in shown
    assert "intussen nieuw" in shown


@pytest.fixture
def reachable(settings: Settings, model: Path, tmp_path: Path) -> Iterator[Bench]:
    """A bench whose sources lead to a small server of our own."""
    own = replace(own_content(settings, tmp_path), contact="redactie@school.example")
    with served(own, model, load=False) as made:
        yield made


def test_sources_are_checked_only_when_an_editor_asks_and_the_result_is_shown(
    reachable: Bench
) -> None:
    web, links = Web(), reachable.desk.store(Links)
    links.checker = web.checker
    person: Client = reachable.person(Role.EDITOR)
    assert "nog nooit nagekeken" in person.get("/versheid").text
    assert web.connected == []

    # Only http reaches the small server: the https sources fail on its certificate.
    shown = person.follow(person.post("/versheid/bronnen")).text
    assert "worden nagekeken" in shown
    links.stop()
    links.wait(20)
    assert web.connected
    page = person.get("/versheid").text
    assert "Laatst nagekeken op" in page
    assert LinkState.DOWN.value in page
    web.server.shutdown()


def test_without_a_way_to_reach_us_no_site_is_asked(editable: Bench) -> None:
    answer = editable.person(Role.EDITOR).post("/versheid/bronnen")

    assert answer.status_code == 400
    assert "DUAALWIJZER_CONTACT" in answer.text
    assert not editable.desk.store(Links).running


def test_a_reason_for_silence_holds_no_personal_data_and_no_words_of_somebody_in_need(
    editable: Bench
) -> None:
    need = "ik word gepest op mijn werk en ik durf niet meer te gaan"
    admin, file = editable.person(Role.ADMIN), editable.desk.settings.silence_file
    form = {"onderwerp": "startbonus", "reden": need}
    assert admin.post("/versheid/stil", form).status_code == 400
    everything = admin.post("/versheid/stil/alles", {"bevestiging": "alles stil", "reden": need})
    assert everything.status_code == 400
    assert "Er is niets stilgezet" in everything.text
    assert not file.exists()

    admin.post("/versheid/stil", form | {"reden": "fout, zegt jan@school.be"})
    assert load_silence(file).topics == {"startbonus": "fout, zegt [e-mail]"}
