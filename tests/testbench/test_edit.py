"""An editor changes an answer in a form: checked while writing, and nothing typed is lost."""

from __future__ import annotations

import html
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.load import load_topic
from bot.testbench.access import Role
from bot.testbench.changes import Changes
from bot.testbench.drafts import Drafts
from bot.testbench.pages import edit
from bot.testbench.review import UNREAD, proposal
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


def test_a_check_says_that_no_faults_were_found_and_never_that_the_text_is_approved(
    editor: Client
) -> None:
    page = edited(editor, "keur", titel="Een andere titel")

    assert "Geen fouten gevonden." in page
    assert "goedgekeurd" not in page
    assert "Controleer de tekst</button>" in page
    assert "Keur" not in page


def test_what_a_check_replaces_has_the_same_ids_on_every_page_and_holds_no_field_of_the_text(
    editor: Client
) -> None:
    before = editor.get(HERE).text
    after = edited(editor, "keur", tekst="Dit is {onbekend}.", knop="x" * 30, bron0_url="")
    ids = [set(re.findall(r'id="([^"]+)"[^>]* data-vers>', page)) for page in (before, after)]

    assert ids[0] == ids[1] >= {"stand", "bij-tekst", "bij-bronnen", "zo-1", "aantal-1"}
    assert '<script src="/static/keur.js" defer></script>' in before
    assert re.search(r'id="stand" aria-live="polite"', before)


def test_the_form_says_that_a_proposal_for_this_answer_waits_already(
    editable: Bench, editor: Client
) -> None:
    edited(editor, "bewaar", titel="Een andere titel")
    other = editable.person(Role.EDITOR, "Ander")

    for person in (editor, other):
        page = person.get(HERE).text
        assert "Er wacht al een voorstel van Redactie Proef" in page
        assert '<a href="/wijzigingen/1">voorstel 1</a>' in page
    assert "code van een andere organisatie keurt het goed" in editor.get(HERE).text
    assert "Jij mag het goedkeuren of weigeren" in other.get(HERE).text
    assert "Er wacht al" not in editor.get(f"{HERE}?voorstel=1").text  # this one is worked on
    assert "Er wacht al" not in other.get("/onderwerpen/clb/wijzig").text
    other.post("/wijzigingen/1/goed")
    assert "Er wacht al" not in other.get(HERE).text


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


LONG = "on-der-wij-zer-" * 2700  # 40 kB


def slowest_while(client: Client, other: Client) -> float:
    """Seconds that a page of somebody else took at most while this editor's form was made."""
    other.get("/oordelen")  # what is loaded once is loaded
    slowest = 0.0
    with ThreadPoolExecutor() as pool:
        form_page = pool.submit(client.get, HERE)
        while not form_page.done():
            began = time.monotonic()
            assert other.get("/oordelen").status_code == 200
            slowest = max(slowest, time.monotonic() - began)
    assert form_page.result().status_code == 200
    return slowest


def test_a_field_that_is_too_long_is_named_and_the_text_is_not_checked_or_shown(
    editor: Client
) -> None:
    page = edited(editor, "keur", tekst=LONG, bron0_titel="t" * 501)

    assert "hoogstens 6000 tekens" in page
    assert "hoogstens 500 tekens" in page
    assert "Een veld is te lang: daarom is de rest van de tekst niet nagekeken." in page
    assert page.count("Geen voorbeeld: een veld is te lang.") == 5
    assert "leest moeilijk" not in page
    assert "Nog niet bewaard" in edited(editor, "bewaar")


def test_of_a_field_that_is_too_long_no_more_than_its_limit_is_kept_and_it_stays_refused(
    editable: Bench, editor: Client
) -> None:
    edited(editor, "keur", tekst=LONG, punten="- punt\r\n" * 5000, eigenaar="x" * 5000)

    row = editable.desk.store(Drafts)._database.row("SELECT fields FROM answer_draft")
    assert row
    assert len(row["fields"]) < 20_000
    kept = form(editor.get(HERE).text)
    assert (len(kept["tekst"]), len(kept["eigenaar"])) == (6001, 501)


def test_an_answer_with_too_many_sources_is_not_checked(editor: Client) -> None:
    many = {f"bron{i}_{part}": "x" for i in range(21) for part in ("titel", "url", "stand")}

    assert "te veel bronnen: hoogstens 20" in edited(editor, "keur", **many)


@pytest.mark.parametrize("length", [40_000, 5985])
def test_a_long_draft_of_one_editor_keeps_no_page_of_another_waiting(
    editable: Bench, editor: Client, length: int
) -> None:
    edited(editor, "keur", tekst=LONG[:length])

    assert slowest_while(editor, editable.person()) < 0.5


@pytest.mark.parametrize("slow", ["review", "previews"])
def test_a_check_or_preview_that_takes_long_keeps_no_page_of_another_waiting(
    editable: Bench, editor: Client, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    real = getattr(edit, slow)

    def later(*given: Any) -> Any:
        time.sleep(1.5)
        return real(*given)

    edited(editor, "keur", titel="Een andere titel")
    monkeypatch.setattr(edit, slow, later)

    assert slowest_while(editor, editable.person()) < 0.5


def test_a_reason_with_words_of_somebody_in_need_is_not_kept_but_the_text_stays(
    editable: Bench, editor: Client
) -> None:
    page = edited(editor, "bewaar", titel="Nieuwe titel",
                  waarom="een leerling schreef: ik word gepest op mijn werk")

    assert "De reden is niet bewaard" in page
    assert form(page)["titel"] == "Nieuwe titel"
    assert form(page)["waarom"] == ""
    assert b"gepest op mijn werk" not in b"".join(
        f.read_bytes() for f in editable.desk.settings.data_dir.glob("*.sqlite*"))


def test_a_draft_is_not_read_by_a_colleague_with_another_code(
    editable: Bench, editor: Client
) -> None:
    edited(editor, "keur", titel="Half af")

    assert form(editable.person(Role.EDITOR, "Redactie Proef").get(HERE).text)["titel"] != "Half af"
    assert form(editor.get(HERE).text)["titel"] == "Half af"


def test_a_proposal_that_is_too_long_to_be_checked_cannot_be_approved(
    editable: Bench, editor: Client
) -> None:
    edited(editor, "bewaar", titel="Een andere titel")
    changes = editable.desk.store(Changes)
    change = changes.get(1)
    assert change
    assert proposal(change, editable.desk).ready
    content = change.content.replace("Een andere titel", "x" * 501)
    long = proposal(replace(change, content=content), editable.desk)

    assert long.faults == UNREAD
    assert not long.ready
