"""What the tab keeps of a talk, for how long, and what goes along as a file."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.browser.conftest import STORE, Visit

pytestmark = pytest.mark.browser


def test_an_id_is_random_and_made_at_the_first_message(person: Visit) -> None:
    person.open().say("hallo")
    sender = person.bot.bodies("/webhooks/web/message")[0]["sender"]

    assert uuid.UUID(sender).version == 4
    assert person.page.evaluate(f"{STORE}.id") == sender


def test_reload_and_the_next_page_keep_the_talk(person: Visit) -> None:
    person.open().say("hallo")
    for path in ("/", "/tweede"):
        person.go(path)
        person.open_again()
        person.page.get_by_role("heading", name="De startbonus").wait_for()
    person.say("hallo")

    assert person.page.locator("duaal-chat .me").count() == 2
    assert len({b["sender"] for b in person.bot.bodies("/webhooks/web/message")}) == 1
    assert sum(path == "/webhooks/web/notice" for _, path, _ in person.bot.asked) == 1


def test_at_a_desk_the_open_chat_is_open_on_the_next_page_without_taking_the_focus(
        desk: Visit) -> None:
    desk.open().say("hallo")
    desk.go("/tweede")
    desk.page.get_by_role("heading", name="De startbonus").wait_for()

    assert desk.page.evaluate("document.activeElement.tagName") == "BODY"


def test_a_new_tab_knows_nothing(person: Visit) -> None:
    person.open().say("hallo")
    other = person.context.new_page()
    other.goto(person.school.url)

    assert other.evaluate("sessionStorage.length") == 0


def test_every_question_that_lost_its_answer_can_be_asked_again(person: Visit) -> None:
    person.open()
    person.type("traag", "waar")
    person.page.reload()
    person.open_again()
    problem = person.page.locator("duaal-chat .problem")
    problem.wait_for()
    assert "“traag”, “waar”" in problem.inner_text()
    problem.get_by_role("button", name="Probeer opnieuw").click()
    person.page.get_by_text("Waar zoek je?").wait_for()
    assert person.page.get_by_role("heading", name="De startbonus").count() == 1
    assert person.page.locator("duaal-chat .me").count() == 2
    person.page.reload()
    person.open_again()
    person.page.wait_for_timeout(300)

    assert person.page.locator("duaal-chat .problem").count() == 0


def test_the_talk_is_put_away_when_it_is_a_day_old(desk: Visit) -> None:
    desk.open().say("hallo")
    kept = json.loads(desk.page.evaluate("sessionStorage.getItem('duaal-chat')"))
    kept["at"] -= 24 * 3600 * 1000 + 1
    desk.page.evaluate("kept => sessionStorage.setItem('duaal-chat', kept)", json.dumps(kept))
    desk.open()

    assert desk.page.locator("duaal-chat .msg").count() == 1


def test_the_talk_can_be_kept_as_a_file(desk: Visit) -> None:
    desk.open().say("hallo")
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("button", name="Bewaar het gesprek").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")

    assert waiting.value.suggested_filename == "duaalwijzer-gesprek.txt"
    assert "Jij:\nhallo" in text
    assert "nagekeken op 23 november 2026" in text
    desk.clean()
