"""Two people for each change, live at once, every version kept, and no moment at which a kill
leaves something half."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot import preparation, resources
from bot.errors import ContentError, InputError
from bot.files import digest
from bot.knowledge.editing import rewrite
from bot.knowledge.load import load_topic, parse_topic
from bot.settings import Settings
from bot.testbench.access import Person, Role
from bot.testbench.change import APPLIED, OPEN
from bot.testbench.changes import Changes, ConflictError
from bot.testbench.database import Database
from bot.testbench.examples import Examples, apply_queue
from tests.conftest import ROOT
from tests.test_preparation import trainer
from tests.testbench.conftest import Bench
from tests.testbench.test_edit import HERE, edited, file, form

NAME = "geld/startbonus.yml"
FIRST = Person("a1", "Redactie Proef", Role.EDITOR, "")
SECOND = Person("b2", "Tweede Proef", Role.EDITOR, "")


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings on a folder with three answers."""
    made = Settings(root=tmp_path, data_dir=tmp_path / "var")
    for name in (NAME, "hulp/clb.yml", "hulp/pesten_geweld.yml"):
        (made.knowledge_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (made.knowledge_dir / name).write_bytes((ROOT / "data/nlu/kennis" / name).read_bytes())
    outside = made.root / "data/nlu/gesprek/buiten_bereik.yml"
    outside.parent.mkdir()
    outside.write_text("nlu:\n- intent: buiten_bereik\n  examples: |\n    - wat is bitcoin\n")
    return made


@pytest.fixture
def changes(own: Settings) -> Changes:
    return Changes(Database(own.testbench_file), time.time)


@pytest.fixture
def used(own: Settings) -> Settings:
    """The same, as the resources of this process; cries for help are told apart as always."""
    made = resources.Resources(own)
    made.crisis = resources.current().crisis
    resources.use(made)
    return own


def propose(changes: Changes, own: Settings, by: Person = FIRST, **values: object) -> int:
    content = changes.observe(own.knowledge_dir, NAME)
    wanted = replace(parse_topic(NAME, content), **values)  # type: ignore[arg-type]
    return changes.propose(NAME, digest(content.encode()), rewrite(content, wanted), "proef", by)


def title(own: Settings) -> str:
    return load_topic(own.knowledge_dir / NAME).title


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


def test_an_edit_by_hand_is_seen_at_once_and_becomes_a_version(editable: Bench) -> None:
    editor = editable.person(Role.EDITOR)
    assert "De startbonus bestaat niet meer" in form(editor.get(HERE).text)["titel"]
    path = file(editable)
    path.write_text(path.read_text().replace("De startbonus bestaat niet meer", "Met de hand"))

    assert form(editor.get(HERE).text)["titel"] == "Met de hand"
    assert editor.get("/onderwerpen/startbonus/versies").text.count("buiten de proefbank") == 2


def test_new_examples_do_not_stand_in_the_way_of_a_proposal(
    changes: Changes, own: Settings
) -> None:
    number = propose(changes, own, title="Nieuw")
    path = own.knowledge_dir / NAME
    path.write_text(path.read_text().replace("    - startbonus\n", "    - startbonus\n    - xx\n",
                                             1))
    changes.approve(number, SECOND, own)

    after = load_topic(path)
    assert after.title == "Nieuw"
    assert "xx" in after.examples


def test_of_two_approvals_at_the_same_moment_one_is_applied_and_the_other_waits(
    changes: Changes, own: Settings
) -> None:
    numbers = [propose(changes, own, title=f"Titel {i}") for i in range(2)]
    together, outcomes = threading.Barrier(2), []

    def approve(number: int) -> None:
        together.wait()
        try:
            changes.approve(number, SECOND, own)
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
    changes: Changes, own: Settings
) -> None:
    changes.approve(propose(changes, own, title="Nieuw"), SECOND, own)
    new, old = changes.versions(NAME)

    assert old.change is None
    assert new.change
    assert (new.change.author, new.change.judge, new.change.why) == ("a1", "b2", "proef")
    assert new.content == (own.knowledge_dir / NAME).read_text()


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    changes: Changes, own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = propose(changes, own, title="Nieuw")
    before = (own.knowledge_dir / NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "vol")

    monkeypatch.setattr("bot.testbench.changes.write_atomically", full)
    with pytest.raises(InputError, match="niets gewijzigd"):
        changes.approve(number, SECOND, own)

    change = changes.get(number)
    assert change
    assert change.state == OPEN
    assert (own.knowledge_dir / NAME).read_bytes() == before
    monkeypatch.undo()
    changes.approve(number, SECOND, own)
    assert title(own) == "Nieuw"


KILLED = """
import os, sys, time
from pathlib import Path
from bot.settings import Settings
from bot.testbench.access import Person, Role
from bot.testbench.changes import Changes
from bot.testbench.database import Database
root, number, step = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
own = Settings(root=root, data_dir=root / "var")
changes = Changes(Database(own.testbench_file), time.time)
changes.at = lambda now: os.kill(os.getpid(), 9) if now == step else None
changes.approve(number, Person("b2", "Tweede", Role.EDITOR, ""), own)
"""


@pytest.mark.parametrize("step", ["voornemen", "geschreven", "bewaard"])
def test_a_process_killed_at_any_step_of_an_approval_leaves_it_whole_after_the_next_start(
    changes: Changes, own: Settings, step: str
) -> None:
    number = propose(changes, own, title="Nieuw")
    old = title(own)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(own.root), str(number), step],
                            cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert title(own) in (old, "Nieuw")  # never half a file

    again = Changes(Database(own.testbench_file), time.time)
    again.recover(own)

    change = again.get(number)
    assert change
    assert (change.state, change.note) == (APPLIED, "")
    assert title(own) == "Nieuw"
    assert [v.change.id if v.change else None for v in again.versions(NAME)] == [number, None]
    assert again.recover(own) == 0


def test_an_approval_that_was_cut_off_is_not_forced_on_a_file_that_somebody_changed(
    changes: Changes, own: Settings
) -> None:
    number = propose(changes, own, title="Nieuw")
    subprocess.run([sys.executable, "-c", KILLED, str(own.root), str(number), "voornemen"],
                   cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)
    path = own.knowledge_dir / NAME
    path.write_text(path.read_text().replace("De startbonus bestaat niet meer", "Met de hand"))
    changes.recover(own)

    change = changes.get(number)
    assert change
    assert change.state == OPEN
    assert title(own) == "Met de hand"
    with pytest.raises(ConflictError):
        changes.approve(number, SECOND, own)


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True,
                          text=True).stdout


@pytest.fixture
def repository(own: Settings) -> Path:
    git(own.root, "init", "-q")
    git(own.root, "add", "data")
    git(own.root, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "begin")
    return own.root


def test_an_approval_is_a_commit_of_that_one_file_in_the_name_of_the_role(
    changes: Changes, own: Settings, repository: Path
) -> None:
    other = own.knowledge_dir / "hulp/clb.yml"
    other.write_text(other.read_text() + "# van iemand anders\n")
    git(repository, "add", str(other))
    done = changes.approve(propose(changes, own, title="Nieuw"), SECOND, own)

    assert "In git bewaard als" in str(done.note)
    assert git(repository, "show", "--format=%an <%ae>|%s", "--name-only").split("\n\n") == [
        "redacteur <redactie@duaalwijzer.invalid>|startbonus: voorstel 1",
        "data/nlu/kennis/geld/startbonus.yml\n"]
    assert git(repository, "diff", "--cached", "--name-only") == "data/nlu/kennis/hulp/clb.yml\n"
    assert git(repository, "status", "--porcelain", "--", str(own.knowledge_dir / NAME)) == ""


def test_when_git_fails_the_change_is_live_and_the_page_says_that_git_failed(
    changes: Changes, own: Settings, repository: Path
) -> None:
    (repository / ".git/index.lock").touch()
    done = changes.approve(propose(changes, own, title="Nieuw"), SECOND, own)

    assert title(own) == "Nieuw"
    assert "de commit lukte niet" in str(done.note)


def test_a_hook_of_the_owner_does_not_stop_or_change_a_commit(
    changes: Changes, own: Settings, repository: Path
) -> None:
    for name in ("pre-commit", "post-commit"):
        hook = repository / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch gelopen\nexit 1\n")
        hook.chmod(0o755)

    assert "In git bewaard" in str(
        changes.approve(propose(changes, own, title="Nieuw"), SECOND, own).note)
    assert not (repository / "gelopen").exists()


@pytest.fixture
def examples(used: Settings) -> Examples:
    return Examples(Database(used.testbench_file), time.time)


def test_an_example_is_masked_approved_by_another_and_added_to_its_file_once(
    examples: Examples, used: Settings
) -> None:
    path = used.knowledge_dir / NAME
    before = path.read_text()
    number = examples.propose("startbonus", " bel mij over die premie op 0470 12 34 56 ", "a1")
    with pytest.raises(InputError, match="andere redacteur"):
        examples.approve(number, "a1")
    assert apply_queue(used) == 0
    examples.approve(number, "b2")

    assert apply_queue(used) == 1
    after = path.read_text()
    assert "0470" not in after
    assert load_topic(path).examples[-1].startswith("bel mij over die premie op [")
    line = f"    - {load_topic(path).examples[-1]}\n"
    assert after.replace(line, "") == before
    assert apply_queue(used) == 0
    assert path.read_text() == after
    assert examples.queue() == []


def test_what_is_out_of_scope_gets_examples_too(examples: Examples, used: Settings) -> None:
    examples.approve(examples.propose("buiten_bereik", "hoe plant ik tomaten", "a1"), "b2")
    apply_queue(used)

    assert (used.root / "data/nlu/gesprek/buiten_bereik.yml").read_text().endswith(
        "    - wat is bitcoin\n    - hoe plant ik tomaten\n")


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


def test_start_and_train_take_the_queue_before_they_choose_a_model(
    examples: Examples, used: Settings
) -> None:
    from bot.__main__ import _model

    trainer(used)
    before = preparation.fitting_model(used).file
    examples.approve(examples.propose("startbonus", "een heel nieuwe vraag over geld", "a1"), "b2")

    assert _model(used) == preparation.fitting_model(used).file != before
    assert examples.queue() == []


def test_an_example_that_was_written_before_a_kill_is_not_written_again(
    examples: Examples, used: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples.approve(examples.propose("startbonus", "een heel nieuwe vraag over geld", "a1"), "b2")
    from bot.files import write_atomically

    def killed(path: Path, content: bytes) -> None:
        write_atomically(path, content)
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.testbench.examples.write_atomically", killed)
    with pytest.raises(KeyboardInterrupt):
        examples.apply(used)
    monkeypatch.undo()
    assert [e.text for e in examples.queue()] == ["een heel nieuwe vraag over geld"]

    assert examples.apply(used) == 0
    assert examples.queue() == []
    assert load_topic(used.knowledge_dir / NAME).examples.count(
        "een heel nieuwe vraag over geld") == 1


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


def test_the_queue_names_each_example_and_an_editor_takes_one_out(editable: Bench) -> None:
    one, two = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    for number, text in enumerate(("waar blijft de bonus toch", "bestaat die bonus echt nog"), 1):
        one.post("/voorbeelden", {"onderwerp": "startbonus", "tekst": text})
        two.post(f"/voorbeelden/{number}/goed")
    queue = one.get("/wijzigingen").text.partition("In de wachtrij")[2]
    question = resources.knowledge().topics["startbonus"].question
    assert all(words in queue for words in ("waar blijft de bonus toch", question, "Een op",
                                            "Twee op"))

    shown = one.follow(one.post("/voorbeelden/1/uit")).text
    examples: Examples = editable.desk.store(Examples)
    assert [e.id for e in examples.queue()] == [2]
    assert "<td>uit de wachtrij gehaald</td>" in shown
    assert one.post("/voorbeelden/1/uit").status_code == 400
    assert apply_queue(editable.desk.settings) == 1
    assert one.post("/voorbeelden/2/uit").status_code == 400
    assert "<td>geleerd</td>" in one.get("/wijzigingen").text
    assert "waar blijft de bonus toch" not in file(editable).read_text()


NEED = "een leerling schreef: ik word gepest op mijn werk en ik durf niet meer"


def test_a_commit_holds_no_words_that_a_person_typed(
    changes: Changes, own: Settings, repository: Path
) -> None:
    number = propose(changes, own, title="Nieuw")
    changes.approve(number, SECOND, own)

    assert git(repository, "log", "-1", "--format=%B").strip() == f"startbonus: voorstel {number}"


def test_reasons_hold_no_personal_data_and_no_words_of_somebody_in_need(
    changes: Changes, own: Settings
) -> None:
    content = changes.observe(own.knowledge_dir, NAME)
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
    content = changes.observe(own.knowledge_dir, NAME)
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
    changes: Changes, own: Settings
) -> None:
    old = propose(changes, own, title="Nieuw")
    changes.approve(propose(changes, own, title="Eerst dit"), SECOND, own)
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


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1e"])
def test_no_separator_of_lines_gets_into_an_example(
    examples: Examples, used: Settings, separator: str
) -> None:
    text = f"waar blijft de{separator}bonus toch"
    examples.approve(examples.propose("startbonus", text, "a1"), "b2")

    assert apply_queue(used) == 1
    assert len(load_topic(used.knowledge_dir / NAME).examples[-1].splitlines()) == 1


def test_a_question_that_the_file_cannot_hold_is_refused_when_it_is_proposed(
    examples: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.testbench.examples.clean", lambda text, limit: text)
    with pytest.raises(InputError, match="tekens"):
        examples.propose("startbonus", "waar blijft\u2028de bonus toch", "a1")
    assert examples.waiting() == []


def test_of_the_queue_only_the_question_that_fails_is_refused(
    examples: Examples, used: Settings
) -> None:
    numbers = [examples.propose("startbonus", f"waar blijft de {word} bonus toch", "a1")
               for word in ("eerste", "tweede")]
    numbers.append(examples.propose("buiten_bereik", "hoe plant ik tomaten", "a1"))
    gone = examples.propose("clb", "waar woont het clb eigenlijk", "a1")
    for number in (*numbers, gone):
        examples.approve(number, "b2")
    database = Database(used.testbench_file)
    with database.step() as db:  # as from before it was checked
        db.execute("UPDATE example SET text = ? WHERE id = ?", ("waar\u2028blijft ze", numbers[0]))
        db.execute("UPDATE example SET topic = 'verdwenen' WHERE id = ?", (gone,))

    assert apply_queue(used) == 2
    found = [examples.get(number) for number in (*numbers, gone)]
    assert [e.state for e in found if e] == ["refused", "done", "done", "refused"]
    assert found[0]
    assert "tekens" in found[0].answer
    assert found[3]
    assert "bestaat niet" in found[3].answer


@pytest.mark.parametrize("broken", ["schrijven", "lezen"])
def test_when_a_file_of_examples_fails_the_queue_stays_and_a_sentence_says_so(
    examples: Examples, used: Settings, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    examples.approve(examples.propose("startbonus", "waar blijft de bonus toch", "a1"), "b2")

    def full(*_: object) -> None:
        raise OSError(28, "vol")

    if broken == "schrijven":
        monkeypatch.setattr("bot.testbench.examples.write_atomically", full)
    else:
        monkeypatch.setattr(Path, "read_bytes", full)
    with pytest.raises(ContentError, match=r"kan niet geschreven|niet leesbaar"):
        examples.apply(used)
    monkeypatch.undo()
    assert len(examples.queue()) == 1


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
