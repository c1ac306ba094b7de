"""What a person types is sent whole and in order; what goes wrong is told."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_offline_is_told_and_retrying_asks_the_same(person: Visit) -> None:
    person.open()
    person.context.set_offline(True)
    problem = person.say("hallo", ".problem")
    assert problem.get_attribute("role") == "alert"
    assert "niet bereiken" in problem.inner_text()
    person.context.set_offline(False)
    person.page.get_by_text("Je bent weer online.").wait_for()
    person.page.get_by_role("button", name="Probeer opnieuw").click()
    person.page.get_by_role("heading", name="De startbonus").wait_for()

    assert [b["text"] for b in person.bot.bodies("/webhooks/web/message")] == ["hallo"]
    assert person.page.locator("duaal-chat .me").count() == 1
    assert person.page.locator("duaal-chat .problem").count() == 0


@pytest.mark.parametrize(("text", "told"), [("fout", "De bot start nog op."),
                                            ("proxy", "Er liep iets mis.")])
def test_a_fault_is_told_in_plain_words(person: Visit, text: str, told: str) -> None:
    assert told in person.open().say(text, ".problem").inner_text()


def test_typing_is_told_while_the_bot_thinks_and_not_after(desk: Visit) -> None:
    desk.open()
    status = desk.page.get_by_role("status")
    desk.page.get_by_label("Jouw vraag").fill("traag")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_text("De bot typt").wait_for()
    desk.page.get_by_role("heading", name="De startbonus").wait_for()

    assert status.inner_text() == ""


def test_a_text_that_is_too_long_is_told_as_long_as_it_stands_there(desk: Visit) -> None:
    desk.open()
    desk.type("traag", "x" * 1001)
    desk.page.get_by_role("heading", name="De startbonus").wait_for()
    assert desk.page.get_by_text("te lang: 1001 tekens").is_visible()
    desk.say("hallo")

    assert desk.page.get_by_text("te lang").count() == 0


def test_messages_that_come_fast_are_answered_in_order(desk: Visit) -> None:
    desk.open()
    desk.type("traag", "waar", "nood")
    desk.page.get_by_text("Bel 1813.").wait_for()

    assert [b["text"] for b in desk.bot.bodies("/webhooks/web/message")] == [
        "traag", "waar", "nood"]


def test_shift_enter_makes_a_new_line_and_a_long_text_is_not_cut(desk: Visit) -> None:
    desk.open()
    box = desk.page.get_by_label("Jouw vraag")
    box.fill("een")
    box.press("Shift+Enter")
    assert box.input_value() == "een\n"
    box.fill("x" * 1001)
    box.press("Enter")

    assert "te lang: 1001 tekens" in desk.page.get_by_role("alert").inner_text()
    assert len(box.input_value()) == 1001
    assert desk.bot.bodies("/webhooks/web/message") == []
