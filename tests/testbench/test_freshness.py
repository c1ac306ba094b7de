"""Versheid: nothing that falls due is missed, feedback is dealt with, and the kill switch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot import resources
from bot.catalogue.model import Info
from bot.channels.feedback import Feedback, Remark, purge, save_feedback
from bot.knowledge.due import FACT, content_due
from bot.knowledge.silence import EVERYTHING, load_silence
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.database import Database
from bot.testbench.freshness import (
    CORRECTION,
    SCHOOL_YEAR,
    WORDS,
    FeedbackDone,
    Urgency,
    catalogue_due,
    feedback,
    read_corrections,
    rows,
    sources,
)
from bot.testbench.link_checks import Links
from bot.testbench.links import LinkState
from tests.testbench.conftest import Bench, Client, own_content, served
from tests.testbench.test_links import Web

TODAY = date(2026, 11, 26)
INFO = Info("2026-2027", "2026-11-01", 1, "proef")
HEADER = "soort,instelling,vestiging,nummer,leerjaar,veld,waarde,reden,bron,bron_datum,geldig_tot"


def test_every_date_of_the_real_content_up_to_a_day_is_listed_and_none_after_it(
    settings: Settings
) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    dates = [day for topic in knowledge for day in (topic.review_by, topic.expires) if day]
    dates += [fact.valid_until for fact in facts.values()]

    for weeks in (0, 8, 60, 500):
        until = TODAY + timedelta(weeks=weeks)
        found = rows(content_due(knowledge, facts, until), knowledge, facts, TODAY)
        assert sorted(row.when for row in found) == sorted(d for d in dates if d <= until)


def test_what_is_expired_comes_first_then_what_is_late_then_what_comes(settings: Settings) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    late = max(fact.valid_until for fact in facts.values()) + timedelta(days=1)
    found = rows(content_due(knowledge, facts, late + timedelta(weeks=500)), knowledge, facts, late)

    assert [row.urgency for row in found] == sorted(row.urgency for row in found)
    assert found[0].urgency is Urgency.EXPIRED
    expired = {row.name for row in found if row.urgency is Urgency.EXPIRED}
    assert all(any(fact.name in name for name in expired) for fact in facts.values())


def test_what_comes_within_eight_weeks_is_soon_and_what_comes_after_is_later(settings: Settings
                                                                              ) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    found = rows(content_due(knowledge, facts, date.max), knowledge, facts, TODAY)
    edge = TODAY + timedelta(weeks=8)

    assert {r.urgency for r in found if TODAY <= r.when <= edge} <= {Urgency.SOON}
    assert {r.urgency.dutch for r in found if r.when > edge} == {"later"}


def test_a_number_that_expires_names_the_answers_that_say_it_with_a_link(bench: Bench) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    found = {r.name.partition(" ")[0]: r for r in rows(
        content_due(knowledge, facts, date.max), knowledge, facts, TODAY) if r.what == WORDS[FACT]}
    used = {name for topic in knowledge for name in facts
            if any(f"{{{name}}}" in text for text in (topic.text, *topic.bullets))}

    assert used
    assert {name for name, r in found.items() if r.users} == used
    for name in used:
        assert all(any(f"{{{name}}}" in text for text in (t.text, *t.bullets))
                   for t in found[name].users)
    page = bench.person().get("/versheid?weken=104").text
    rest = page.partition(f"{min(used)} (")[2].partition("</tr>")[0]
    for topic in found[min(used)].users:
        assert f'<a href="/onderwerpen/{topic.id}">' in rest


def test_the_school_year_of_the_offers_and_each_correction_fall_due_on_their_last_day(
    tmp_path: Path
) -> None:
    (tmp_path / "afwijkingen.csv").write_text(
        f"{HEADER}\nschool,123,1,,,telefoon,x,y,z,2026-11-01,2026-12-01\n"
        "school,123,1,,,naam,x,y,z,2026-11-01,gisteren\n", encoding="utf-8")
    corrections = read_corrections(tmp_path)

    assert [row.what for row in catalogue_due(INFO, corrections, date(2026, 11, 30))] == []
    assert [row.what for row in catalogue_due(INFO, corrections, date(2026, 12, 1))] == [CORRECTION]
    assert SCHOOL_YEAR in [row.what for row in catalogue_due(INFO, [], date(2027, 8, 31))]
    assert catalogue_due(INFO, [], date(2027, 8, 30)) == []


def test_every_source_of_answers_facts_and_texts_is_one_that_can_be_checked(settings: Settings
                                                                            ) -> None:
    found = sources(resources.knowledge(), resources.facts(), resources.texts().entries)

    for topic in resources.knowledge():
        assert all(topic.id in found[source.url] for source in topic.sources)
    assert any("gesprek.yml" in users for users in found.values())
    assert all(url.startswith("http") for url in found)


def remark(words: str = "", verdict: str = "fout", subject: str = "mentor", day: date = TODAY
           ) -> Remark:
    return Remark(subject, verdict, words, day)


def test_feedback_is_open_until_it_is_dealt_with_and_what_comes_after_is_new(bench: Bench) -> None:
    done: FeedbackDone = bench.desk.store(FeedbackDone)
    said = [remark("klopt niet"), remark("klopt niet"), remark("", "goed")]
    done.finish(said, "redactie")
    later = [remark("klopt niet"), *said]

    before, = feedback(said, done.marks(said))
    after, = feedback(later, done.marks(later))

    assert before.open == ()
    assert [r.remark for r in after.open] == ["klopt niet"]
    assert after.counts == {"fout": 3, "goed": 1}


def test_the_answer_with_most_open_complaints_comes_first() -> None:
    said = [remark(verdict="goed", subject="clb"), remark(subject="mentor"),
            remark(subject="startbonus"), remark(subject="startbonus")]

    assert [one.subject for one in feedback(said, {})] == ["startbonus", "mentor", "clb"]


def test_of_feedback_that_is_dealt_with_no_words_are_copied(editable: Bench) -> None:
    editable.desk.store(FeedbackDone).finish([remark("heelgeheimwoord")], "redactie")

    for file in editable.desk.settings.data_dir.glob("proefbank.sqlite*"):
        assert b"heelgeheimwoord" not in file.read_bytes()
        assert sha256(b"heelgeheimwoord").hexdigest().encode() not in file.read_bytes()


def digests(bench: Bench) -> list[str]:
    return [row["digest"] for row in
            bench.desk.store(FeedbackDone)._database.rows("SELECT digest FROM feedback_mark")]


def test_a_mark_cannot_be_made_without_the_key_of_this_bench_and_holds_after_a_restart(
    editable: Bench, tmp_path: Path
) -> None:
    said = [remark("heelgeheimwoord")]
    database = editable.desk.store(FeedbackDone)._database
    editable.desk.store(FeedbackDone).finish(said, "redactie")
    other = FeedbackDone(Database(tmp_path / "ander.sqlite"), lambda: 0.0)
    other.finish(said, "redactie")

    elsewhere, = other._database.rows("SELECT digest FROM feedback_mark")
    assert digests(editable) != [elsewhere["digest"]]
    assert FeedbackDone(database, lambda: 0.0).marks(said) == {said[0]: 1}


def test_marks_without_a_key_of_an_older_version_are_removed(tmp_path: Path) -> None:
    database = Database(tmp_path / "oud.sqlite")
    database.create("CREATE TABLE feedback_done (digest TEXT); "
                    "INSERT INTO feedback_done VALUES ('abc')")
    FeedbackDone(database, lambda: 0.0)

    assert not database.rows("SELECT 1 FROM sqlite_master WHERE name = 'feedback_done'")


def test_when_the_page_is_opened_marks_of_feedback_that_is_gone_are_removed(
    editable: Bench
) -> None:
    file, today = editable.desk.settings.feedback_file, editable.desk.today
    old = today - timedelta(days=400)
    for day in (old, today, today):
        save_feedback(file, Feedback("startbonus", "fout", "klopt niet"), day)
    person = editable.person(Role.EDITOR)
    person.post("/versheid/afgehandeld", {"antwoord": "startbonus", "aantal": "3"})
    assert len(digests(editable)) == 2

    purge(file, today - timedelta(days=365))
    page = person.get("/versheid").text

    assert len(digests(editable)) == 1
    assert "klopt niet" not in page  # what is still there stays dealt with


def test_of_two_equal_remarks_of_which_one_is_gone_only_one_stays_marked(editable: Bench) -> None:
    done, said = editable.desk.store(FeedbackDone), remark("klopt niet")
    done.finish([said, said], "redactie")
    done.forget_gone([said])

    assert done.marks([said]) == {said: 1}


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
