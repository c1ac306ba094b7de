"""Every text that an answer had is kept, and one can be brought back."""

from __future__ import annotations

import time

from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.approvals import Approvals
from bot.testbench.changes import Changes
from bot.testbench.database import Database
from bot.testbench.versions import Versions
from tests.testbench.conftest import Bench
from tests.testbench.editing import NAME, SECOND, propose
from tests.testbench.test_edit import HERE, edited, file, form


def test_an_edit_by_hand_is_seen_at_once_and_becomes_a_version(editable: Bench) -> None:
    editor = editable.person(Role.EDITOR)
    assert "De startbonus bestaat niet meer" in form(editor.get(HERE).text)["titel"]
    path = file(editable)
    path.write_text(path.read_text().replace("De startbonus bestaat niet meer", "Met de hand"))

    assert form(editor.get(HERE).text)["titel"] == "Met de hand"
    assert editor.get("/onderwerpen/startbonus/versies").text.count("buiten de proefbank") == 2


def test_a_restored_version_is_the_old_file_byte_for_byte_and_needs_a_second_editor(
    editable: Bench
) -> None:
    editor, second = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    before = file(editable).read_bytes()
    edited(editor, "bewaar", titel="Anders", tekst="De startbonus is er niet meer.")
    second.post("/wijzigingen/1/goed")
    assert file(editable).read_bytes() != before

    versions = editor.get("/onderwerpen/startbonus/versies").text
    assert "<del>" in versions
    editor.post("/onderwerpen/startbonus/herstel", {"versie": "1"})
    assert file(editable).read_bytes() != before
    second.post("/wijzigingen/2/goed")
    assert file(editable).read_bytes() == before


def test_every_version_has_who_wrote_it_who_approved_it_and_why(
    changes: Changes, approvals: Approvals, own: Settings
) -> None:
    approvals.approve(propose(changes, own, title="Nieuw"), SECOND, own)
    new, old = Versions(Database(own.testbench_file), time.time).of(NAME)

    assert old.change is None
    assert new.change
    assert (new.change.author, new.change.judge, new.change.why) == ("a1", "b2", "proef")
    assert new.content == (own.knowledge_dir / NAME).read_text()
