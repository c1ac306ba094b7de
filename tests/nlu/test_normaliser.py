import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normaliser import normalise


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hvl verdiende bij een baas", "hoeveel verdien je bij een baas"),
        ("moek ik da tekenen", "moet ik ik dat tekenen"),
        ("wa is da", "wat is dat"),
        ("HOEEEEEVEEEEL uur", "hoevel uur"),
        ("co-teaching", "co teaching"),
    ],
)
def test_chat_spelling_and_tussentaal_become_written_words(typed: str, written: str) -> None:
    assert written == normalise(typed)


@pytest.mark.parametrize("wrapped", [
    "Hallo, hoeveel verdien je alstublieft?",
    "goeiedag hoeveel verdien je bedankt",
    "hoeveel verdien je aub",
])
def test_politeness_around_a_question_changes_nothing(wrapped: str) -> None:
    assert normalise("hoeveel verdien je") == normalise(wrapped)


def test_a_greeting_alone_stays_a_greeting() -> None:
    assert "hallo" in normalise("Hallo!")


@given(st.text(max_size=200))
def test_any_text_gives_plain_words(text: str) -> None:
    result = normalise(text)

    assert result == " ".join(result.split())
    assert result == result.lower()
