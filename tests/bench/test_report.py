import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.judge import Message, Outcome, Verdict
from bot.bench.model import Case
from bot.bench.report import interval, run, table, write


def verdict(outcome: Outcome = Outcome.RIGHT, layer: str = "", question: str = "Vraag?",
            text: str = "Dag!") -> Verdict:
    return Verdict(Case(question, "premie", layer=layer), outcome, "knowledge", "premie", text)


@pytest.mark.parametrize(("hits", "total", "low", "high"), [
    (8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (50, 100, 0.404, 0.596)])
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert interval(hits, total) == pytest.approx((low, high), abs=0.001)


def test_nothing_asked_says_nothing() -> None:
    assert interval(0, 0) == (0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval_and_more_questions_narrow_it(
    counts: tuple[int, int]
) -> None:
    hits, total = counts
    low, high = interval(hits, total)
    low_more, high_more = interval(hits * 4, total * 4)

    assert 0.0 <= low <= hits / total + 1e-9
    assert hits / total - 1e-9 <= high <= 1.0
    assert high_more - low_more < high - low


def test_the_table_counts_each_layer_and_the_total() -> None:
    lines = table([
        verdict(Outcome.RIGHT, "ouder"), verdict(Outcome.CHOICE, "ouder"),
        verdict(Outcome.WRONG, "leerling"), verdict(Outcome.REFUSED),
    ]).splitlines()

    assert lines[0].split() == "laag n juist of keuze fout geweigerd 95% juist".split()
    assert [line.split()[:6] for line in lines[1:]] == [
        ["leerling", "1", "0.0%", "0.0%", "100.0%", "0.0%"],
        ["ouder", "2", "50.0%", "100.0%", "0.0%", "0.0%"],
        ["totaal", "4", "25.0%", "50.0%", "25.0%", "25.0%"],
    ]
    assert lines[-1].endswith("5%-70%")


def test_a_table_of_nothing_is_no_error() -> None:
    header, total = table([]).splitlines()

    assert total.split() == ["totaal", "0", "-", "-", "-", "-", "0%-100%"]
    assert header.index("95% juist") == total.index("0%-100%")


def test_every_question_is_asked_once_in_order_and_judged() -> None:
    asked: list[str] = []

    def ask(question: str) -> list[Message]:
        asked.append(question)
        return [{"kind": "knowledge", "topic": "premie", "text": "Dag!"}]

    verdicts = run([Case("Een?", "premie"), Case("Twee?", "startbonus")], ask)

    assert asked == ["Een?", "Twee?"]
    assert [v.outcome for v in verdicts] == [Outcome.RIGHT, Outcome.WRONG]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_verdict_is_a_row_that_a_spreadsheet_reads(tmp_path: Path) -> None:
    file = tmp_path / "uit.csv"
    write([verdict(layer="ouder", text='Café, "dag"\nregel 2'), verdict(Outcome.WRONG)], file)

    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = rows(file)
    assert first == {"vraag": "Vraag?", "onderwerp": "premie", "laag": "ouder",
                     "oordeel": "juist", "soort": "knowledge", "gekregen": "premie",
                     "reden": "", "antwoord": 'Café, "dag"\nregel 2'}
    assert second["oordeel"] == "fout"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_cell_never_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    attack = f"{start}HYPERLINK(\"https://slecht.example\")"
    write([verdict(question=attack, text=attack, layer=attack)], tmp_path / "uit.csv")

    (row,) = rows(tmp_path / "uit.csv")
    for column in ("vraag", "laag", "antwoord"):
        assert row[column] == f"'{attack}"


def test_an_ordinary_cell_stays_as_it_is(tmp_path: Path) -> None:
    write([verdict(question="1+1=2?", text="")], tmp_path / "uit.csv")

    assert rows(tmp_path / "uit.csv")[0]["vraag"] == "1+1=2?"
