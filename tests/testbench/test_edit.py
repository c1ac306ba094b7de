"""An editor changes an answer in a form: checked while writing, and nothing typed is lost."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.knowledge.load import load_topic
from bot.testbench.access import Role
from tests.testbench.conftest import Bench, Client

HERE = "/onderwerpen/startbonus/wijzig"
INPUT = re.compile(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"')
AREA = re.compile(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)
CHOSEN = re.compile(r'<select[^>]*? name="([^"]+)">(.*?)</select>', re.DOTALL)


def form(page: str) -> dict[str, str]:
    """The fields of the form as a browser would send them."""
    fields = {m[1]: html.unescape(m[2]) for m in INPUT.finditer(page)}
    fields |= {m[1]: html.unescape(m[2]) for m in AREA.finditer(page)}
    for name, options in CHOSEN.findall(page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return {k: v.replace("\n", "\r\n") for k, v in fields.items() if k != "csrf"}


def edited(client: Client, what: str, path: str = HERE, **changes: str) -> str:
    """Open the form, change fields, press a button; the page that it leads to."""
    fields = form(client.get(path).text) | changes | {"doe": what}
    return client.follow(client.post(path.partition("?")[0], fields)).text


def file(bench: Bench, name: str = "geld/startbonus.yml") -> Path:
    return bench.desk.settings.knowledge_dir / name


@pytest.fixture
def editor(editable: Bench) -> Client:
    return editable.person(Role.EDITOR, "Redactie Proef")


def test_only_an_editor_may_open_the_form(editable: Bench) -> None:
    assert editable.person(Role.TESTER).get(HERE).status_code == 403


def test_an_unknown_topic_is_a_page_that_does_not_exist(editor: Client) -> None:
    assert editor.get("/onderwerpen/bestaatniet/wijzig").status_code == 404


def test_the_check_shows_what_is_wrong_beside_the_field_and_keeps_what_was_typed(
    editable: Bench, editor: Client
) -> None:
    before = file(editable).read_bytes()
    hard = "Desalniettemin geschiedt de subsidiëringstoekenning. " * 3

    page = edited(editor, "keur", tekst=hard, knop="Veel te lange knop voor een telefoon")

    assert "leest moeilijk" in page
    assert "Korte knop: is 36 tekens" in page
    assert form(page)["knop"] == "Veel te lange knop voor een telefoon"
    assert page.count("Desalniettemin") >= 3 * 6  # in the field, and as each channel shows it
    assert file(editable).read_bytes() == before


def test_a_text_with_errors_is_not_saved_and_stays_typed_also_in_another_visit(
    editable: Bench, editor: Client
) -> None:
    page = edited(editor, "bewaar", tekst="Dit is {onbekend_feit}.", titel="",
                  nagekeken="gisteren", waarom="proef")

    assert "Nog niet bewaard" in page
    assert all(reason in page for reason in ("onbekend feit {onbekend_feit}", "Titel is leeg",
                                             "geen datum"))
    again = form(editor.get(HERE).text)
    assert (again["tekst"], again["titel"], again["nagekeken"], again["waarom"]) == (
        "Dit is {onbekend_feit}.", "", "gisteren", "proef")
    assert "(0)" in editor.get("/wijzigingen").text


def test_what_was_typed_is_seen_by_its_writer_only_and_can_be_thrown_away(
    editable: Bench, editor: Client
) -> None:
    edited(editor, "keur", titel="Van mij alleen")

    assert "Van mij alleen" not in editable.person(Role.EDITOR, "Ander").get(HERE).text
    assert "Van mij alleen" not in edited(editor, "opnieuw")


def test_warnings_do_not_keep_a_text_from_being_saved(editor: Client) -> None:
    page = edited(editor, "bewaar", geldig="2024-2025")

    assert "geldt voor 2024-2025" in page
    assert "wacht op een tweede redacteur" in page


def test_saving_without_a_change_says_so_and_proposes_nothing(editor: Client) -> None:
    fields = form(editor.get(HERE).text)
    answer = editor.post(HERE, fields | {"doe": "bewaar"})

    assert answer.status_code == 400
    assert "niets gewijzigd" in answer.text


def test_every_kind_of_field_reaches_the_file_and_the_rest_stays(
    editable: Bench, editor: Client
) -> None:
    before = load_topic(file(editable))
    edited(editor, "bewaar", titel="De bonus is weg", punten="- Dit is een punt.\r\n\r\nNog een.",
           bron2_titel="Nieuwe bron", bron2_url="https://example.org/x", bron2_stand="2026",
           bron0_titel="", bron0_url="", bron0_stand="", vervalt="2027-06-30",
           vervolg0="clb", vervolg1="", eigenaar="clb", knop="Oude bonus")
    approver = editable.person(Role.EDITOR, "Tweede")
    approver.post("/wijzigingen/1/goed")
    after = load_topic(file(editable))

    assert (after.title, after.bullets, after.button, after.owner) == (
        "De bonus is weg", ("- Dit is een punt.", "Nog een."), "Oude bonus", "clb")
    assert [s.title for s in after.sources] == [before.sources[1].title, "Nieuwe bron"]
    assert str(after.expires) == "2027-06-30"
    assert after.followups == ("clb",)
    assert (after.text, after.examples, after.facts) == (before.text, before.examples, before.facts)


def test_a_hard_word_that_the_text_explains_may_stand_from_its_approval_on(
    editable: Bench, editor: Client
) -> None:
    text = "Vroeger was er een opstapbonusje. Dat is geld voor wie begint. Het bestaat niet meer."
    page = edited(editor, "bewaar", tekst=text)
    assert "moeilijke woorden: opstapbonusje" in page
    assert "zet ze in het veld hieronder" in page

    assert "Bewaard als voorstel" in edited(editor, "bewaar", uitgelegd="Opstapbonusje")
    explained = editable.desk.settings.explained_file
    before = explained.read_text()
    editable.person(Role.EDITOR, "Tweede").post("/wijzigingen/1/goed")
    assert explained.read_text() == before + "opstapbonusje\n"
    assert load_topic(file(editable)).text == text


def test_typed_html_is_shown_as_text(editor: Client) -> None:
    page = edited(editor, "keur", titel='"><script>x</script>', tekst="<b>vet</b></textarea>")

    assert "<script>x" not in page
    assert "<b>vet" not in page
    assert form(page)["tekst"] == "<b>vet</b></textarea>"


def test_the_page_may_be_kept_by_the_browser_so_that_going_back_gives_what_was_typed(
    editor: Client
) -> None:
    assert editor.get(HERE).headers["Cache-Control"] == "private, no-cache"
