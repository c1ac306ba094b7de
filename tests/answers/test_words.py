from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.words import MONTHS, dutch_date, kilometres, listing, short

PHRASE = st.lists(st.text("abcé", min_size=1, max_size=9), min_size=1, max_size=9).map(" ".join)


def test_a_day_reads_the_dutch_way_from_a_date_and_from_text() -> None:
    assert dutch_date("2026-11-23") == "23 november 2026"
    assert dutch_date(date(2027, 3, 1)) == "1 maart 2027"


@given(st.dates())
def test_a_day_names_its_own_month(day: date) -> None:
    number, month, year = dutch_date(day).split()

    assert date(int(year), MONTHS.index(month) + 1, int(number)) == day


@pytest.mark.parametrize(("items", "text"), [
    ([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")])
def test_a_list_ends_with_and(items: list[str], text: str) -> None:
    assert listing(items) == text


def test_a_list_can_end_with_another_word() -> None:
    assert listing(["a", "b"], "of") == "a of b"


@pytest.mark.parametrize(("distance", "text"), [
    (0.0, "minder dan 1 km"), (0.99, "minder dan 1 km"), (1.0, "1,0 km"), (3.44, "3,4 km"),
    (10.0, "10 km"), (79.6, "80 km"),
])
def test_a_distance_is_as_exact_as_it_is_near(distance: float, text: str) -> None:
    assert kilometres(distance) == text


@given(st.text(), st.integers(1, 80))
def test_a_shortened_text_fits_and_is_the_beginning(text: str, limit: int) -> None:
    result = short(text, limit)

    assert len(result) <= limit
    assert result == text or (result[-1] == "…" and text.startswith(result[:-1]))


@given(st.text(max_size=40))
def test_a_text_that_fits_stays_as_it_is(text: str) -> None:
    assert short(text, 40) == text


@given(PHRASE, st.integers(10, 40))
def test_words_stay_whole(text: str, limit: int) -> None:
    kept = short(text, limit).removesuffix("…")

    assert kept
    assert text == kept or text[len(kept)] == " "
