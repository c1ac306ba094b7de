"""What is approved is live at once, and no moment at which a kill leaves something half."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from bot.errors import InputError
from bot.knowledge.load import load_topic
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.approvals import Approvals
from bot.testbench.change import APPLIED, OPEN, ConflictError
from bot.testbench.changes import Changes
from bot.testbench.database import Database
from bot.testbench.versions import Versions
from tests.conftest import ROOT
from tests.testbench.conftest import Bench
from tests.testbench.editing import NAME, SECOND, propose, title
from tests.testbench.test_edit import HERE, edited, file, form


def test_of_two_changes_at_once_the_second_shows_both_and_is_redone_on_the_new_text(
    editable: Bench
) -> None:
    one, two, three = (editable.person(Role.EDITOR, n) for n in ("Een", "Twee", "Drie"))
    mine = form(two.get(HERE).text)
    edited(one, "bewaar", titel="Titel van een", knop="Knop van een")
    two.follow(two.post(HERE, mine | {"titel": "Titel van twee", "eigenaar": "clb",
                                      "doe": "bewaar"}))
    three.post("/wijzigingen/1/goed")

    refused = three.post("/wijzigingen/2/goed")
    assert refused.status_code == 400
    assert "intussen gewijzigd" in refused.text
    page = three.get("/wijzigingen/2").text
    assert "Titel van" in page
    assert "Doe het opnieuw" in page

    again = two.get(f"{HERE}?voorstel=2").text
    assert "Titel van een" in again  # what stands in the bot now
    fields = form(again)
    assert (fields["titel"], fields["eigenaar"], fields["knop"]) == (
        "Titel van twee", "clb", "Knop van een")
    two.post(HERE, fields | {"doe": "bewaar"})
    three.post("/wijzigingen/3/goed")
    after = load_topic(file(editable))
    assert (after.title, after.owner, after.button) == ("Titel van twee", "clb", "Knop van een")
    assert "vervangen door voorstel 3" in one.get("/wijzigingen/2").text


def test_new_examples_do_not_stand_in_the_way_of_a_proposal(
    changes: Changes, approvals: Approvals, own: Settings
) -> None:
    number = propose(changes, own, title="Nieuw")
    path = own.knowledge_dir / NAME
    path.write_text(path.read_text().replace("    - startbonus\n", "    - startbonus\n    - xx\n",
                                             1))
    approvals.approve(number, SECOND, own)

    after = load_topic(path)
    assert after.title == "Nieuw"
    assert "xx" in after.examples


def test_of_two_approvals_at_the_same_moment_one_is_applied_and_the_other_waits(
    changes: Changes, approvals: Approvals, own: Settings
) -> None:
    numbers = [propose(changes, own, title=f"Titel {i}") for i in range(2)]
    together, outcomes = threading.Barrier(2), []

    def approve(number: int) -> None:
        together.wait()
        try:
            approvals.approve(number, SECOND, own)
            outcomes.append("goed")
        except ConflictError:
            outcomes.append("conflict")

    threads = [threading.Thread(target=approve, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["conflict", "goed"]
    states = sorted(c.state for n in numbers if (c := changes.get(n)))
    assert states == [APPLIED, OPEN]
    applied = next(c for n in numbers if (c := changes.get(n)) and c.state == APPLIED)
    assert (own.knowledge_dir / NAME).read_text() == applied.content


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    changes: Changes, approvals: Approvals, own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = propose(changes, own, title="Nieuw")
    before = (own.knowledge_dir / NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "vol")

    monkeypatch.setattr("bot.testbench.approvals.write_atomically", full)
    with pytest.raises(InputError, match="niets gewijzigd"):
        approvals.approve(number, SECOND, own)

    change = changes.get(number)
    assert change
    assert change.state == OPEN
    assert (own.knowledge_dir / NAME).read_bytes() == before
    monkeypatch.undo()
    approvals.approve(number, SECOND, own)
    assert title(own) == "Nieuw"


KILLED = """
import os, sys, time
from pathlib import Path
from bot.settings import Settings
from bot.testbench.access import Person, Role
from bot.testbench.approvals import Approvals
from bot.testbench.database import Database
root, number, step = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
own = Settings(root=root, data_dir=root / "var")
approvals = Approvals(Database(own.testbench_file), time.time)
approvals.at = lambda now: os.kill(os.getpid(), 9) if now == step else None
approvals.approve(number, Person("b2", "Tweede", Role.EDITOR, ""), own)
"""


@pytest.mark.parametrize("step", ["voornemen", "geschreven", "bewaard"])
def test_a_process_killed_at_any_step_of_an_approval_leaves_it_whole_after_the_next_start(
    changes: Changes, approvals: Approvals, own: Settings, step: str
) -> None:
    number = propose(changes, own, title="Nieuw")
    old = title(own)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(own.root), str(number), step],
                            cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert title(own) in (old, "Nieuw")  # never half a file

    database = Database(own.testbench_file)
    again = Approvals(database, time.time)
    again.recover(own)

    change = changes.get(number)
    assert change
    assert (change.state, change.note) == (APPLIED, "")
    assert title(own) == "Nieuw"
    versions = Versions(database, time.time).of(NAME)
    assert [v.change.id if v.change else None for v in versions] == [number, None]
    assert again.recover(own) == 0


def test_an_approval_that_was_cut_off_is_not_forced_on_a_file_that_somebody_changed(
    changes: Changes, approvals: Approvals, own: Settings
) -> None:
    number = propose(changes, own, title="Nieuw")
    subprocess.run([sys.executable, "-c", KILLED, str(own.root), str(number), "voornemen"],
                   cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)
    path = own.knowledge_dir / NAME
    path.write_text(path.read_text().replace("De startbonus bestaat niet meer", "Met de hand"))
    approvals.recover(own)

    change = changes.get(number)
    assert change
    assert change.state == OPEN
    assert title(own) == "Met de hand"
    with pytest.raises(ConflictError):
        approvals.approve(number, SECOND, own)
