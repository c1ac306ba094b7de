import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.inbox import MAX_TEXT, clean, receive

ANYTHING = st.text(st.characters(blacklist_categories=()), max_size=60)
SLASHES = st.text("/ \n\x00ab", max_size=12)


def cleaned(text: str) -> str:
    """What the bot sees; empty when the message is refused."""
    try:
        return clean(text)
    except InputError:
        return ""


@given(ANYTHING)
def test_what_the_bot_sees_can_always_be_stored_and_shown(text: str) -> None:
    seen = cleaned(text)

    assert seen.encode("utf-8").decode("utf-8") == seen
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in seen)
    assert seen == seen.strip()


@given(ANYTHING)
def test_cleaning_only_takes_away(text: str) -> None:
    kept = iter(text)

    assert all(c in kept for c in cleaned(text).replace(" ", ""))


@given(st.text("abcdé ?!'0123456789€😀", min_size=1, max_size=60).filter(str.strip))
def test_an_ordinary_message_stays_as_it_was_typed(text: str) -> None:
    assert clean(text) == text.strip()


@pytest.mark.parametrize(("text", "seen"), [
    ("/restart", "restart"),
    ("  ///restart", "restart"),
    ("\x00/restart", "restart"),
    ("\n/ restart", "restart"),
    ('/informeer{"plaats": "Gent"}', 'informeer{"plaats": "Gent"}'),
    ("en/of", "en/of"),
    ("5/6", "5/6"),
])
def test_a_person_cannot_give_a_command(text: str, seen: str) -> None:
    assert clean(text) == seen


@given(SLASHES)
def test_no_message_begins_with_a_slash(text: str) -> None:
    assert not cleaned(text).startswith("/")


def test_lines_become_one_line_and_words_stay_apart() -> None:
    assert clean("hoeveel\r\nverdien\tik") == "hoeveel  verdien ik"


@pytest.mark.parametrize("text", ["", "  \n", "/", "// ", "\x00\x07", "\ud800", "\ue000"])
def test_a_message_without_a_character_is_refused_in_dutch(text: str) -> None:
    with pytest.raises(InputError, match="leeg") as caught:
        clean(text)

    assert caught.value.code == "leeg"


def test_a_message_of_the_longest_length_is_taken_and_one_more_is_not() -> None:
    assert clean("a" * MAX_TEXT) == "a" * MAX_TEXT
    with pytest.raises(InputError, match=f"hoogstens {MAX_TEXT} tekens") as caught:
        clean("a" * (MAX_TEXT + 1))

    assert caught.value.code == "te_lang"


def test_another_limit_holds_and_is_named() -> None:
    with pytest.raises(InputError, match="hoogstens 5 tekens"):
        clean("abcdef", 5)


@pytest.mark.parametrize("before", [0, 900, 1500, 4000])
def test_a_cry_for_help_is_heard_in_a_text_that_is_too_long(before: int) -> None:
    text = "Ik zit hier al uren. " * (before // 21) + "Ik wil dood. " + "Niemand merkt het. " * 60

    assert receive(text).text == "[nood]"


def test_another_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="te lang"):
        receive("Hoeveel verdien je als je duaal leert? " * 40)
