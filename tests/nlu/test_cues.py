import pytest

from bot.nlu.cues import cues


def found(text: str) -> set[tuple[str, str]]:
    return {(cue.kind, cue.value) for cue in cues(text)}


@pytest.mark.parametrize(("text", "expected"), [
    ("en een 7de jaar?", {("jaar", "7")}),
    ("in het vierde", {("jaar", "4")}),
    ("heeft het vierde gedaan", {("jaar", "5")}),
    ("aanbod 3de graad", {("jaar", "5"), ("jaar", "6")}),
    ("binnen 20 km", {("straal", "20")}),
    ("mag ook 25 zijn", {("straal", "25")}),
    ("enkel wat nog openstaat", {("open", "1")}),
    ("ook scholen die gesloten zijn", {("open", "0")}),
    ("dubbele finaliteit", {("finaliteit", "dubbel")}),
    ("in ov3", {("vorm", "OV3")}),
    ("een go! school", {("net", "GO!")}),
    ("een katholieke school", {("net", "vrij")}),
    ("het domein stem", {("domein", "STEM")}),
    ("heel de provincie", {("gebied", "provincie")}),
    ("heel vlaanderen", {("gebied", "overal")}),
])
def test_a_filter_is_found_as_people_say_it(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= found(text)


@pytest.mark.parametrize(("text", "wish"), [
    ("welke is het dichtst", "dichtst"),
    ("zonder filter op inschrijvingen", "zonder_filter"),
    ("toch het andere", "andere"),
    ("wat is het verschil met bakkerij", "vergelijk"),
    ("hun telefoonnummer", "contact"),
    ("hoe geraak ik daar", "route"),
    ("welke andere richtingen hebben die", "richtingen"),
    ("wat is dat juist", "wat_is_dat"),
    ("en daarna", "erna"),
    ("hoe word ik verpleegster", "hoe_word"),
    ("is kapper voor het 3de of het 5de jaar", "welk_jaar"),
    ("iets verder mag ook", "verder"),
])
def test_a_wish_about_what_was_shown_is_found(text: str, wish: str) -> None:
    assert ("wens", wish) in found(text)


@pytest.mark.parametrize("text", [
    "hij is 16 jaar", "3 dagen per week", "max 30 euro per maand",
    "een vrije dag", "mag ik op 15 beginnen", "ik heb 2 kinderen",
])
def test_numbers_and_words_of_something_else_are_no_filter(text: str) -> None:
    assert found(text) == set()
