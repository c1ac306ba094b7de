"""What the page of one programme tells a reader, and a search engine in its linked data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.page_words import PathWords, day_text, page_name
from bot.catalogue.pages import programme_page
from tests.catalogue.page_reader import Page, check

ROOT = Path(__file__).resolve().parents[2]


def test_a_page_tells_what_where_before_after_and_from_whom(catalogue: Catalogue) -> None:
    text = Page(programme_page(catalogue, "88")).text

    for told in (
        "3de graad", "5de en 6de jaar", "arbeidsmarktfinaliteit", "Studiedomein STEM",
        "Ik ken 3 van de 36 adressen in Vlaanderen en Brussel. Mijn lijst is niet volledig.",
        "Schooljaar 2026-2027, stand van 1 september 2026.",
        "School Aalst Markt 1, 9300 Aalst",
        "Elektrische installaties duaal, 5de en 6de jaar: je kan je inschrijven",
        "Elektrische installaties duaal, 5de jaar: je kan je nu niet inschrijven",
        "Elektrotechnicus duaal , 7de jaar: vaak gekozen, geen officiële regel",
        "HVAC-systemen , graduaat, bij Odisee en UCLL: vaak gekozen",
        "Installateur duaal , opleiding ervoor: officiële volgorde",
        "Opleiding: test (1 september 2026)", "Aanbod: test (1 september 2026)",
        "Wat ervoor en erna komt: test (1 september 2026)",
    ):
        assert told in text, told


def test_linked_data_names_who_offers_it_and_whether_one_can_enrol(catalogue: Catalogue) -> None:
    data = Page(programme_page(catalogue, "88")).linked

    assert {p["name"] for p in data["provider"]} == {
        "School Aalst", "School Truiden", "School Beveren"}
    assert data["provider"][0]["address"]["addressCountry"] == "BE"
    by_school = {o["offeredBy"]["name"]: o for o in data["offers"]}
    assert by_school["School Aalst"]["availability"] == "https://schema.org/InStock"
    assert by_school["School Truiden"]["availability"] == "https://schema.org/OutOfStock"
    unknown = Page(programme_page(catalogue, "146")).linked["offers"][0]
    assert "availability" not in unknown


def test_a_programme_without_known_schools_does_not_claim_there_are_none(
    catalogue: Catalogue,
) -> None:
    page = Page(programme_page(catalogue, "822"))

    assert "Ik ken 0 van de 25 adressen" in page.text
    assert "Ik ken nog geen school" in page.text
    assert "provider" not in page.linked
    assert "weet ik niet" in Page(programme_page(catalogue, "22")).text


def test_a_complete_list_is_not_called_incomplete(edited: Callable[..., Catalogue]) -> None:
    catalogue = edited("opleidingen.csv", ",,,,36,", ",,,,3,")
    text = Page(programme_page(catalogue, "88")).text

    assert "Ik ken 3 adressen. De officiële telling is 3. Schooljaar" in text


def test_a_step_that_is_not_dual_has_no_link(edited: Callable[..., Catalogue]) -> None:
    catalogue = edited("vervolg.csv", "88,822,", "88,900,")
    page = Page(programme_page(catalogue, "88"))

    assert "Voorbereidend jaar" in page.text
    assert page_name("900") not in {a["href"] for a in page.all("a")}


def test_the_rules_are_told_in_the_words_of_the_bot(catalogue: Catalogue) -> None:
    entries = yaml.safe_load((ROOT / "data/teksten/pad.yml").read_text(encoding="utf-8"))
    words = PathWords(entries["bewijzen"], entries["regels"],
                      tuple((b["titel"], b["url"], b["nagekeken"]) for b in entries["bronnen"]))
    page = Page(programme_page(catalogue, "88", words))

    check(page)
    assert entries["bewijzen"]["OK3"] in page.text
    assert entries["regels"]["geen_bachelor_rechtstreeks"] in page.text
    assert entries["bronnen"][0]["url"] in {a["href"] for a in page.all("a")}
    # An introductory year gives no certificate of its own.
    assert entries["bewijzen"]["OK3"] not in Page(programme_page(catalogue, "588", words)).text


@pytest.mark.parametrize(("value", "told"), [
    ("2026-10-09", "9 oktober 2026"), ("2026-10", "oktober 2026"), ("2024-25", "2024-25"),
    ("2025-2026", "2025-2026"), ("zonder datum", "zonder datum"), ("2022", "2022"),
])
def test_a_date_is_told_as_precisely_as_it_is_known(value: str, told: str) -> None:
    assert day_text(value) == told
