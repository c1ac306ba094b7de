import pytest

from bot.nlu.completion import only_completes


def said(text: str, *names: str) -> bool:
    return only_completes(text, [(text.index(n), text.index(n) + len(n)) for n in names])


@pytest.mark.parametrize(("text", "names"), [
    ("en in Gent?", ["Gent"]),
    ("nee ik bedoel Aalter", ["Aalter"]),
    ("Aalst", ["Aalst"]),
    ("liever iets met hout", ["hout"]),
    ("bakker in 9300", ["bakker", "9300"]),
])
def test_a_message_of_names_and_filler_goes_on_with_what_was_asked(
    text: str, names: list[str]
) -> None:
    assert said(text, *names)


@pytest.mark.parametrize(("text", "names"), [
    ("hoeveel verdien je als bakker", ["bakker"]),
    ("is er veel werk in Gent", ["Gent"]),
    ("ja graag", []),
])
def test_a_message_with_a_subject_of_its_own_does_not(text: str, names: list[str]) -> None:
    assert not said(text, *names)
