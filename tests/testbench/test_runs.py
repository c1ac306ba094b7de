"""Runs: every row once, whatever stops them, and pages that say how it went."""

from __future__ import annotations

import csv
import io
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from bot.bench.gate import Gate, folder_of, remove_gate, write_gate
from bot.bench.judge import Outcome, Verdict
from bot.bench.model import Case
from bot.errors import InputError
from bot.testbench import charts, shares
from bot.testbench.access import Role
from bot.testbench.database import Database
from bot.testbench.lists import FIRST_ROW, Lists
from bot.testbench.result_words import Words
from bot.testbench.results import Filter, by_theme, minutes, sentences
from bot.testbench.runner import FAULTS, Runner, content_fingerprint
from bot.testbench.runs import FAILED, KEPT, READY, RUNNING, STOPPED, Result, Run, Runs
from bot.testbench.worker import Asked, Worker, WorkerError
from tests.testbench.conftest import Bench, Client

CSV = ("vraag;onderwerp;laag\nWat is duaal leren?;wat_is_duaal;=laag\n"
       "Krijg ik nog een startbonus?;startbonus;\nHoe maak ik lasagne?;buiten_bereik;\n"
       "Wie is de mentor?;startbonus;x\n")


class Fake:
    """A model that answers at once, and that one question may end."""

    def __init__(self, deadly: str = "", slow: float = 0.0) -> None:
        self.model, self.deadly, self.slow = Path("m.tar.gz"), deadly, slow
        self.asked: list[str] = []

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def ask_many(self, texts: list[str]) -> list[Asked]:
        if self.deadly and any(self.deadly in text for text in texts):
            raise WorkerError("weg")
        self.asked += texts
        time.sleep(self.slow)
        return [Asked([{"kind": "knowledge", "topic": "mentor", "text": text}]) for text in texts]


def cases(count: int, **special: str) -> list[Case]:
    return [Case(special.get(f"q{i}", f"Vraag {i}?"), "mentor") for i in range(count)]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "proefbank.sqlite")


def new_run(database: Database, made: list[Case]) -> tuple[Runs, int]:
    runs = Runs(database, time.time)
    item = Lists(database, time.time).add("Lijst", list(enumerate(made, FIRST_ROW)), "clb")
    return runs, runs.start(item.id, "m.tar.gz", "inhoud", "clb")


def worked(runs: Runs, run: int, fake: Fake, until: float = 20.0) -> Run:
    """The run after a runner had time for it."""
    runner = Runner(None, runs, lambda: fake)  # type: ignore[arg-type]
    runner.begin()
    end = time.monotonic() + until
    while runs.get(run).state == RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    runner.end()
    return runs.get(run)


def test_a_run_asks_every_row_once_in_order(database: Database) -> None:
    runs, run = new_run(database, cases(450))
    fake = Fake()

    assert worked(runs, run, fake).state == READY
    assert fake.asked == [f"Vraag {i}?" for i in range(450)]
    assert [r.number for r in runs.results(run)] == list(range(2, 452))
    assert runs.counts(run) == {"": {Outcome.RIGHT: 450}}


def test_a_run_that_was_cut_off_goes_on_where_it_was(database: Database) -> None:
    runs, run = new_run(database, cases(400))
    half = worked(runs, run, Fake(slow=0.02), until=0.3)
    assert half.state == RUNNING
    assert 0 < half.done < 400

    again = Fake()
    assert worked(runs, run, again).state == READY
    assert again.asked[0] == f"Vraag {half.done}?"
    assert len(runs.results(run)) == 400


def test_a_stopped_run_stays_stopped_until_somebody_lets_it_go_on(database: Database) -> None:
    runs, run = new_run(database, cases(20))
    runs.stop(run)
    fake = Fake()

    assert worked(runs, run, fake, until=0.2).state == STOPPED
    assert not fake.asked
    runs.resume(run)
    assert worked(runs, run, fake).state == READY


def test_a_result_that_comes_twice_is_kept_once(database: Database) -> None:
    runs, run = new_run(database, cases(3))
    verdict = Verdict(cases(1)[0], Outcome.RIGHT, "knowledge", "mentor", "Dag")
    runs.keep(run, [(2, verdict), (3, verdict)], 1.0)

    assert runs.keep(run, [(3, verdict), (4, verdict)], 1.0).done == 3
    assert runs.get(run).state == READY


def test_one_question_that_ends_the_model_is_wrong_and_the_others_are_asked(
        database: Database) -> None:
    runs, run = new_run(database, cases(30, q11="dood"))

    assert worked(runs, run, Fake("dood")).state == READY
    wrong = [r for r in runs.results(run) if r.outcome is Outcome.WRONG]
    assert [(r.number, r.reason) for r in wrong] == [(13, "weg")]


def test_a_model_that_ends_again_and_again_halts_the_run_and_says_so(database: Database) -> None:
    runs, run = new_run(database, cases(40))
    halted = worked(runs, run, Fake("Vraag"))

    assert (halted.state, halted.done < FAULTS) == (FAILED, True)
    assert "antwoordt niet" in halted.reason
    runs.resume(run)
    assert worked(runs, run, Fake()).state == READY


def test_a_model_that_is_gone_halts_the_run(database: Database, bench: Bench) -> None:
    runs, run = new_run(database, cases(3))
    fake = Fake()
    fake.model = Path("ander.tar.gz")
    runner = Runner(bench.desk.settings, runs, lambda: fake)  # type: ignore[arg-type]
    runner.begin()
    end = time.monotonic() + 5
    while runs.get(run).state == RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    runner.end()

    assert runs.get(run).reason == "Het model m.tar.gz is er niet meer."


def test_rows_that_are_replaced_leave_the_results_of_before_as_they_were(
        database: Database) -> None:
    runs, run = new_run(database, cases(5))
    worked(runs, run, Fake())
    lists = Lists(database, time.time)
    lists.replace(1, [(2, Case("Nieuw?", "mentor"))])

    assert [r.case.question for r in runs.results(run)] == [f"Vraag {i}?" for i in range(5)]
    assert [c.question for _, c in lists.cases(1)] == ["Nieuw?"]
    assert runs.latest(1, 1, "m.tar.gz") == runs.get(run)
    assert runs.latest(1, 2, "m.tar.gz") is runs.latest(1, 1, "ander") is None


def test_the_newest_fifty_runs_of_a_list_are_kept_with_only_the_rows_they_were_of(
    database: Database
) -> None:
    runs, first = new_run(database, cases(1))
    lists = Lists(database, time.time)
    lists.replace(1, [(FIRST_ROW, Case("Nieuw?", "mentor"))])
    for _ in range(KEPT):
        runs.stop(first)
        last = runs.start(1, "m.tar.gz", "inhoud", "clb")
        runs.stop(last)

    assert len(runs.of(1)) == KEPT
    assert first not in {run.id for run in runs.of(1)}
    assert {row["version"] for row in database.rows("SELECT version FROM case_row")} == {2}


def test_runs_that_wait_are_never_removed_but_no_more_are_taken(database: Database) -> None:
    runs, _ = new_run(database, cases(1))
    for _ in range(KEPT - 1):
        runs.start(1, "m.tar.gz", "inhoud", "clb")

    with pytest.raises(InputError, match="te veel tests"):
        runs.start(1, "m.tar.gz", "inhoud", "clb")
    assert len(runs.running()) == KEPT


def test_a_run_goes_on_with_its_own_model_when_people_choose_another(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker of the pages is retired in the middle of a run: no row is wrong for that."""
    runs, run = new_run(database, cases(100))
    old, again, new = Fake(), Fake(), Fake()
    new.model = Path("ander.tar.gz")
    desk = [old]

    def retire_halfway(texts: list[str]) -> list[Asked]:
        if len(old.asked) >= 40:
            desk[0] = new
            raise WorkerError("Er is intussen een ander model.")
        return Fake.ask_many(old, texts)

    monkeypatch.setattr(old, "ask_many", retire_halfway)
    monkeypatch.setattr("bot.testbench.runner.model_file", lambda *_: tmp_path / "m.tar.gz")
    monkeypatch.setattr("bot.testbench.runner.Worker", lambda *_: again)
    runner = Runner(SimpleNamespace(models_dir=tmp_path), runs,  # type: ignore[arg-type]
                    lambda: desk[0])  # type: ignore[arg-type,return-value]
    runner.begin()
    end = time.monotonic() + 10
    while runs.get(run).state == RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    runner.end()

    assert runs.get(run).state == READY
    assert runs.counts(run) == {"": {Outcome.RIGHT: 100}}
    assert old.asked + again.asked == [f"Vraag {i}?" for i in range(100)]
    assert new.asked == []


def test_a_list_goes_with_all_its_results(database: Database) -> None:
    runs, run = new_run(database, cases(5))
    worked(runs, run, Fake())
    Lists(database, time.time).remove(1)

    with pytest.raises(InputError):
        runs.get(run)
    assert not database.rows("SELECT * FROM result") + database.rows("SELECT * FROM case_row")


def test_an_organisation_keeps_a_most_of_lists_and_another_is_not_in_its_way(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.testbench.lists.MOST", 2)
    lists, rows = Lists(database, time.time), [(2, cases(1)[0])]
    first = [lists.add(name, rows, "clb") for name in ("een", "twee")]

    with pytest.raises(InputError, match="al 2 testlijsten"):
        lists.add("drie", rows, "clb")
    assert lists.all() == first
    lists.replace(first[0].id, rows)  # other rows for one of them are no new list
    lists.add("drie", rows, "ander")
    lists.remove(first[0].id)
    lists.add("vier", rows, "clb")


def test_the_page_of_lists_says_when_a_list_and_its_results_go(bench: Bench) -> None:
    page = bench.person().get("/lijsten").text

    assert "Een lijst die 2 jaar niet gewijzigd en niet getest is, wissen we" in page
    assert "De uitslag van een test wissen we na 2 jaar" in page


def test_two_lists_cannot_have_the_same_name(database: Database) -> None:
    lists = Lists(database, time.time)
    lists.add("Mijn lijst", [(2, cases(1)[0])], "clb")

    with pytest.raises(InputError, match="al een lijst"):
        lists.add("mijn  Lijst!", [(2, cases(1)[0])], "clb")


def test_who_waits_for_the_model_goes_before_the_next_questions_of_a_run() -> None:
    worker = Worker(None, Path("m"))  # type: ignore[arg-type]
    served: list[str] = []

    def exchange(what: str, values: tuple[object, ...]) -> tuple[bool, object]:
        served.append(what)
        time.sleep(0.02)
        return True, [[], {}, None]

    worker._exchange = exchange  # type: ignore[method-assign]
    ended = threading.Event()

    def on_and_on() -> None:
        while not ended.is_set():
            worker._call("say_many", [])

    thread = threading.Thread(target=on_and_on)
    thread.start()
    time.sleep(0.05)
    waits = []
    for _ in range(20):
        before = len(served)
        worker._call("say", "s", "t")
        waits.append(len(served) - before)
    ended.set()
    thread.join()

    assert max(waits) <= 3  # the one that was going on, and perhaps one that had its turn


def test_the_fingerprint_of_the_content_changes_with_an_answer(editable: Bench) -> None:
    settings = editable.desk.settings
    before = content_fingerprint(settings)
    file = settings.knowledge_dir / "geld" / "startbonus.yml"
    file.write_text(file.read_text() + "\n# x\n")

    assert content_fingerprint(settings) != before


def result(outcome: Outcome, topic: str = "mentor", layer: str = "") -> Result:
    return Result(Case("Vraag?", topic, layer=layer), outcome, "knowledge", "x", "Dag", "", 1)


def test_results_are_filtered_by_outcome_theme_and_layer() -> None:
    found = [result(Outcome.RIGHT), result(Outcome.WRONG, "nood", "a"),
             result(Outcome.WRONG, "taak:pad", "b")]
    themes = {"mentor": "begeleiding"}

    assert Filter("fout").matching(found, themes) == found[1:]
    assert Filter("", "begeleiding").matching(found, themes) == found[:1]
    assert Filter("fout", "taken", "b").matching(found, themes) == found[2:]
    assert Filter("fout", "taken", "a").matching(found, themes) == []


def test_a_run_is_told_in_plain_words() -> None:
    from collections import Counter

    said = " ".join(sentences(Counter({Outcome.RIGHT: 9, Outcome.WRONG: 1})))

    assert "9 van de 10 vragen kregen meteen het juiste antwoord (90,0 %)." in said
    assert "1 van de 10 vragen kreeg een fout antwoord (10,0 %)." in said
    assert "tussen 60 % en 98 %" in said
    assert sentences(Counter()) == ["Er is nog geen enkele vraag gesteld."]
    assert [minutes(s) for s in (None, 30, 70, 200)] == [
        "een tijdje", "minder dan een minuut", "ongeveer 1 minuut", "ongeveer 3 minuten"]
    assert by_theme({"mentor": Counter({Outcome.RIGHT: 2}), "x": Counter({Outcome.RIGHT: 1})},
                    {"mentor": "b", "x": "b"}) == {"b": {Outcome.RIGHT: 3}}


def test_a_share_has_one_decimal_and_its_number_and_a_difference_its_sign() -> None:
    assert [shares.share(n, 40) for n in (0, 1, 13, 40)] == [
        "0 (0,0 %)", "1 (2,5 %)", "13 (32,5 %)", "40 (100,0 %)"]
    assert shares.share(0, 0) == "0"
    assert [shares.difference(10, n, 1000) for n in (10, 13, 20, 5)] == [
        "0,0", "+0,3", "+1,0", "-0,5"]
    assert shares.difference(1000, 1001, 10_000) == "0,0"  # neither "+0,0" nor "-0,0"
    assert shares.difference(1001, 1000, 10_000) == "0,0"


def test_charts_are_pictures_with_every_group() -> None:
    for drawn in (charts.bars({"geld": {Outcome.RIGHT: 3, Outcome.WRONG: 1}, "wat": {}}),
                  charts.lines([("1", {Outcome.RIGHT: 3}), ("2", {})])):
        assert b"<svg" in drawn
        assert b"<script" not in drawn


def test_a_chart_is_drawn_once_and_again_when_its_numbers_change() -> None:
    groups = {"een heel lange naam van een thema dat niet past": {Outcome.RIGHT: 3}}
    first = charts.bars(groups)

    assert charts.bars({**groups}) is first
    assert charts.bars({name: {Outcome.RIGHT: 4, Outcome.WRONG: 1} for name in groups}) != first
    assert charts._bars.cache_info().maxsize == 50


def test_every_code_in_a_result_has_a_name(bench: Bench) -> None:
    from bot.bench.judge import TASK_KINDS
    from bot.testbench.dutch import KINDS

    resources = bench.desk.resources
    words = Words.of(resources.knowledge.get(), resources.texts.get())
    for code in (*KINDS, *(f"taak:{task}" for task in TASK_KINDS), "buiten_bereik", "nood"):
        assert not {"_", ":"} & set(words.topic(code))
        assert code in ("privacy",) or words.topic(code) != code
    for theme in {topic.theme for topic in resources.knowledge.get()}:
        assert " " in words.theme(theme)
    assert words.reason("antwoordde offers, startbonus").startswith(
        'antwoordde "lijst van scholen", "')
    assert words.reason("mist 'x'") == "mist 'x'"


@pytest.fixture(scope="module")
def done(bench: Bench) -> tuple[Client, str]:
    """Somebody with a list that was run whole, and where its results are."""
    person = bench.person(Role.EDITOR)
    added = person.post("/lijsten/nieuw", {"naam": "Proef"}, files={
        "bestand": ("proef.csv", CSV.encode("cp1252"))})
    place = added.headers["Location"].partition("?")[0]
    shown = person.post(f"{place}/loop").headers["Location"]
    until = time.monotonic() + 90
    while person.get(f"{shown}/stand").json()["toestand"] == RUNNING and time.monotonic() < until:
        time.sleep(0.2)
    return person, shown


def test_the_page_of_a_run_tells_and_filters_what_the_real_bot_said(
        done: tuple[Client, str]) -> None:
    person, shown = done
    whole = person.get(shown).text

    assert "3 van de 4 vragen kregen meteen het juiste antwoord (75,0 %)." in whole
    assert all(q in whole for q in ("Wat is duaal leren?", "Hoe maak ik lasagne?"))
    wrong = person.get(f"{shown}?oordeel=fout").text
    assert "Wie is de mentor?" in wrong
    assert "Wat is duaal leren?" not in wrong.partition('id="vragen"')[2]
    assert person.get(f"{shown}?blad=x&laag=geen&thema=geen").status_code == 200


def test_results_are_downloaded_whole_and_without_formulas(done: tuple[Client, str]) -> None:
    person, shown = done
    table = person.get(f"{shown}/uitslag.csv").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(person.get(f"{shown}/uitslag.xlsx").content))

    lines = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert lines[0][:3] == ["rij in je bestand", "vraag", "verwacht"]
    assert [line[0] for line in lines[1:]] == ["2", "3", "4", "5"]
    assert lines[1][2:9] == ["Wat is duaal leren?", "", "wat duaal leren is", "'=laag", "juist",
                             "antwoord over een onderwerp", "Wat is duaal leren?"]
    assert lines[3][2:8] == ["buiten bereik", "", "buiten bereik", "", "juist", "buiten bereik"]
    assert lines[4][9].startswith('antwoordde "')
    assert not {"knowledge", "refusal", "buiten_bereik"} & {cell for line in lines for cell in line}
    assert book.active.max_row == 5
    assert {c.data_type for row in book.active.iter_rows() for c in row} <= {"s", "n"}
    assert person.get(f"{shown}/themas.svg").headers["Content-Type"] == "image/svg+xml"


def test_a_list_is_downloaded_as_it_was_uploaded(bench: Bench, done: tuple[Client, str]) -> None:
    person = done[0]
    item = next(i for i in bench.desk.store(Lists).all() if i.name == "Proef")
    for kind in ("csv", "xlsx"):
        saved = person.get(f"/lijsten/{item.id}/lijst.{kind}").content
        again = person.post("/lijsten/nieuw", {"naam": f"Weer {kind}"},
                            files={"bestand": (f"x.{kind}", saved)})
        place = int(again.headers["Location"].split("/")[2].partition("?")[0])
        assert bench.desk.store(Lists).cases(place) == bench.desk.store(Lists).cases(item.id)
    assert person.get(f"/lijsten/{item.id}/verloop.svg").status_code == 200
    assert person.get(f"/lijsten/{item.id}").status_code == 200
    assert "Proef" in person.get("/lijsten").text


def test_an_upload_with_wrong_rows_keeps_nothing_unless_that_is_asked(bench: Bench) -> None:
    person, lists = bench.person(), bench.desk.store(Lists)
    before = len(lists.all())
    wrong = {"bestand": ("../fout.csv", b"vraag,onderwerp\nA?,startbonu\n,mentor\nB?,mentor\n")}
    refused = person.post("/lijsten/nieuw", {}, files=wrong)

    assert refused.status_code == 400
    assert "bedoel je startbonus" in refused.text
    assert "2 rijen kunnen zo niet" in refused.text
    assert len(lists.all()) == before
    kept = person.post("/lijsten/nieuw", {"goede": "ja"}, files=wrong)
    assert "1 vraag bewaard. 2 foute rijen zijn weggelaten." in person.follow(kept).text
    assert "fout" in {item.name for item in lists.all()}


def test_a_tester_makes_no_gate_and_wipes_no_list(bench: Bench, done: tuple[Client, str]) -> None:
    tester = bench.person(name="CLB Ander")

    assert tester.post("/lijsten/1/poort", {"juist": "90", "fout": "5"}).status_code == 403
    assert tester.post("/lijsten/1/wis").status_code == 403
    assert tester.get("/lijsten/1/wis").status_code == 403
    assert "Wis de lijst" not in tester.get("/lijsten/1").text


def test_removing_a_list_asks_first_and_its_maker_may_unless_it_is_a_gate(
        editable: Bench) -> None:
    maker, other = editable.person(), editable.person(name="CLB Ander")
    rows = {"bestand": ("x.csv", b"vraag;onderwerp\nA?;mentor\nFout;\n")}
    kept = maker.post("/lijsten/nieuw", {"naam": "Van mij", "goede": "ja"}, files=rows)
    assert "1 vraag bewaard. 1 foute rij is weggelaten." in maker.follow(kept).text
    runs = editable.desk.store(Runs)
    runs.stop(runs.start(1, "m.tar.gz", "x", "clb"))

    assert "Wis Van mij met 1 test?" in maker.get("/lijsten/1/wis").text
    assert "/lijsten/1/wis" in maker.get("/lijsten/1").text
    other.post("/lijsten/1/vervang", {"goede": "ja"}, files=rows)  # does not make it theirs
    assert other.post("/lijsten/1/wis").status_code == 403
    folder = folder_of(editable.desk.settings.root)
    write_gate(folder, Gate("poort_van_mij.csv", 0.9, 0.1), cases(1))
    assert maker.post("/lijsten/1/wis").status_code == 403
    remove_gate(folder, "poort_van_mij.csv")
    assert maker.post("/lijsten/1/wis").status_code == 303
    assert editable.desk.store(Lists).all() == []


BROKEN_BOOK = b"PK\x03\x04stuk"


@pytest.mark.parametrize(("name", "data", "said"), [
    ("Er is al een", b"vraag,onderwerp\nA?,mentor\n", "al een lijst met die naam"),
    ("Kop", b"a;b\nA?;mentor\n", "mist de kolommen vraag en onderwerp"),
    ("Stuk", BROKEN_BOOK, "niet leesbaar"), ("Niets", b"", "mist de kolommen"),
    ("Leeg", b"vraag;onderwerp\n", "geen enkele vraag"),
    ("x" * 3000, b"vraag;onderwerp\nA?;mentor\n", "hoogstens 80 tekens")])
def test_a_list_that_is_refused_gives_the_form_again_with_its_name(
        bench: Bench, name: str, data: bytes, said: str) -> None:
    person = bench.person()
    person.post("/lijsten/nieuw", {"naam": "Er is al een"}, files={
        "bestand": ("x.csv", b"vraag,onderwerp\nA?,mentor\n")})
    for path in ("/lijsten/nieuw", "/lijsten/1/vervang"):
        if path.endswith("vervang") and data.endswith(b"mentor\n") and data[:1] == b"v":
            continue  # the rows are good: only the name was wrong
        answer = person.post(path, {"naam": name, "goede": "ja"}, files={"bestand": ("x", data)})

        assert answer.status_code == 400
        assert said in answer.text
        assert "/lijsten/sjabloon.xlsx" in answer.text
        assert f'action="{path}"' in answer.text
        assert (f'value="{name}"' in answer.text) == path.endswith("nieuw")
        assert 'value="ja" checked' in answer.text


def test_a_run_of_rows_with_gaps_between_goes_on_where_it_was(database: Database) -> None:
    runs, lists = Runs(database, time.time), Lists(database, time.time)
    rows = [(number, Case(f"Vraag {number}?", "mentor")) for number in (4, 9, 10, 30)]
    run = runs.start(lists.add("Gaten", rows, "clb").id, "m.tar.gz", "x", "clb")
    verdict = Verdict(rows[0][1], Outcome.RIGHT, "knowledge", "mentor", "")
    runs.keep(run, [(4, verdict), (9, verdict)], 1.0)

    assert [number for number, _ in runs.waiting(run, 10)] == [10, 30]
    fake = Fake()
    assert worked(runs, run, fake).state == READY
    assert fake.asked == ["Vraag 10?", "Vraag 30?"]


def test_templates_are_there_for_everybody(tester: Client) -> None:
    for kind in ("csv", "xlsx"):
        answer = tester.get(f"/lijsten/sjabloon.{kind}")
        assert answer.status_code == 200
        assert f"sjabloon_testlijst.{kind}" in answer.headers["Content-Disposition"]


def test_questions_of_a_run_are_not_counted_among_real_cries_for_help(
        bench: Bench, done: tuple[Client, str]) -> None:
    (asked,) = bench.desk.worker.ask_many(["ik wil niet meer leven"])

    assert asked.messages[0]["kind"] == "safety"
    assert not bench.desk.settings.counters_file.exists()


def test_a_question_the_bot_does_not_take_is_no_answer_and_ends_nothing(bench: Bench) -> None:
    long, good = bench.desk.worker.ask_many(["x" * 2000, "wat is duaal leren"])

    assert "te lang" in long.refusal
    assert not long.broken
    assert good.messages[0]["topic"] == "wat_is_duaal"
