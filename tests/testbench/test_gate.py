"""A gate is a list that every change must hold: made on a page, kept in files, run by CI."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.bench import command
from bot.bench.gate import (
    FILE,
    Gate,
    Result,
    read_gates,
    remove_gate,
    run_gates,
    write_gate,
)
from bot.bench.judge import Message, Outcome, Verdict
from bot.bench.model import Case, read_list
from bot.errors import TestListError
from bot.testbench.access import Role
from bot.testbench.lists import Lists
from bot.testbench.runs import Runs
from tests.conftest import ROOT
from tests.testbench.conftest import Bench

CASES = [Case("=1+1", "mentor"), Case("Twee\nregels?", "mentor", ("a", "b"), ("x",), ("y",), "l")]
GATE = Gate("poort_x.csv", 0.9, 0.05)


def right(question: str) -> list[Message]:
    return [{"kind": "knowledge", "topic": "mentor", "text": "x"}]


def wrong(question: str) -> list[Message]:
    return [{"kind": "knowledge", "topic": "ander", "text": "x"}]


def test_a_gate_that_is_written_is_read_back_with_its_list(tmp_path: Path) -> None:
    write_gate(tmp_path, GATE, CASES)
    write_gate(tmp_path, Gate("poort_a.csv", 1.0, 0.0), CASES[:1])
    write_gate(tmp_path, GATE, CASES)

    assert read_gates(tmp_path) == [Gate("poort_a.csv", 1.0, 0.0), GATE]
    assert read_list(tmp_path / "poort_x.csv") == CASES
    assert {f.name for f in tmp_path.iterdir()} == {FILE, "poort_x.csv", "poort_a.csv"}


def test_a_gate_that_is_removed_takes_its_list_along(tmp_path: Path) -> None:
    write_gate(tmp_path, GATE, CASES)
    remove_gate(tmp_path, "poort_y.csv")
    assert read_gates(tmp_path) == [GATE]

    remove_gate(tmp_path, GATE.lijst)

    assert read_gates(tmp_path) == []
    assert {f.name for f in tmp_path.iterdir()} == {FILE}


@pytest.mark.parametrize(("counts", "holds"), [
    ((100, 90, 5), True), ((100, 89, 5), False), ((100, 90, 6), False), ((0, 0, 0), False)])
def test_a_gate_holds_when_both_bars_are_kept(counts: tuple[int, int, int], holds: bool) -> None:
    result = Result(GATE, *counts)

    assert result.holds is holds
    assert ("NIET gehaald" in result.sentence) is not holds


@pytest.mark.parametrize("text", [
    "x: [", "- 5", "- lijst: a.csv", "- {lijst: weg.csv, juist_minstens: 1, fout_hoogstens: 0}",
    "- {lijst: ../poort_x.csv, juist_minstens: 1, fout_hoogstens: 0}",
    "- {lijst: poort_x.csv, juist_minstens: 90, fout_hoogstens: 0}"])
def test_a_file_of_gates_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str) -> None:
    write_gate(tmp_path, GATE, CASES)
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(TestListError, match="poorten"):
        read_gates(tmp_path)


def command_in(folder: Path, monkeypatch: pytest.MonkeyPatch, ask: Any) -> tuple[int, str]:
    from bot.commands import testbench

    monkeypatch.setattr(testbench, "folder_of", lambda root: folder)
    monkeypatch.setattr(command, "local", lambda settings: ask)
    done = CliRunner().invoke(main, ["bench", "gate"])
    return done.exit_code, done.output


def test_the_command_says_in_a_sentence_what_holds_and_its_code_tells_ci(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    assert command_in(tmp_path, monkeypatch, right) == (
        0, "Er is geen enkele poort: maak er een op de pagina van een testlijst.\n")
    write_gate(tmp_path, GATE, CASES[:1])

    code, said = command_in(tmp_path, monkeypatch, right)
    assert (code, "poort_x.csv: gehaald, 1 van 1 juist (100 %, minstens 90 %), 0 fout (0 %, "
            "hoogstens 5 %)" in said) == (0, True)
    code, said = command_in(tmp_path, monkeypatch, wrong)
    assert (code, "Fout: 1 van de 1 poorten niet gehaald." in said) == (1, True)


def test_the_gates_of_the_project_hold_with_the_real_model(conversations: Any) -> None:
    folder = ROOT / "tests/bench"
    gates = read_gates(folder)
    results = run_gates(folder, gates, lambda q: conversations.say(f"poort-{hash(q)}", q))

    assert sum(result.total for result in results) >= 40
    assert [r.sentence for r in results if not r.holds] == []


def test_an_editor_makes_a_gate_on_the_page_and_takes_it_away(editable: Bench) -> None:
    editor = editable.person(Role.EDITOR)
    rows = b"vraag,onderwerp\nWie is de mentor?,mentor\n"
    editor.post("/lijsten/nieuw", {"naam": "Dé lijst"}, files={"bestand": ("x.csv", rows)})
    folder = editable.desk.settings.root / "tests/bench"
    whole_run(editable, [Outcome.RIGHT])

    page = editor.follow(editor.post("/lijsten/1/poort", {"juist": "92,5", "fout": "5"})).text
    assert "minstens 92,5 % juist" in page
    assert 'value="92,5"' in page
    assert read_gates(folder) == [Gate("poort_de_lijst.csv", 0.925, 0.05)]
    editor.post("/lijsten/1/vervang", {}, files={
        "bestand": ("x.csv", rows + b"Wat is duaal?,wat_is_duaal\n")})
    assert "nog de vorige vragen" in editor.get("/lijsten/1").text
    editor.post("/lijsten/1/poort", {"weg": "ja"})
    assert read_gates(folder) == []
    assert editor.follow(editor.post("/lijsten/1/wis")).status_code == 200
    assert editor.get("/lijsten/1").status_code == 400


def whole_run(bench: Bench, outcomes: list[Outcome], model: str = "") -> None:
    """A run of the first list, with the model of now when none is given."""
    runs, lists = bench.desk.store(Runs), bench.desk.store(Lists)
    run = runs.start(1, model or bench.desk.worker.model.name, "x", "clb")
    runs.keep(run, [(number, Verdict(case, outcome, "knowledge", "", ""))
                    for (number, case), outcome in zip(lists.cases(1), outcomes)], 1.0)


def test_a_list_becomes_a_gate_only_when_its_last_run_holds_the_bar(editable: Bench) -> None:
    editor = editable.person(Role.EDITOR)
    rows = b"vraag;onderwerp\n" + b"Wie is de mentor?;mentor\n" * 6
    editor.post("/lijsten/nieuw", {"naam": "L"}, files={"bestand": ("x.csv", rows)})
    bars, five = {"juist": "90", "fout": "5"}, [Outcome.RIGHT] * 5 + [Outcome.REFUSED]

    def refused(said: str) -> bool:
        answer = editor.post("/lijsten/1/poort", bars)
        return (answer.status_code, said in answer.text, 'value="90"' in answer.text) == (
            400, True, True)

    assert refused("nog geen volledige test")
    whole_run(editable, five[:5])  # not whole
    assert refused("nog geen volledige test")
    whole_run(editable, [Outcome.RIGHT] * 6, "duaalwijzer-ander.tar.gz")
    assert refused("nog geen volledige test")
    whole_run(editable, five)
    assert refused("nu 5 van 6 juist (83,3 %, minstens 90 %), 0 fout (0 %, hoogstens 5 %). "
                   "Deze poort houdt alles tegen.")
    assert "5 van 6 juist (83,3 %)" in editor.get("/lijsten/1").text
    assert editor.post("/lijsten/1/poort", {**bars, "juist": "83"}).status_code == 303
    whole_run(editable, [Outcome.WRONG] * 6)
    assert "fout: deze poort houdt alles tegen" in editor.get("/lijsten/1").text
    editor.post("/lijsten/1/vervang", files={"bestand": ("x.csv", rows)})
    assert refused("nog geen volledige test")  # of these rows


@pytest.mark.parametrize("typed", ["abc", "191", "-1", "", "nan"])
def test_a_bar_that_is_no_percentage_gives_the_form_again_with_what_was_typed(
        editable: Bench, typed: str) -> None:
    editor = editable.person(Role.EDITOR)
    editor.post("/lijsten/nieuw", {"naam": "L"}, files={
        "bestand": ("x.csv", b"vraag,onderwerp\nA?,mentor\n")})
    answer = editor.post("/lijsten/1/poort", {"juist": typed, "fout": "3,5"})

    assert answer.status_code == 400
    assert "een percentage van 0 tot 100" in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="3,5"' in answer.text
