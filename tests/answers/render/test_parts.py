"""Splitting, fitting, packing and counting: what all platforms share."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.render.limits import size
from bot.answers.render.parts import Block, choices, fit, numbering, pack, picture, split

WORDS = st.lists(st.sampled_from(["woord", "zin.", "<&>", "😀😀", "\n\n", "\n", "e\u0301e\u0301"]),
                 max_size=60).map(" ".join)


@given(WORDS, st.integers(10, 60))
def test_pieces_fit_and_together_are_the_text(text: str, limit: int) -> None:
    pieces = split(text, limit)

    assert all(size(piece) <= limit and piece.strip() for piece in pieces)
    assert " ".join(pieces).split() == text.split()


@given(WORDS, st.integers(10, 60))
def test_pieces_fit_by_any_measure(text: str, limit: int) -> None:
    pieces = split(text, limit, lambda t: size(escape(t)))

    assert all(size(escape(piece)) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(("text", "pieces"), [
    ("Een zin.\nNog een.\n\nEen alinea.", ["Een zin.\nNog een.", "Een alinea."]),
    ("Een eerste zin.\nNog een. En nog een.", ["Een eerste zin.", "Nog een. En nog een."]),
    ("Een eerste zin. En een tweede zin.", ["Een eerste zin.", "En een tweede zin."]),
    ("een twee drie vier vijf zes zeven", ["een twee drie vier vijf", "zes zeven"]),
    ("a" * 50, ["a" * 24, "a" * 24, "aa"]),
    ("", []), ("  kort  ", ["kort"]),
])
def test_a_text_is_cut_at_paragraph_line_sentence_word_in_that_order(
    text: str, pieces: list[str]
) -> None:
    assert split(text, 24) == pieces


def test_an_accent_stays_with_its_letter() -> None:
    assert split("a" * 9 + "e\u0301" + "b", 10) == ["a" * 9, "e\u0301b"]


def test_a_line_that_does_not_fit_ends_with_a_sign_of_it() -> None:
    assert fit("Elektrische installaties", 20) == "Elektrische…"
    assert fit("Kort\nen goed", 20) == "Kort en goed"
    assert fit("a" * 21, 20) == "a" * 19 + "…"
    assert fit("3. Lassen-constructie", 20) == "3. Lassen-construct…"


def test_blocks_share_a_message_and_a_long_one_is_split_in_plain_words() -> None:
    short, long = Block("*Titel*", "Titel"), Block("*" + "woord " * 9 + "*", "woord " * 9)

    assert pack([short, short], 20) == ["*Titel*\n\n*Titel*"]
    assert pack([short, long], 30) == [
        "*Titel*", "woord woord woord woord woord", "woord woord woord woord"]


OFFERS = {
    "text": "Ik vond 2 scholen.",
    "cards": [{"id": "school-1-2", "title": "A", "payload": "school:1-2"},
              {"id": "clb-9000", "title": "CLB"},
              {"id": "school-3-4", "title": "B", "payload": "school:3-4"}],
    "buttons": [{"title": "Meer", "payload": "meer:5"}],
}
PROGRAMMES = {
    "text": "Welke?",
    "cards": [{"id": "opleiding-88", "title": "Elektrische installaties", "subtitle": "5de jaar",
               "payload": "opleiding:88"}],
    "buttons": [{"title": "Elektrische…", "payload": "opleiding:88"},
                {"title": "Meer", "payload": "meer:6", "label": "Toon meer"}],
}


def test_cards_to_choose_are_counted_first_then_the_other_buttons() -> None:
    assert numbering(OFFERS) == {"school:1-2": 1, "school:3-4": 2, "meer:5": 3}
    assert numbering(PROGRAMMES) == {"opleiding:88": 1, "meer:6": 2}


def test_a_payload_that_stands_there_twice_keeps_its_first_number() -> None:
    twice = [{"title": "A", "payload": "a"}, {"title": "B", "payload": "a"},
             {"title": "C", "payload": "c"}]

    assert numbering({"text": "?", "buttons": twice}) == {"a": 1, "c": 2}


def test_a_card_and_a_button_to_the_same_are_one_choice() -> None:
    first, second = choices(PROGRAMMES)

    assert (first.title, first.label, first.number) == (
        "Elektrische installaties", "Elektrische installaties, 5de jaar", 1)
    assert (second.label, second.number) == ("Toon meer", None)
    assert choices(PROGRAMMES, spelled=True)[1].number == 2


@pytest.mark.parametrize(("url", "base", "found"), [
    ("/beeld/88.svg", "https://bot.example/", "https://bot.example/beeld/88.png"),
    ("/beeld/88.png", "https://bot.example", "https://bot.example/beeld/88.png"),
    ("https://other.example/1.svg", "", "https://other.example/1.png"),
    ("/beeld/88.svg", "", ""),
])
def test_a_picture_is_asked_as_png_at_the_public_address(url: str, base: str, found: str) -> None:
    assert picture({"image": {"url": url, "alt": "a"}}, base) == found


def test_an_answer_without_a_picture_has_no_address() -> None:
    assert picture({"text": "Dag"}, "https://bot.example") == ""


def test_an_emoji_counts_as_two_as_the_platforms_count_at_most() -> None:
    assert (size("aé"), size("😀"), size("")) == (2, 2, 0)
