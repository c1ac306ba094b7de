"""The next training takes each approved question once, whatever fails on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import preparation, resources
from bot.errors import ContentError, InputError
from bot.knowledge.load import load_topic
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.database import Database
from bot.testbench.examples import Examples
from bot.testbench.training_queue import TrainingQueue, apply_queue
from tests.test_preparation import trainer
from tests.testbench.conftest import Bench
from tests.testbench.editing import NAME
from tests.testbench.test_edit import file


def test_an_example_is_masked_approved_by_another_and_added_to_its_file_once(
    examples: Examples, queue: TrainingQueue, used: Settings
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
    assert queue.waiting() == []


def test_what_is_out_of_scope_gets_examples_too(examples: Examples, used: Settings) -> None:
    examples.approve(examples.propose("buiten_bereik", "hoe plant ik tomaten", "a1"), "b2")
    apply_queue(used)

    assert (used.root / "data/nlu/gesprek/buiten_bereik.yml").read_text().endswith(
        "    - wat is bitcoin\n    - hoe plant ik tomaten\n")


def test_start_and_train_take_the_queue_before_they_choose_a_model(
    examples: Examples, queue: TrainingQueue, used: Settings
) -> None:
    from bot.__main__ import _model

    trainer(used)
    before = preparation.fitting_model(used).file
    examples.approve(examples.propose("startbonus", "een heel nieuwe vraag over geld", "a1"), "b2")

    assert _model(used) == preparation.fitting_model(used).file != before
    assert queue.waiting() == []


def test_an_example_that_was_written_before_a_kill_is_not_written_again(
    examples: Examples, queue: TrainingQueue, used: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples.approve(examples.propose("startbonus", "een heel nieuwe vraag over geld", "a1"), "b2")
    from bot.files import write_atomically

    def killed(path: Path, content: bytes) -> None:
        write_atomically(path, content)
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.testbench.example_files.write_atomically", killed)
    with pytest.raises(KeyboardInterrupt):
        queue.apply(used)
    monkeypatch.undo()
    assert [e.text for e in queue.waiting()] == ["een heel nieuwe vraag over geld"]

    assert queue.apply(used) == 0
    assert queue.waiting() == []
    assert load_topic(used.knowledge_dir / NAME).examples.count(
        "een heel nieuwe vraag over geld") == 1


def test_the_queue_names_each_example_and_an_editor_takes_one_out(editable: Bench) -> None:
    one, two = editable.person(Role.EDITOR, "Een"), editable.person(Role.EDITOR, "Twee")
    for number, text in enumerate(("waar blijft de bonus toch", "bestaat die bonus echt nog"), 1):
        one.post("/voorbeelden", {"onderwerp": "startbonus", "tekst": text})
        two.post(f"/voorbeelden/{number}/goed")
    shown = one.get("/wijzigingen").text.partition("In de wachtrij")[2]
    question = resources.knowledge().topics["startbonus"].question
    assert all(words in shown for words in ("waar blijft de bonus toch", question, "Een op",
                                            "Twee op"))

    shown = one.follow(one.post("/voorbeelden/1/uit")).text
    queue: TrainingQueue = editable.desk.store(TrainingQueue)
    assert [e.id for e in queue.waiting()] == [2]
    assert "<td>uit de wachtrij gehaald</td>" in shown
    assert one.post("/voorbeelden/1/uit").status_code == 400
    assert apply_queue(editable.desk.settings) == 1
    assert one.post("/voorbeelden/2/uit").status_code == 400
    assert "<td>geleerd</td>" in one.get("/wijzigingen").text
    assert "waar blijft de bonus toch" not in file(editable).read_text()


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1e"])
def test_no_separator_of_lines_gets_into_an_example(
    examples: Examples, used: Settings, separator: str
) -> None:
    text = f"waar blijft de{separator}bonus toch"
    examples.approve(examples.propose("startbonus", text, "a1"), "b2")

    assert apply_queue(used) == 1
    assert len(load_topic(used.knowledge_dir / NAME).examples[-1].splitlines()) == 1


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
    examples: Examples, queue: TrainingQueue, used: Settings, monkeypatch: pytest.MonkeyPatch,
    broken: str
) -> None:
    examples.approve(examples.propose("startbonus", "waar blijft de bonus toch", "a1"), "b2")

    def full(*_: object) -> None:
        raise OSError(28, "vol")

    if broken == "schrijven":
        monkeypatch.setattr("bot.testbench.example_files.write_atomically", full)
    else:
        monkeypatch.setattr(Path, "read_bytes", full)
    with pytest.raises(ContentError, match=r"kan niet geschreven|niet leesbaar"):
        queue.apply(used)
    monkeypatch.undo()
    assert len(queue.waiting()) == 1
