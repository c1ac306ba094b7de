import pytest

from bot.nlu.completion import Piece, only_completes
from bot.nlu.cues import cues


def said(text: str, *names: str) -> bool:
    pieces = [Piece("plaats", n, text.index(n), text.index(n) + len(n)) for n in names]
    return only_completes(text, [*pieces, *(Piece(*cue) for cue in cues(text.lower()))])


@pytest.mark.parametrize(("text", "names"), [
    ("en in Gent?", ["Gent"]),
    ("nee ik bedoel Aalter", ["Aalter"]),
    ("Aalst", ["Aalst"]),
    ("liever iets met hout", ["hout"]),
    ("bakker in 9300", ["bakker", "9300"]),
    ("hebben ze daar ook het 7de jaar van lassen", ["lassen"]),
])
def test_a_message_of_names_and_filler_goes_on_with_what_was_asked(
    text: str, names: list[str]
) -> None:
    assert said(text, *names)


@pytest.mark.parametrize("text", [
    "welke is het dichtst", "enkel wat nog open is", "zonder filter aub", "mag ook 25 zijn",
    "eigenlijk heel de provincie", "en een 7de jaar?", "en daarna?", "wat is hun telefoonnummer",
    "toch het andere", "is er daar ook een 7de jaar", "iets verder mag ook",
])
def test_a_filter_or_wish_that_leans_on_what_was_shown_goes_on_with_it(text: str) -> None:
    assert said(text)


@pytest.mark.parametrize(("text", "names"), [
    ("hoeveel verdien je als bakker", ["bakker"]),
    ("is er veel werk in Gent", ["Gent"]),
    ("ja graag", []),
    ("wat is een graduaat", []),
    ("wat is ov3", []),
    ("moet ik een 7de jaar doen", []),
    ("hij is 15 jaar is goed?", []),
])
def test_a_message_with_a_subject_of_its_own_does_not(text: str, names: list[str]) -> None:
    assert not said(text, *names)
