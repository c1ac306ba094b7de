"""The built-in catalogue itself: what is in it, and what must never be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.offers import OfferQuery
from bot.catalogue.pathways import pathway
from bot.catalogue.search import search_offers
from tests.catalogue.conftest import SOURCE_FILES, rows

DATA = Path(__file__).resolve().parents[2] / "data" / "catalogue"
ROWS_2026 = 152  # official offer rows of 2026-2027


@pytest.mark.parametrize("name", SOURCE_FILES)
def test_every_row_has_a_source_and_a_date(name: str) -> None:
    for number, row in enumerate(rows(DATA / name), 2):
        assert row["bron"], f"{name} rij {number}"
        assert row["bron_datum"], f"{name} rij {number}"


def test_the_offers_are_the_official_rows_of_this_school_year(real: Catalogue) -> None:
    offers = rows(DATA / "aanbod.csv")

    assert len(offers) == real.info.offers == ROWS_2026
    assert {o["schooljaar"] for o in offers} == {"2026-2027"}
    assert {o["bron"] for o in offers} == {
        "Onderwijs Vlaanderen, toestand september 2026, via kopie"}
    assert sum(o["inschrijvingen_open"] == "1" for o in offers) == 80
    assert len(real.schools) == 6


def test_the_programmes_are_those_that_still_exist(real: Catalogue) -> None:
    programmes = real.programmes.values()

    assert sum(p.dual and not p.introductory for p in programmes) == 267
    assert sum(p.introductory for p in programmes) == 88
    assert sum(p.seventh for p in programmes) == 237


def test_there_are_enough_aliases_and_each_leads_to_dual_programmes(real: Catalogue) -> None:
    assert len(real.aliases) >= 350
    for alias, numbers in real.aliases.items():
        assert alias == alias.strip().lower(), alias
        assert all(real.programmes[n].dual for n in numbers), alias


@pytest.mark.parametrize("word", [
    "garagist", "iets met hout", "elektriek", "loodgieter", "lasser", "metser", "kapster",
    "zorgkundige", "crèche", "magazijn", "kantoor", "it", "kok",
    "beenhouwer", "naaien", "tuinman", "paarden", "vrachtwagen", "juf", "security",
])
def test_an_everyday_word_leads_somewhere(real: Catalogue, word: str) -> None:
    assert real.find(word)


def test_an_ordinary_word_is_no_alias(real: Catalogue) -> None:
    ordinary = {"oma", "school", "werk", "leren", "duaal", "buiten", "techniek", "verzorgen"}

    assert not ordinary & set(real.aliases)


def test_the_flemish_and_brussels_municipalities_are_all_there(real: Catalogue) -> None:
    municipalities = rows(DATA / "gemeenten.csv")
    brussels = sum(m["provincie"] == "Brussel" for m in municipalities)

    assert (len(municipalities) - brussels, brussels) == (285, 19)


@pytest.mark.parametrize("name", ["Aalst", "Halle", "Hofstade", "Nieuwerkerken"])
def test_a_name_of_two_places_is_ambiguous(real: Catalogue, name: str) -> None:
    assert len(real.places.resolve(name)) == 2


def test_every_programme_has_a_pathway(real: Catalogue) -> None:
    for number in real.programmes:
        path = pathway(real, number)
        assert path.rules, number
        assert all(link.facts for link in (*path.after, *path.before)), number


def test_the_wood_chain_is_official_and_the_electricity_chain_is_not(real: Catalogue) -> None:
    wood, electricity = pathway(real, "50").after, pathway(real, "88").after

    assert {link.title for link in wood if link.official} == {
        "Interieurbouwer duaal", "Decor- en standenbouwer duaal",
        "Plaatser houten vloerbedekking duaal"}
    assert electricity
    assert not any(link.official for link in electricity)


def test_only_bicycles_have_no_known_way_on_among_the_widely_offered(real: Catalogue) -> None:
    # No source names a 7th year or graduate programme for it; the general rules still apply.
    without = [p.title for p in real.programmes.values()
               if p.dual and not p.introductory and p.grade == "3" and not p.seventh
               and (p.addresses or 0) >= 5 and not pathway(real, p.number).after]

    assert without == ["Fietsinstallaties duaal"]


def test_a_search_from_every_municipality_finds_something(real: Catalogue) -> None:
    for row in rows(DATA / "gemeenten.csv"):
        place = real.municipality(row["niscode"])
        assert place is not None, row["naam"]
        assert search_offers(real, OfferQuery(("88",), place)).hits, row["naam"]


def test_every_offer_of_the_official_rows_is_in_the_catalogue() -> None:
    folder = os.environ.get("DUAALWIJZER_TESTGEGEVENS")
    if not folder:
        pytest.skip("DUAALWIJZER_TESTGEGEVENS is niet gezet")
    found = [r for r in rows(Path(folder) / "catalogus" / "aanbod_gevonden.csv")
             if r["schooljaar"] == "2026-2027"]
    titles = {r["nummer"]: r["titel"].lower() for r in rows(DATA / "opleidingen.csv")}
    ours = {(o["instelling"], o["administratieve_groep"]): titles[o["nummer"]]
            for o in rows(DATA / "aanbod.csv")}

    assert len(found) == ROWS_2026
    assert sum(ours.get((r["schoolnummer"], r["administratievegroep_code"]))
               == r["studierichting"].lower() for r in found) == ROWS_2026
