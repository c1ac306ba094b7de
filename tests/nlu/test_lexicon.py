import pytest

from bot.nlu.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(
        places=["Gent", "Aalst", "Sint-Niklaas", "Mol", "Ham", "Halle", "Antwerpen", "Diest",
                "Oudenaarde"],
        programmes={"kapper": "kapper", "Bakkerij duaal": "bakkerij duaal", "hout": "hout",
                    "elektricien": "elektricien", "Dier en milieu duaal": "dier en milieu duaal"},
        provinces=["Limburg", "West-Vlaanderen"],
        postcodes=["9300", "9000"],
    )


def found(lexicon: Lexicon, text: str) -> set[tuple[str, str]]:
    """Names and filters; what is wished has tests of its own."""
    return {(f.kind, f.value) for f in lexicon.find(text) if f.kind != "wens"}


@pytest.mark.parametrize(("text", "expected"), [
    ("kapper in Gent", {("opleiding", "kapper"), ("plaats", "Gent")}),
    ("school in sint niklaas", {("plaats", "Sint-Niklaas")}),
    ("iets met HOUT rond 9300", {("opleiding", "hout"), ("plaats", "9300")}),
    ("iets in west vlaanderen", {("provincie", "West-Vlaanderen")}),
    ("na 6 kapper", {("jaar", "6"), ("opleiding", "kapper")}),
    ("niet kapper, wel hout", {("niet_opleiding", "kapper"), ("opleiding", "hout")}),
    ("ik woon in Mol", {("plaats", "Mol")}),
    ("binnen 20 km van Aalst", {("straal", "20"), ("plaats", "Aalst")}),
    ("6de jaar kapper", {("jaar", "6"), ("opleiding", "kapper")}),
])
def test_names_are_found_whatever_their_spelling(
    lexicon: Lexicon, text: str, expected: set[tuple[str, str]]
) -> None:
    assert expected == found(lexicon, text)


@pytest.mark.parametrize(("text", "value"), [
    ("school in oudenarde", "Oudenaarde"),
    ("elektriciën worden", "elektricien"),
    ("elektrcien", "elektricien"),
    ("rond antwerpn", "Antwerpen"),
    ("omgevng oudenarde", "Oudenaarde"),
    ("presies dier en millieu duaal", "dier en milieu duaal"),
])
def test_typing_errors_in_names_are_forgiven(lexicon: Lexicon, text: str, value: str) -> None:
    assert value in {f.value for f in lexicon.find(text)}


@pytest.mark.parametrize(("text", "expected"), [
    ("kapper in aalts", ("plaats", "Aalst")), ("een kappersopleiding", ("opleiding", "kapper")),
    ("naar sint niklas", ("plaats", "Sint-Niklaas")),
    ("iets in bommelgem", ("plaats", "bommelgem")),
])
def test_swapped_letters_compounds_and_strange_places_are_understood(
    lexicon: Lexicon, text: str, expected: tuple[str, str]
) -> None:
    assert expected in found(lexicon, text)


@pytest.mark.parametrize("text", ["hallo", "kom je in dienst", "een ham met kaas", "een mol"])
def test_ordinary_words_are_not_taken_for_names(lexicon: Lexicon, text: str) -> None:
    assert set() == found(lexicon, text)


def test_a_place_that_is_taken_back_does_not_count(lexicon: Lexicon) -> None:
    assert {("plaats", "Gent"), ("niet_plaats", "aalst")} == found(
        lexicon, "nee niet in Aalst maar in Gent")
    assert ("niet_plaats", "aalst") in found(lexicon, "ik bedoel Gent, niet Aalst")


def test_an_ordinary_word_with_a_capital_inside_a_message_is_a_place(lexicon: Lexicon) -> None:
    assert ("plaats", "Mol") in found(lexicon, "doe maar Mol")
    assert found(lexicon, "WAAR ZIT DIE MOL NU WEER") == set()


def test_after_a_programme_is_a_question_of_what_follows_it(lexicon: Lexicon) -> None:
    assert ("wens", "erna") in {(f.kind, f.value) for f in lexicon.find("wat na 6 kapper")}


def test_who_moves_house_searches_where_he_goes_but_a_trip_keeps_both(lexicon: Lexicon) -> None:
    assert ("plaats", "Aalst") not in found(lexicon, "we verhuizen van Aalst naar Gent")
    assert {("plaats", "Gent"), ("plaats", "Aalst")} == found(lexicon, "trein van Aalst naar Gent")


def test_places_of_names_in_the_text_are_those_of_the_original(lexicon: Lexicon) -> None:
    text = "Is er in Sint-Niklaas één kapper?"

    assert {"Sint-Niklaas", "kapper"} == {text[f.start : f.end] for f in lexicon.find(text)}
