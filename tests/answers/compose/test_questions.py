import csv
from typing import Any

import pytest

from bot.answers.compose.questions import compose_question
from bot.answers.compose.results import Question
from bot.answers.texts import Texts
from bot.catalogue.model import Place
from tests.answers.values import GENT, contract, programme
from tests.conftest import ROOT

AALST = Place("Aalst", None, "41002", "Aalst", "Oost-Vlaanderen", 50.94, 4.04)
AALST_LIMBURG = Place("Aalst", "3800", "71053", "Sint-Truiden", "Limburg", 50.77, 5.24)
ASKS = ("place", "programme", "which_place", "which_programme", "school")


def asked(texts: Texts, ask: str, **parts: Any) -> dict[str, Any]:
    return contract(compose_question(Question(ask, **parts), texts))


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("unknown", ["", "Parijs"])
def test_every_question_has_its_words_with_and_without_an_unknown_name(
    texts: Texts, ask: str, unknown: str
) -> None:
    said = asked(texts, ask, unknown=unknown)

    assert (said["kind"], said["ask"]) == ("question", ask)
    assert "{" not in said["text"]


@pytest.mark.parametrize("ask", ["place", "programme"])
def test_a_name_that_is_not_known_is_repeated_but_never_whole_pages_of_it(
    texts: Texts, ask: str
) -> None:
    assert "Parijs" in asked(texts, ask, unknown="Parijs")["text"]
    assert len(asked(texts, ask, unknown="ergens " * 100)["text"]) < 250


def test_only_the_question_for_a_place_offers_to_share_a_location(texts: Texts) -> None:
    assert [ask for ask in ASKS if asked(texts, ask).get("ask_location")] == ["place"]


def test_places_with_the_same_name_are_told_apart(texts: Texts) -> None:
    first, second = asked(texts, "which_place", places=(AALST, AALST_LIMBURG))["buttons"]

    assert (first["title"], first["payload"]) == ("Aalst", "plaats:41002")
    assert first["label"] == "Aalst (Oost-Vlaanderen)"
    assert (second["title"], second["payload"]) == ("3800 Aalst", "plaats:71053")
    assert second["label"] == "Aalst (deel van Sint-Truiden)"


def test_at_most_six_places_or_programmes_can_be_chosen(texts: Texts) -> None:
    places = asked(texts, "which_place", places=(GENT,) * 9)["buttons"]
    programmes = asked(texts, "which_programme",
                       programmes=tuple(programme(str(i)) for i in range(9)))["buttons"]

    assert len(places) == 6
    assert [b["payload"] for b in programmes] == [f"opleiding:{i}" for i in range(6)]


def test_a_long_place_name_still_fits_its_button(texts: Texts) -> None:
    long = Place("Beveren-Kruibeke-Zwijndrecht", "9120", "46030", "Beveren-Kruibeke-Zwijndrecht",
                 "Oost-Vlaanderen", 51.21, 4.26)

    assert asked(texts, "which_place", places=(long,))["buttons"][0]["title"].startswith("9120")


def test_the_examples_of_a_programme_question_are_dual_programmes_that_exist(
    texts: Texts,
) -> None:
    file = ROOT / "data" / "catalogue" / "opleidingen.csv"
    with file.open(encoding="utf-8-sig", newline="") as handle:
        dual = {row["nummer"] for row in csv.DictReader(handle) if row["duaal"] == "1"}
    examples = [b["payload"] for b in asked(texts, "programme")["buttons"]]

    assert examples
    assert {e.removeprefix("opleiding:") for e in examples} <= dual
