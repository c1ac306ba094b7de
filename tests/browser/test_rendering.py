"""An answer is shown whole: its cards, links, buttons and language."""

from __future__ import annotations

import time

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_readable_label_is_shown_and_the_payload_is_sent(person: Visit) -> None:
    person.open()
    person.page.get_by_role("button", name="Wat is duaal leren precies?").click()
    person.page.get_by_role("heading", name="De startbonus").wait_for()

    assert person.bot.bodies("/webhooks/web/message")[0]["payload"] == "onderwerp:wat_is_duaal"
    assert person.page.locator("duaal-chat .me").inner_text().endswith("precies?")


def test_the_whole_answer_is_rendered(person: Visit) -> None:
    newest = person.open().say("kaarten")
    newest.get_by_text("Zo begreep ik je vraag").click()
    text = newest.inner_text()

    assert newest.get_by_role("list", name="Resultaten").locator("> li").count() == 5
    for said in ("Aanbod in de buurt", "Ik vond 5 scholen.", "School 3", "Schoolstraat 3, 9000",
                 "Opleiding: Bakker duaal", "Plaats: 9000 Gent", "Leerjaar: 5, 6",
                 "Ik zocht ook: binnen 10 km, in heel Vlaanderen", "schooljaar 2026-2027",
                 "Ik ken 5 van de 9 adressen.", "Toon nog 4 scholen", "nagekeken op 20 november"):
        assert said in text, said
    links = {link.get_attribute("href") for link in newest.get_by_role("link").all()}
    assert {"tel:091234567", "https://school3.example/", "https://data.example/",
            "https://www.openstreetmap.org/directions"} <= links
    picture = newest.get_by_role("img", name="Na bakker kan je gaan werken.")
    picture.scroll_into_view_if_needed()
    for _ in range(50):
        if picture.evaluate("node => node.naturalWidth"):
            break
        time.sleep(0.05)
    assert picture.evaluate("node => node.naturalWidth") == 300


def test_a_card_has_names_that_stand_alone(person: Visit) -> None:
    newest = person.open().say("kaarten")
    newest.get_by_role("button", name="Bekijk School 2").click()
    person.page.get_by_role("heading", name="De startbonus").wait_for()

    assert person.bot.bodies("/webhooks/web/message")[-1]["payload"] == "school:2-1"
    assert newest.get_by_role("link", name="Meer info School 2 (nieuw venster)").count() == 1


def test_a_long_answer_is_shown_from_its_beginning(person: Visit) -> None:
    newest = person.open().say("kaarten")
    person.page.wait_for_timeout(800)
    log = person.page.get_by_role("log").bounding_box()

    assert 0 <= newest.bounding_box()["y"] - log["y"] < 20


def test_a_link_to_a_site_without_https_and_one_in_a_list_are_links(person: Visit) -> None:
    newest = person.open().say("clb")

    assert [link.get_attribute("href") for link in newest.get_by_role("link").all()] == [
        "https://www.onderwijskiezer.be/v2", "http://clb.example/kort", "tel:056123456",
        "http://clbkortrijk.be/"]


def test_an_answer_in_another_language_says_so(desk: Visit) -> None:
    newest = desk.open().say("arabisch")

    assert newest.locator("[lang=ar][dir=auto]").inner_text().startswith("العربية")
    assert desk.page.locator("duaal-chat").get_attribute("lang") == "nl-BE"
