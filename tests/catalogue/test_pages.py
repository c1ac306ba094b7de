"""The static pages, read as a browser and a search engine read them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.documents import documents
from bot.catalogue.export import CSV_NAME, JSON_NAME, LICENCE
from bot.catalogue.page_words import PathWords, day_text, page_name
from bot.catalogue.pages import (
    INDEX,
    NoProgrammePage,
    index_page,
    page_numbers,
    programme_page,
)

ROOT = Path(__file__).resolve().parents[2]
VOID = {"meta", "link", "br"}
Edit = Callable[[str, str, str], None]


class Page(HTMLParser):
    """What a page holds; `faults` has every tag that is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self.data: list[str] = []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        (self.data if self.open[-1:] == ["script"] else self.words).append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def linked(self) -> dict[str, Any]:
        (one,) = self.data
        loaded: dict[str, Any] = json.loads(one)
        return loaded


def check(page: Page) -> None:
    """What every page promises: well formed, one h1, no script, no style, ids once, links whole."""
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.faults == []
    assert page.all("html") == [{"lang": "nl-BE"}]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert not [tag for tag, attrs in page.tags if "style" in attrs or tag == "style"]
    assert not [n for _, attrs in page.tags for n in attrs if n.startswith("on")]
    assert all(s.get("type") == "application/ld+json" for s in page.all("script"))
    for _, attrs in page.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attrs.get(name) is None or attrs[name] in ids
        if (attrs.get("href") or "").startswith("#"):
            assert (attrs["href"] or "")[1:] in ids
    assert LICENCE in page.text


@pytest.fixture
def edited(edit: Edit, reopened: Callable[[], Catalogue]) -> Callable[..., Catalogue]:
    """The small catalogue after a change of one source file."""

    def make(name: str, old: str, new: str) -> Catalogue:
        edit(name, old, new)
        return reopened()

    return make



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


@pytest.mark.parametrize("number", ["188", "99999"])
def test_what_is_not_dual_or_unknown_has_no_page_and_says_what_to_do(
    catalogue: Catalogue, number: str
) -> None:
    with pytest.raises(NoProgrammePage, match=f"Opleiding {number} .* Kies een nummer"):
        programme_page(catalogue, number)


@pytest.mark.parametrize(("value", "told"), [
    ("2026-10-09", "9 oktober 2026"), ("2026-10", "oktober 2026"), ("2024-25", "2024-25"),
    ("2025-2026", "2025-2026"), ("zonder datum", "zonder datum"), ("2022", "2022"),
])
def test_a_date_is_told_as_precisely_as_it_is_known(value: str, told: str) -> None:
    assert day_text(value) == told
