import json

from bot.answers.model import Answer, AsOf, Button, Card, Source
from tests.answers.values import contract


def test_absent_parts_are_left_out_of_the_message() -> None:
    assert Answer("notice", "Dag!").to_dict() == {"v": 1, "kind": "notice", "text": "Dag!"}


def test_no_and_zero_are_told_and_unknown_is_not() -> None:
    message = contract(Answer(
        "offers", "Dag!", confidence=0.0, as_of=AsOf("2026-2027", "2026-10-09", False, 0),
        cards=(Card("a", "A", open=False, distance_km=0.0), Card("b", "B")),
    ))

    assert message["cards"] == [{"id": "a", "title": "A", "open": False, "distance_km": 0.0},
                                {"id": "b", "title": "B"}]
    assert message["as_of"] == {"school_year": "2026-2027", "date": "2026-10-09",
                                "complete": False, "known": 0}
    assert message["confidence"] == 0.0


def test_a_message_is_the_same_after_json() -> None:
    message = contract(Answer("knowledge", "Dag!", bullets=("a",), buttons=(Button("b", "c:d"),),
                              sources=(Source("e", "2026-11-23"),)))

    assert json.loads(json.dumps(message)) == message
