"""Two runs side by side: better, worse and only different are told apart, with any model."""

from __future__ import annotations

import re
import shutil
import time

from bot.bench.judge import Outcome, Verdict
from bot.bench.model import Case
from bot.testbench.access import Role
from bot.testbench.comparison import compare, theme_lines
from bot.testbench.runs import RUNNING, Result, Runs
from tests.testbench.conftest import Bench

CSV = b"vraag,onderwerp\nWat is duaal leren?,wat_is_duaal\nKrijg ik een startbonus?,startbonus\n"


def result(question: str, outcome: Outcome, text: str = "Dag", topic: str = "mentor") -> Result:
    return Result(Case(question, topic), outcome, "knowledge", "x", text, "", 1)


def test_what_got_better_worse_or_only_different_is_told_apart() -> None:
    before = [result("a", Outcome.WRONG), result("b", Outcome.RIGHT), result("c", Outcome.RIGHT),
              result("d", Outcome.RIGHT), result("e", Outcome.WRONG), result("weg", Outcome.RIGHT)]
    after = [result("e", Outcome.REFUSED), result("d", Outcome.RIGHT, "Anders"),
             result("c", Outcome.RIGHT), result("b", Outcome.CHOICE), result("a", Outcome.RIGHT),
             result("nieuw", Outcome.WRONG)]

    found = compare(before, after)

    assert [new.case.question for _, new in found.better] == ["e", "a"]
    assert [new.case.question for _, new in found.worse] == ["b"]
    assert [new.case.question for _, new in found.changed] == ["d"]
    assert (found.same, found.alone) == (1, 2)
    assert found.sentence == ("2 vragen werden beter, 1 slechter, 1 kreeg een ander antwoord met "
                              "hetzelfde oordeel, 1 bleef gelijk.")


def test_right_and_wrong_are_counted_per_theme_over_the_questions_of_both_runs() -> None:
    before = [result("a", Outcome.WRONG), result("b", Outcome.RIGHT, topic="oao"),
              result("weg", Outcome.WRONG)]
    after = [result("a", Outcome.RIGHT), result("b", Outcome.CHOICE, topic="oao")]
    lines = theme_lines(compare(before, after).pairs, {"mentor": "begeleiding", "oao": "wat"})

    assert [(line.theme, line.total) for line in lines] == [
        ("", 2), ("begeleiding", 1), ("wat", 1)]
    assert [(line.before[Outcome.RIGHT], line.after[Outcome.RIGHT]) for line in lines] == [
        (1, 1), (0, 1), (1, 0)]
    assert [line.before[Outcome.WRONG] for line in lines] == [1, 1, 0]


def test_a_question_that_stands_there_twice_pairs_in_order() -> None:
    before = [result("a", Outcome.RIGHT), result("a", Outcome.WRONG),
              result("a", Outcome.WRONG, topic="oao")]
    found = compare(before, before)

    assert (found.same, found.better, found.worse, found.alone) == (3, (), (), 0)
    assert "hetzelfde antwoord" in found.sentence


def test_a_list_is_run_with_another_model_and_compared_with_the_run_before(
        editable: Bench) -> None:
    settings, editor = editable.desk.settings, editable.person(Role.EDITOR)
    current = editable.desk.worker.model
    (settings.root / "models").unlink()
    settings.models_dir.mkdir()
    other = settings.models_dir / "duaalwijzer-proef.tar.gz"
    for target in (settings.models_dir / current.name, other):
        shutil.copy(current, target)
    for learned in current.parent.glob("veiligheid-*"):
        (settings.models_dir / learned.name).symlink_to(learned)
    editor.post("/lijsten/nieuw", {"naam": "Lijst"}, files={"bestand": ("x.csv", CSV)})
    runs = editable.desk.store(Runs)
    assert "nog geen twee testen" in editor.get("/vergelijk").text
    assert editor.post("/vergelijk/model", {"lijst": "1", "model": "../x"}).status_code == 400
    assert editable.person().post("/vergelijk/model", {"lijst": "1"}).status_code == 403

    for model in (other.name, other.name):
        editor.post("/vergelijk/model", {"lijst": "1", "model": model})
    until = time.monotonic() + 120
    while runs.running() and time.monotonic() < until:
        time.sleep(0.2)

    assert [(run.model, run.state == RUNNING) for run in runs.of(1)] == [(other.name, False)] * 2
    page = editor.get("/vergelijk?voor=1&na=2").text
    assert "Alle gedeelde vragen kregen hetzelfde antwoord." in page
    assert "Hetzelfde model." in page
    assert not editable.desk.worker.ready  # the model of the pages was not needed
    runs.keep(runs.start(1, other.name, "x", "clb"), [
        (2, result("", Outcome.WRONG, "Nee", "startbonus")),
        (3, Verdict(Case("", ""), Outcome.REFUSED, "refusal", "", "Nee"))], 1.0)
    page = editor.get("/vergelijk?voor=1&na=3").text
    assert "<strong>geweigerd</strong>: buiten bereik" in page
    assert "<td>Wat is duaal leren?</td>" in page
    whole = page.partition("Alle vragen</th>")[2].partition("</tr>")[0]
    assert re.findall(r"<td>([^<]+)</td>", whole) == [
        "2", "2 (100,0 %)", "0 (0,0 %)", "-100,0", "0 (0,0 %)", "1 (50,0 %)", "+50,0"]
    editor.post("/lijsten/nieuw", {"naam": "Andere"}, files={"bestand": ("x.csv", CSV)})
    runs.keep(runs.start(2, other.name, "x", "clb"), [
        (row, result("", Outcome.WRONG)) for row in (2, 3)], 1.0)
    refused = editor.get("/vergelijk?voor=1&na=4")
    assert "twee testen van dezelfde lijst" in refused.text
    assert '<option value="1" selected>' in refused.text
    for odd in ("/vergelijk?voor=9&na=1", "/vergelijk?voor=x&na=1"):
        assert editor.get(odd).status_code == 400
