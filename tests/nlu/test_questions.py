import pytest

from bot.nlu.questions import split_questions


@pytest.mark.parametrize(("text", "parts"), [
    ("wat verdien je en heb ik schoolvakantie?", 2),
    ("Hoeveel verdien ik? En wie tekent de overeenkomst?", 2),
    ("hoeveel verdien je", 0),
    ("Mijn zoon is 16 en wil bakker worden. Mag dat?", 0),
    ("Mijn zoon is 16. Hij wil bakker worden. Hoeveel verdient hij dan per maand?", 0),
])
def test_exactly_two_questions_are_taken_apart(text: str, parts: int) -> None:
    assert len(split_questions(text)) == parts
