import csv
from typing import Any

import pytest

from bot.answers.compose.programme import compose_programme, facts_line
from bot.answers.compose.results import ProgrammeShown
from bot.answers.texts import Texts
from bot.catalogue.model import Programme
from tests.answers.values import INFO, contract, programme
from tests.conftest import ROOT


def shown(texts: Texts, *programmes: Programme, interest: str = "", known: int = 0,
          full_time: tuple[Programme, ...] = ()) -> dict[str, Any]:
    return contract(compose_programme(
        ProgrammeShown(programmes, interest, INFO, known, full_time), texts))


def test_one_programme_is_explained_with_everything_that_is_known(texts: Texts) -> None:
    full_time = tuple(programme(str(i), f"Voltijds {i // 2}", dual=False) for i in range(10))
    said = shown(texts, programme(addresses=36, qualification="Elektrotechnisch installateur"),
                 interest="stroom", known=3, full_time=full_time)

    assert (said["kind"], said["title"]) == ("programme", "Elektrische installaties duaal")
    assert said["text"] == texts.say("opleiding", "inleiding", titel=said["title"])
    assert said["bullets"] == [
        texts.say("opleiding", "soort_arbeidsmarkt"),
        texts.say("opleiding", "jaren", jaren="5de en 6de jaar"),
        texts.say("opleiding", "domein", domein="STEM"),
        texts.say("opleiding", "beroep", beroep="Elektrotechnisch installateur"),
        texts.say("opleiding", "adressen", aantal=36, jaar="2026-2027"),
        texts.say("opleiding", "voltijds", lijst="Voltijds 0, Voltijds 1 en Voltijds 2"),
    ]
    assert said["as_of"]["known"] == 3
    assert said["as_of"]["total"] == 36
    assert said["understood"]["interest"] == "stroom"
    assert [b["payload"] for b in said["buttons"]] == ["taak:aanbod", "taak:pad"]


def test_what_is_not_known_is_left_out(texts: Texts) -> None:
    said = shown(texts, programme(years=(), domain="", finality=""))

    assert said["bullets"] == [texts.say("opleiding", "soort_onbekend")]
    assert "total" not in said["as_of"]
    assert said["as_of"]["complete"] is False


def test_no_address_is_told_as_not_known_never_as_zero(texts: Texts) -> None:
    said = shown(texts, programme(addresses=0))

    assert said["bullets"][-1] == texts.say("opleiding", "geen_adressen", jaar="2026-2027")
    assert not any(line.startswith("0 ") for line in said["bullets"])


@pytest.mark.parametrize(("changes", "intro"), [
    ({"special_form": "OV3"}, "inleiding_ov3"), ({"introductory": True}, "inleiding_aanloop"),
    ({}, "inleiding")])
def test_each_kind_of_programme_is_introduced_as_what_it_is(
    texts: Texts, changes: dict[str, Any], intro: str
) -> None:
    said = shown(texts, programme(**changes))

    assert said["text"] == texts.say("opleiding", intro, titel=said["title"])


def test_a_seventh_year_is_told_as_one_whatever_its_finality(texts: Texts) -> None:
    assert facts_line(programme(seventh=True), texts) == texts.say("opleiding", "soort_zevende")
    assert facts_line(programme(finality="dubbel"), texts) == texts.say("opleiding",
                                                                        "soort_dubbel")


def test_every_finality_of_the_catalogue_has_its_words(texts: Texts) -> None:
    file = ROOT / "data" / "catalogue" / "opleidingen.csv"
    with file.open(encoding="utf-8-sig", newline="") as handle:
        finalities = {row["finaliteit"] for row in csv.DictReader(handle)}

    assert finalities
    for finality in finalities:
        assert facts_line(programme(finality=finality), texts)


def test_several_programmes_are_counted_and_at_most_six_can_be_chosen(texts: Texts) -> None:
    many = tuple(programme(str(i), f"Opleiding {i} duaal") for i in range(9))
    said = shown(texts, *many, interest="hout")

    assert said["text"] == texts.say("opleiding", "meer", woord="hout", aantal=9, welke="")
    assert [c["payload"] for c in said["cards"]] == [f"opleiding:{i}" for i in range(6)]
    assert [b["payload"] for b in said["buttons"]] == [
        *(f"opleiding:{i}" for i in range(6)), "meer:6"]
    assert said["cards"][0]["lines"] == [texts.say("opleiding", "soort_arbeidsmarkt")]
    assert said["ask"] == "which_programme"
    assert said["understood"]["programmes"] == [p.title for p in many]
