"""Two people for each change: who may propose, refuse, take back and put another in its place."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.errors import InputError
from bot.files import digest
from bot.knowledge.editing import rewrite
from bot.knowledge.load import load_topic, parse_topic
from bot.settings import Settings
from bot.testbench.access import Person, Role
from bot.testbench.approvals import Approvals
from bot.testbench.changes import Changes
from tests.testbench.conftest import Bench
from tests.testbench.editing import FIRST, NAME, NEED, SECOND, observed, propose
from tests.testbench.test_edit import HERE, edited, file, form


def test_an_editor_needs_eight_actions_from_the_list_of_topics_to_a_live_answer(
    editable: Bench
) -> None:
    editor, second = (editable.person(Role.EDITOR, name) for name in ("Een", "Twee"))
    editor.get("/onderwerpen")  # 1
    editor.get("/onderwerpen/startbonus")  # 2
    page = editor.get(HERE).text  # 3
    fields = form(page) | {"titel": "De bonus stopte in 2023"}  # 4
    editor.post(HERE, fields | {"doe": "bewaar"})  # 5
    shown = second.get("/wijzigingen").text  # 6
    assert "<ins>" in shown
    assert 'action="/wijzigingen/1/goed"' in shown
    began = time.monotonic()
    done = second.follow(second.post("/wijzigingen/1/goed")).text  # 7, and 8 is to look

    assert "staat nu in de bot" in done
    assert load_topic(file(editable)).title == "De bonus stopte in 2023"
    live = editable.desk.resources.knowledge
    while live.get().topics["startbonus"].title != "De bonus stopte in 2023":
        assert time.monotonic() - began < 2
        time.sleep(0.05)


def test_nobody_approves_their_own_proposal(editable: Bench) -> None:
    editor = editable.person(Role.EDITOR)
    page = edited(editor, "bewaar", titel="Nieuwe titel")
    before = file(editable).read_bytes()

    assert "eigen voorstel" in page
    answer = editor.post("/wijzigingen/1/goed")
    assert answer.status_code == 400
    assert "andere redacteur" in answer.text
    assert file(editable).read_bytes() == before


def test_a_refusal_needs_a_reason_which_the_author_reads(editable: Bench) -> None:
    editor, second = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    edited(editor, "bewaar", titel="Nieuwe titel")
    before = file(editable).read_bytes()

    assert second.post("/wijzigingen/1/weiger", {"reden": " "}).status_code == 400
    second.post("/wijzigingen/1/weiger", {"reden": "De bron zegt iets anders"})
    assert "De bron zegt iets anders" in editor.get("/wijzigingen").text
    assert second.post("/wijzigingen/1/goed").status_code == 400
    assert file(editable).read_bytes() == before


def test_reasons_hold_no_personal_data_and_no_words_of_somebody_in_need(
    changes: Changes, own: Settings
) -> None:
    content = observed(own)
    new, base = content + "# nieuw\n", digest(content.encode())
    with pytest.raises(InputError, match="noodkreet"):
        changes.propose(NAME, base, new, NEED, FIRST)
    assert changes.waiting() == []
    number = changes.propose(NAME, base, new, "vraag van jan@school.be", FIRST)
    change = changes.get(number)
    assert change
    assert change.why == "vraag van [e-mail]"

    with pytest.raises(InputError, match="noodkreet"):
        changes.refuse(number, SECOND, NEED)
    assert [c.id for c in changes.waiting()] == [number]
    changes.refuse(number, SECOND, "bel 0470 12 34 56")
    change = changes.get(number)
    assert change
    assert change.answer == "bel [telefoon]"


def instead(changes: Changes, own: Settings, old: int, by: Person, why: str) -> int:
    content = observed(own)
    wanted = replace(parse_topic(NAME, content), button="Anders")
    return changes.propose(NAME, digest(content.encode()), rewrite(content, wanted), why, by,
                           instead=old)


def test_a_proposal_gives_way_only_to_its_own_organisation(
    changes: Changes, own: Settings
) -> None:
    old = propose(changes, own, title="Nieuw")
    assert {c.id for c in changes.waiting()} == {old}
    other = instead(changes, own, old, SECOND, "beter zo")
    assert {c.id for c in changes.waiting()} == {old, other}
    mine = instead(changes, own, old, FIRST, "")
    assert {c.id for c in changes.waiting()} == {other, mine}


def test_a_proposal_that_can_no_longer_be_approved_gives_way_to_others_for_a_reason(
    changes: Changes, approvals: Approvals, own: Settings
) -> None:
    old = propose(changes, own, title="Nieuw")
    approvals.approve(propose(changes, own, title="Eerst dit"), SECOND, own)
    first = instead(changes, own, old, SECOND, "")
    assert {c.id for c in changes.waiting()} == {old, first}
    second = instead(changes, own, old, SECOND, "op de nieuwe tekst gezet")
    assert {c.id for c in changes.waiting()} == {first, second}


def test_who_replaces_a_proposal_of_others_reads_that_it_stays_open(editable: Bench) -> None:
    one, two = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    edited(one, "bewaar", titel="Titel van een")
    page = edited(two, "bewaar", f"{HERE}?voorstel=1", titel="Titel van twee")

    assert "Voorstel 1 van een andere redactie blijft ook open." in page
    assert 'action="/wijzigingen/1/goed"' in two.get("/wijzigingen").text


def test_the_page_of_a_topic_links_the_proposal_that_waits_and_says_who_may_approve_it(
    editable: Bench
) -> None:
    one, two = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    tester = editable.person(Role.TESTER, "CLB")
    topic, link = "/onderwerpen/startbonus", '<a href="/wijzigingen/1">voorstel 1</a>'
    assert "Er wacht" not in one.get(topic).text
    edited(one, "bewaar", titel="Nieuwe titel")

    mine, other = one.get(topic).text, two.get(topic).text
    assert link in mine
    assert "code van een andere organisatie keurt het goed" in mine
    assert link in other
    assert "Jij mag het goedkeuren of weigeren" in other
    seen = tester.get(topic).text
    assert "Er wacht een voorstel om dit antwoord te wijzigen. Een redacteur" in seen
    assert "/wijzigingen" not in seen  # which a tester may not open
    assert "Er wacht" not in two.get("/onderwerpen/clb").text
    two.post("/wijzigingen/1/goed")
    assert "Er wacht" not in one.get(topic).text
