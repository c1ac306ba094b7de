from datetime import date

import pytest

from bot.knowledge.model import State
from tests.knowledge.values import TODAY, knowledge, topic

REVIEW, EXPIRY = date(2027, 1, 31), date(2027, 6, 30)


@pytest.mark.parametrize(("today", "state"), [
    (date(2027, 1, 31), State.CURRENT),
    (date(2027, 2, 1), State.OVERDUE),
    (date(2027, 6, 30), State.OVERDUE),
    (date(2027, 7, 1), State.EXPIRED),
])
def test_an_answer_holds_to_the_last_day_itself(today: date, state: State) -> None:
    assert topic(review_by=REVIEW, expires=EXPIRY).state(today) is state


def test_an_unwritten_answer_is_unwritten_whatever_its_dates() -> None:
    assert topic(written=False, expires=date(2020, 1, 1)).state(TODAY) is State.UNWRITTEN


def test_themes_keep_the_order_of_the_files() -> None:
    known = knowledge(topic("b"), topic("a"), topic("c", theme="geld"), topic("d"))

    assert {name: [t.id for t in topics] for name, topics in known.themes().items()} == {
        "wat": ["b", "a", "d"], "geld": ["c"]}


def test_a_topic_is_found_by_id_and_an_unknown_one_is_none() -> None:
    known = knowledge(topic("a"))

    assert known.get("a") is not None
    assert known.get("weg") is None
    assert topic("a").label == "wat/a"
