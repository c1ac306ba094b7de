"""The static pages together: every dual title has one, whole, linked and safe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.documents import documents
from bot.catalogue.export import CSV_NAME, JSON_NAME
from bot.catalogue.page_words import day_text, page_name
from bot.catalogue.pages import (
    INDEX,
    NoProgrammePage,
    index_page,
    page_numbers,
    programme_page,
)
from tests.catalogue.page_reader import Page, check


def test_every_dual_title_has_a_page_that_a_search_engine_can_read(real: Catalogue) -> None:
    numbers = page_numbers(real)

    assert {real.programmes[n].title for n in numbers} == {
        p.title for p in real.programmes.values() if p.dual}
    for number in numbers:
        page = Page(programme_page(real, number))
        check(page)
        assert page.linked["@type"] == "EducationalOccupationalProgram"
        assert page.linked["name"] == real.programmes[number].title
        assert real.programmes[number].title in page.text


def test_every_link_inside_the_folder_leads_to_a_document(real: Catalogue) -> None:
    published = documents(real)
    reached = set()
    for name, document in published.items():
        if name.endswith(".html"):
            for link in Page(document.render()).all("a"):
                href = link["href"] or ""
                if not href.startswith(("http", "#")):
                    assert href in published, (name, href)
                    reached.add(href)

    assert {INDEX, JSON_NAME, CSV_NAME, *map(page_name, page_numbers(real))} <= reached


def test_the_index_names_every_programme_by_domain(real: Catalogue) -> None:
    page = Page(index_page(real))

    check(page)
    assert len([a for a in page.all("a") if re.fullmatch(r"\d+\.html", a["href"] or "")]) == len(
        page_numbers(real))
    assert "STEM" in page.text
    assert "Mijn lijst is niet volledig." in page.text
    assert day_text(real.info.date) in page.text


@pytest.mark.parametrize("number", ["188", "99999"])
def test_what_is_not_dual_or_unknown_has_no_page_and_says_what_to_do(
    catalogue: Catalogue, number: str
) -> None:
    with pytest.raises(NoProgrammePage, match=f"Opleiding {number} .* Kies een nummer"):
        programme_page(catalogue, number)


def test_markup_in_a_school_name_stays_text_on_the_page_and_in_the_linked_data(
    edited: Callable[..., Catalogue],
) -> None:
    name = "School </script><script>alert(1)</script> & <b>co</b>"
    html = programme_page(edited("scholen.csv", "School Aalst", name), "88")
    page = Page(html)

    check(page)
    assert html.count("<script") == 1
    assert name in page.text
    assert name in {p["name"] for p in page.linked["provider"]}


def test_an_address_that_is_no_web_address_never_becomes_a_link(
    edited: Callable[..., Catalogue],
) -> None:
    catalogue = edited("scholen.csv", "4.04,GO!,,,https://example.org",
                       "4.04,GO!,,javascript:alert(1),javascript:alert(2)")

    html = programme_page(catalogue, "88")

    assert "javascript:" not in html
