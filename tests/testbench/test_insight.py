"""Inzicht: right numbers, none under five to be seen or worked out, and people's own verdicts."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from scipy.optimize import linprog

from bot.insight import SEARCH, Counted, Counters, Outcome, Row
from bot.testbench.disclosure import FEW, HIDDEN, SMALL, Key, Sum, hidden, shown
from bot.testbench.insight import (
    AT_ONCE,
    GROUPS,
    judged,
    summarise,
    to_csv,
    to_json,
)
from bot.testbench.insight_charts import DRAWN, bars, chart
from bot.testbench.judgements import Judgements
from bot.testbench.verdicts import Answered
from tests.testbench.conftest import Bench

MONTH, TODAY = "2026-11", date(2026, 11, 26)
FIRST = date(2026, 11, 2)


def row(number: int, topic: str = "startbonus", theme: str = "geld", channel: str = "web",
        outcome: Outcome = Outcome.ANSWERED, day: date = FIRST) -> Row:
    return Row(day, channel, theme, topic, outcome, number)


def possible(key: Key, numbers: dict[Key, int], sums: list[Sum], hide: frozenset[Key],
             occurring: frozenset[Key] = frozenset()) -> tuple[float, float]:
    """The least and the most that a reader, who knows the rules, can think a number is."""
    names = sorted(hide)
    matrix, right = np.zeros((len(sums), len(names))), np.zeros(len(sums))
    for i, one in enumerate(sums):
        for member in one.members:
            sign = -1 if member == one.total else 1
            if member in hide:
                matrix[i, names.index(member)] += sign
            else:
                right[i] -= sign * numbers[member]
    bounds = [(int(n in occurring), SMALL - 1) if numbers[n] < SMALL else (SMALL, None)
              for n in names]
    wanted = np.array([float(n == key) for n in names])
    least, most = (linprog(sign * wanted, A_eq=matrix, b_eq=right, bounds=bounds)
                   for sign in (1, -1))
    assert least.success
    return least.fun, -most.fun if most.success else float("inf")


def crossed(cells: list[list[int]]) -> tuple[dict[Key, int], list[Sum]]:
    """A table with totals of rows and columns and the whole."""
    height, width = len(cells), len(cells[0])
    numbers: dict[Key, int] = {("t",): sum(map(sum, cells))}
    numbers |= {("r", str(i)): sum(line) for i, line in enumerate(cells)}
    numbers |= {("c", str(j)): sum(line[j] for line in cells) for j in range(width)}
    numbers |= {("x", str(i), str(j)): cells[i][j] for i in range(height) for j in range(width)}
    sums = [Sum(("r", str(i)), tuple(("x", str(i), str(j)) for j in range(width)))
            for i in range(height)]
    sums += [Sum(("c", str(j)), tuple(("x", str(i), str(j)) for i in range(height)))
             for j in range(width)]
    sums += [Sum(("t",), tuple(("r", str(i)) for i in range(height))),
             Sum(("t",), tuple(("c", str(j)) for j in range(width)))]
    return numbers, sums


TABLES = st.integers(2, 4).flatmap(lambda width: st.lists(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 40]), min_size=width,
             max_size=width), min_size=2, max_size=4))


# All sums together tell more here than each of them: the 4 is worked out from three of them.
@example([[0, 0, 0, 0], [0, 0, 0, 2], [0, 0, 1, 4], [0, 0, 1, 4]], False)
@limits(max_examples=60, deadline=None)
@given(TABLES, st.booleans())
def test_no_number_under_five_can_be_worked_out_from_a_table_and_its_totals(
    cells: list[list[int]], listed: bool
) -> None:
    numbers, sums = crossed(cells)
    known = frozenset(key for key in numbers if key[0] in "rc" and numbers[key]) \
        if listed else frozenset()
    hide = hidden(numbers, sums, known)

    for key, number in numbers.items():
        if 0 < number < SMALL:
            assert key in hide
            least, most = possible(key, numbers, sums, hide, known)
            assert most - least > 0.99, (key, least, most)


def test_a_second_number_is_hidden_when_the_total_would_tell_the_first() -> None:
    numbers = {("t",): 33, ("a",): 3, ("b",): 10, ("c",): 20}

    assert shown(numbers, [Sum(("t",), (("a",), ("b",), ("c",)))]) == {
        ("t",): 33, ("a",): FEW, ("b",): HIDDEN, ("c",): 20}


def test_a_second_number_that_tells_too_much_is_not_enough() -> None:
    """6 is one and five: with the five hidden as "five or more" the one would be certain."""
    numbers = {("t",): 26, ("a",): 1, ("b",): 5, ("c",): 20}

    assert shown(numbers, [Sum(("t",), (("a",), ("b",), ("c",)))])["c",] == HIDDEN


def test_a_zero_is_hidden_before_a_number_that_says_something() -> None:
    numbers = {("t",): 53, ("a",): 50, ("b",): 3, ("c",): 0}

    assert shown(numbers, [Sum(("t",), (("a",), ("b",), ("c",)))]) == {
        ("t",): 53, ("a",): 50, ("b",): FEW, ("c",): FEW}


def test_a_number_that_only_two_sums_together_give_away_is_protected_too() -> None:
    """x is the first total less the second, whatever y and z are."""
    numbers = {("t1",): 23, ("t2",): 20, ("x",): 3, ("y",): 10, ("z",): 10}
    sums = [Sum(("t1",), (("x",), ("y",), ("z",))), Sum(("t2",), (("y",), ("z",)))]
    hide = hidden(numbers, sums)

    least, most = possible(("x",), numbers, sums, hide)
    assert most - least > 0.99


def test_large_numbers_and_zeroes_are_shown_as_they_are() -> None:
    numbers = {("t",): 12, ("a",): 12, ("b",): 0}

    assert shown(numbers, [Sum(("t",), (("a",), ("b",)))]) == numbers


def test_every_question_counts_once_in_every_table() -> None:
    month = summarise(MONTH, [
        row(10), row(20, "mentor", "begeleiding", "whatsapp"),
        row(30, "", "", outcome=Outcome.OUT_OF_SCOPE, day=date(2026, 11, 20)),
        row(40, "offers", SEARCH, outcome=Outcome.SEARCHED)], TODAY)

    assert month.total == 100
    for lines in (month.days, month.weeks, month.groups, month.outcomes, month.channels,
                  month.themes):
        assert sum(line.number for line in lines if isinstance(line.number, int)) == 100
    at_once = GROUPS.index(AT_ONCE)
    assert {line.name: line.share(at_once) for line in month.channels} == {
        "web": "62%", "whatsapp": "100%"}


def test_days_after_today_and_outside_the_month_are_no_lines() -> None:
    days = [line.name for line in summarise(MONTH, [row(10)], TODAY).days]

    assert (days[0], days[-1], len(days)) == ("2026-11-01", "2026-11-25", 25)


def test_a_question_of_today_changes_nothing_until_tomorrow() -> None:
    more = [row(10), row(1, "mentor", "begeleiding", day=TODAY)]

    assert summarise(MONTH, more, TODAY) == summarise(MONTH, [row(10)], TODAY)
    assert summarise(MONTH, more, date(2026, 11, 27)).total == 11
    assert summarise(MONTH, [row(9, day=date(2026, 11, 1))], date(2026, 11, 1)).days == ()


def test_five_topics_of_one_each_are_not_given_away_by_their_theme() -> None:
    """A topic is listed because it occurs: five of "minder dan 5" that make 5 are each 1."""
    month = summarise(MONTH, [row(60, "offers", SEARCH, outcome=Outcome.SEARCHED),
                              *(row(1, f"o{i}") for i in range(5))], TODAY)

    (money,) = (line for line in month.themes if line.name == "geld")
    assert money.number != 5
    assert [line.number for line in month.topics if line.name != "offers"] == [FEW] * 5
    numbers = {("t",): 5, **{("o", str(i)): 1 for i in range(5)}}
    topics = tuple(key for key in numbers if key != ("t",))
    assert ("t",) in hidden(numbers, [Sum(("t",), topics)], topics)


SMALL_ROWS = [row(3, "mentor", "begeleiding"), row(7), row(2, "", "", outcome=Outcome.HANDOVER),
              row(50, "offers", SEARCH, outcome=Outcome.SEARCHED),
              row(21, "", "", "whatsapp", Outcome.OUT_OF_SCOPE, date(2026, 11, 9))]


def test_small_numbers_are_in_no_table_export_or_chart() -> None:
    month = summarise(MONTH, SMALL_ROWS, TODAY)
    in_csv = list(csv.DictReader(io.StringIO(to_csv(month)), delimiter=";"))
    in_json = json.loads(to_json(month))["tabellen"]

    for lines in month.tables().values():
        for line in lines:
            assert all(isinstance(n, str) or n == 0 or n >= SMALL
                       for n in (line.number, *line.groups))
    assert {r["aantal"] for r in in_csv if r["naam"] == "mentor"} == {FEW}
    assert {r["aantal"] for r in in_json["onderwerp"] if r["naam"] == "mentor"} == {FEW}
    assert b"minder dan 5" not in bars(month.days, "x", lying=False)


def test_the_share_of_a_hidden_number_is_not_shown_either() -> None:
    month = summarise(MONTH, SMALL_ROWS, TODAY)

    for line in (*month.channels, *month.themes):
        for at, number in enumerate(line.groups):
            if isinstance(number, str):
                assert line.share(at) == ""


def test_a_month_with_many_topics_is_safe_within_a_second() -> None:
    import time

    rows = [row((i * j) % 9, f"o{i}", f"t{i % 11}", ("web", "whatsapp", "telegram")[j % 3],
                list(Outcome)[j % 12], date(2026, 11, 1 + (i + j) % 26))
            for i in range(1, 108) for j in range(1, 12) if (i * j) % 9 and (i + j) % 4 == 0]
    began = time.thread_time()
    summarise(MONTH, rows, TODAY)

    assert time.thread_time() - began < 1.0


def test_a_month_is_worked_out_once_while_its_days_do_not_change() -> None:
    from bot.testbench import insight

    insight._summarised.cache_clear()
    for day in (TODAY, TODAY):
        summarise(MONTH, [row(10), row(1, day=day)], TODAY)

    assert insight._summarised.cache_info().misses == 1


def test_a_chart_is_a_drawing_without_script_and_the_same_each_time() -> None:
    lines = summarise(MONTH, SMALL_ROWS, TODAY).themes

    drawn = bars(lines, "Vragen per thema")

    assert drawn == bars(lines, "Vragen per thema")
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert b"<script" not in drawn


def test_a_chart_of_the_same_numbers_is_drawn_once_and_at_most_fifty_are_kept() -> None:
    lines = summarise(MONTH, SMALL_ROWS, TODAY).themes
    chart.cache_clear()

    assert chart(lines, "Thema, november") == bars(lines, "Thema, november")
    assert chart(lines, "Thema, november") is chart(lines, "Thema, november")
    chart(lines, "Thema, december")
    chart(summarise(MONTH, [row(9)], TODAY).themes, "Thema, november")
    state = chart.cache_info()
    assert (state.misses, state.maxsize) == (3, DRAWN)
    assert DRAWN == 50


def test_the_table_for_a_spreadsheet_has_semicolons_and_the_names_of_the_channels() -> None:
    lines = to_csv(summarise(MONTH, SMALL_ROWS, TODAY)).splitlines()

    assert lines[0].startswith("maand;tabel;naam;aantal;")
    assert len({line.count(";") for line in lines}) == 1
    assert {line.split(";")[2] for line in lines if ";kanaal;" in line} == {"Website", "WhatsApp"}


def test_correctness_is_the_share_of_people_who_said_good_with_its_interval() -> None:
    verdicts = [("a", "geld", "goed")] * 8 + [("b", "geld", "fout")] * 2 + [("", "", "goed")]

    whole, none, money = judged(verdicts, {"geld": "geld en vergoeding"})

    assert (whole.good, whole.total) == (9, 11)
    assert (money.name, money.good, money.total) == ("geld en vergoeding", 8, 10)
    assert money.low == pytest.approx(0.490, abs=0.002)
    assert money.high == pytest.approx(0.943, abs=0.002)
    assert none.name == "geen thema"


def count(bench: Bench, number: int, topic: str, theme: str, outcome: Outcome) -> None:
    counters = Counters(bench.desk.settings.counters_file)
    for _ in range(number):
        counters.add(bench.desk.today - timedelta(days=1), "web", Counted(theme, topic, outcome))
    counters.flush()


def test_a_tester_sees_the_month_its_charts_and_exports(editable: Bench) -> None:
    count(editable, 12, "startbonus", "geld", Outcome.ANSWERED)
    count(editable, 3, "mentor", "begeleiding", Outcome.ANSWERED)
    count(editable, 40, "", "", Outcome.OUT_OF_SCOPE)
    person, month = editable.person(), f"{editable.desk.today - timedelta(days=1):%Y-%m}"

    page = person.get(f"/inzicht?maand={month}").text
    assert "minder dan 5" in page
    assert '<th scope="row">Website</th>' in page
    assert "<strong>55</strong>" in page
    for name in ("dagen", "antwoorden", "themas"):
        chart = person.get(f"/inzicht/{name}.svg?maand={month}")
        assert chart.headers["Content-Type"] == "image/svg+xml"
        assert f"/inzicht/{name}.svg?maand={month}" in page.replace("&amp;", "&")
    assert "startbonus" in person.get(f"/inzicht/inzicht.csv?maand={month}").text
    assert person.get(f"/inzicht/inzicht.json?maand={month}").json()["maand"] == month
    assert person.get("/inzicht?maand=gisteren").status_code == 400
    assert person.get("/inzicht/onbekend.svg").status_code == 400


def test_the_page_tells_verdicts_of_people_apart_from_what_the_bot_thinks(editable: Bench) -> None:
    person = editable.person()
    assert "nog geen antwoorden waarover twee mensen het eens zijn" in person.get("/inzicht").text
    judgements: Any = editable.desk.store(Judgements)
    about = Answered((("typte", "wat is een startbonus"),), "wat is een startbonus", "Een bonus.",
                     "k", "knowledge", "startbonus", "geld")
    judgements.add(about, "clb-een", "goed")
    judgements.add(about, "clb-twee", "goed")

    page = person.get("/inzicht").text

    assert "Dit is wat mensen vinden" in page
    assert "21% en 100%" in page
