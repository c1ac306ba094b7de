"""Hostile, foreign or misshapen content does nothing but stand there as words."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_picture_of_another_site_is_only_told(desk: Visit) -> None:
    newest = desk.open("/thema").say("clb")

    assert newest.get_by_text("Een kaart").count() == 1
    desk.page.wait_for_timeout(200)
    desk.clean()


def test_hostile_words_in_every_field_stay_words(person: Visit) -> None:
    newest = person.open("/streng").say("xss")
    for summary in newest.locator("summary").all():
        summary.click()
    for act in newest.get_by_role("button").all()[:3]:  # a card, a choice, a verdict
        act.click()
    newest.get_by_text("Bedankt.").wait_for()
    person.page.wait_for_timeout(300)
    links = [a.get_attribute("href") for a in person.page.locator("duaal-chat a").all()]

    assert person.page.evaluate("window.hacked") is None
    assert newest.locator("script, iframe, img").count() == 0
    assert all(link.startswith(("https://", "http://", "tel:", "mailto:")) for link in links)
    person.page.reload()
    person.open_again()
    person.page.locator("duaal-chat .bot").nth(1).wait_for()
    assert person.page.evaluate("window.hacked") is None
    person.clean()


def test_hostile_words_of_the_person_stay_words(person: Visit) -> None:
    person.open().say("<img src=x onerror=window.hacked=1>")

    assert person.page.evaluate("window.hacked") is None
    assert "<img src=x" in person.page.locator("duaal-chat .me").inner_text()


def test_an_answer_in_another_shape_does_not_break_the_talk(desk: Visit) -> None:
    odd = desk.open().say("raar")
    desk.say("hallo")

    assert "null" not in odd.inner_text()
    assert desk.errors == []
