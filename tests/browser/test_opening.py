"""Opening and closing the chat: nothing before it, the notice first and once."""

from __future__ import annotations

import pytest

from tests.browser.conftest import STORE, Visit

pytestmark = pytest.mark.browser


def test_nothing_is_asked_or_kept_before_the_chat_is_opened(person: Visit) -> None:
    person.go()
    person.page.get_by_role("button", name="Chat over duaal leren").wait_for()

    assert [path for _, path, _ in person.bot.asked if "webhooks" in path] == []
    assert person.page.evaluate("sessionStorage.length") == 0


def test_the_notice_comes_first_and_links_to_privacy(person: Visit) -> None:
    person.open()
    links = person.page.locator("duaal-chat .bot").first.get_by_role("link")

    assert [link.get_attribute("href") for link in links.all()] == [
        f"{person.bot.url}/privacy", f"{person.school.url}/privacy"]


def test_the_notice_comes_once_however_often_the_chat_is_opened(person: Visit) -> None:
    person.bot.slow["/webhooks/web/notice"] = 0.5
    person.go().open_again()
    for _ in range(2):
        person.page.keyboard.press("Escape")
        person.open_again()
    person.page.wait_for_timeout(1500)

    assert person.page.locator("duaal-chat .bot").count() == 1
    assert sum(path == "/webhooks/web/notice" for _, path, _ in person.bot.asked) == 1


def test_the_notice_stands_before_the_answer_also_when_it_is_slow(person: Visit) -> None:
    person.bot.slow["/webhooks/web/notice"] = 1
    person.go().open_again()
    person.type("hallo")
    person.page.get_by_role("heading", name="De startbonus").wait_for()

    assert person.page.locator("duaal-chat h3").all_inner_texts() == [
        "Je praat met een computer", "De startbonus"]
    kept = person.page.evaluate(f"{STORE}.items")
    assert [item.get("me") or item["answer"]["kind"] for item in kept] == [
        "notice", "hallo", "knowledge"]


def test_without_the_notice_no_message_is_sent_and_a_retry_brings_both(desk: Visit) -> None:
    desk.go()
    desk.context.set_offline(True)
    desk.open_again()
    desk.say("hallo", ".problem")
    desk.page.get_by_role("log").get_by_text("Ik kan de bot niet bereiken").nth(1).wait_for()
    desk.context.set_offline(False)
    desk.page.get_by_role("button", name="Probeer opnieuw").nth(1).click()
    desk.page.get_by_role("heading", name="De startbonus").wait_for()

    assert desk.page.locator("duaal-chat h3").first.inner_text() == "Je praat met een computer"


def test_escape_closes_and_the_focus_goes_back(person: Visit) -> None:
    person.open().page.keyboard.press("Escape")
    person.page.get_by_role("button", name="Chat over duaal leren").wait_for()

    assert person.focused() == "Chat over duaal leren"
    assert person.page.locator("duaal-chat dialog[open]").count() == 0


def test_the_close_button_closes_and_the_talk_stays(person: Visit) -> None:
    person.open().say("hallo")
    person.page.get_by_role("button", name="Sluit de chat").click()
    person.page.get_by_role("button", name="Chat over duaal leren").click()

    assert person.page.get_by_role("heading", name="De startbonus").count() == 1
    assert len(person.bot.bodies("/webhooks/web/message")) == 1
