"""What is erased stays erased: on the screen, in the tab and at the bot."""

from __future__ import annotations

import pytest

from tests.browser.conftest import STORE, Visit

pytestmark = pytest.mark.browser
MESSAGE, ERASE = "/webhooks/web/message", "/webhooks/web/erase"


def ask_to_erase(person: Visit) -> None:
    person.page.get_by_role("button", name="Wis het gesprek").click()


def erase(person: Visit) -> None:
    ask_to_erase(person)
    person.page.get_by_role("button", name="Ja, wis alles").click()


def erase_without_connection(person: Visit) -> str:
    """Said, and erased on the screen only; the id that the bot still has."""
    person.open().say("hallo")
    sender = str(person.page.evaluate(f"{STORE}.id"))
    person.context.set_offline(True)
    erase(person)
    person.page.get_by_text("Bij de bot lukte wissen nog niet.").wait_for()
    return sender


def wait_for_erasing(person: Visit, times: int = 1) -> None:
    for _ in range(100):
        if len(person.bot.bodies(ERASE)) >= times:
            return
        person.page.wait_for_timeout(50)


def within(person: Visit) -> bool:
    """Is the focus within the panel?"""
    return bool(person.page.evaluate(
        "!!document.activeElement.shadowRoot?.activeElement?.closest('.panel')"))


def test_erasing_asks_first_and_leaves_nothing(person: Visit) -> None:
    person.open().say("hallo")
    sender = person.page.evaluate(f"{STORE}.id")
    ask_to_erase(person)
    person.page.get_by_role("button", name="Nee").click()
    assert person.bot.bodies(ERASE) == []
    erase(person)
    person.page.get_by_text("Je gesprek is gewist.").wait_for()

    assert person.bot.bodies(ERASE) == [{"sender": sender}]
    assert person.page.evaluate("sessionStorage.length") == 0
    assert person.page.locator("duaal-chat .msg").count() == 1


def test_asking_twice_to_erase_is_one_question_and_the_focus_is_on_no(person: Visit) -> None:
    person.open().say("hallo")
    for _ in range(2):
        ask_to_erase(person)

        assert person.page.locator("duaal-chat .problem").count() == 1
        assert person.focused() == "Nee"


def test_an_answer_under_way_and_words_in_the_queue_are_erased_too(person: Visit) -> None:
    person.open()
    person.type("traag", "waar", "nood")
    person.page.wait_for_timeout(200)
    erase(person)
    person.page.get_by_text("Je gesprek is gewist.").wait_for()
    person.page.wait_for_timeout(2000)
    asked = person.bot.bodies(MESSAGE)

    assert [body["text"] for body in asked] == ["traag"]
    assert person.bot.bodies(ERASE) == [{"sender": asked[0]["sender"]}]
    assert person.page.locator("duaal-chat .msg").count() == 1
    assert person.page.evaluate("sessionStorage.length") == 0


def test_a_message_after_erasing_is_a_new_conversation_with_its_answer(desk: Visit) -> None:
    desk.open()
    desk.type("traag")
    desk.page.wait_for_timeout(200)
    erase(desk)
    desk.say("waar")
    desk.page.get_by_text("Waar zoek je?").wait_for()
    first, second = desk.bot.bodies(MESSAGE)

    assert first["sender"] != second["sender"]
    assert desk.bot.bodies(ERASE) == [{"sender": first["sender"]}]
    assert desk.page.locator("duaal-chat .me p").all_inner_texts() == ["waar"]


def test_a_place_found_after_erasing_is_not_sent(desk: Visit) -> None:
    desk.page.add_init_script("navigator.geolocation.getCurrentPosition = (found) => "
                              "{ window.found = found; };")
    newest = desk.open().say("waar")
    newest.get_by_role("button", name="Gebruik mijn locatie").click()
    erase(desk)
    desk.page.get_by_text("Je gesprek is gewist.").wait_for()
    desk.page.evaluate("window.found({ coords: { latitude: 50.9, longitude: 4 } })")
    desk.page.wait_for_timeout(300)

    assert len(desk.bot.bodies(MESSAGE)) == 1
    assert desk.page.evaluate("sessionStorage.length") == 0


def test_what_the_bot_erased_is_erased_here_too_with_the_words_in_the_queue(desk: Visit) -> None:
    desk.open().say("hallo")
    desk.type("wis mijn gesprek", "waar")
    desk.page.get_by_role("heading", name="Gewist").wait_for()
    desk.page.wait_for_timeout(300)

    assert [body["text"] for body in desk.bot.bodies(MESSAGE)] == ["hallo", "wis mijn gesprek"]
    assert desk.page.evaluate("sessionStorage.length") == 0
    assert desk.page.locator("duaal-chat .msg").count() == 1


def test_after_the_erase_button_of_an_answer_the_focus_stays_and_escape_closes(
        person: Visit) -> None:
    newest = person.open().say("privacy")
    newest.get_by_role("button", name="Wis mijn gesprek").focus()
    person.page.keyboard.press("Enter")
    person.page.get_by_role("heading", name="Gewist").wait_for()
    assert within(person)
    person.page.keyboard.press("Escape")
    person.page.get_by_role("button", name="Chat over duaal leren").wait_for()

    assert person.page.locator("duaal-chat dialog[open]").count() == 0
    assert person.focused() == "Chat over duaal leren"


def test_erasing_without_connection_clears_the_screen_and_goes_on_with_the_connection(
        desk: Visit) -> None:
    sender = erase_without_connection(desk)
    assert desk.page.locator("duaal-chat .me").count() == 0
    desk.page.get_by_role("button", name="Probeer opnieuw").focus()
    desk.context.set_offline(False)
    desk.page.get_by_text("Je gesprek is gewist.").wait_for()

    assert desk.bot.bodies(ERASE) == [{"sender": sender}]
    assert desk.page.locator("duaal-chat .problem").count() == 0
    assert desk.page.evaluate("sessionStorage.length") == 0
    assert within(desk)


def test_erasing_that_failed_can_be_tried_again_by_hand(desk: Visit) -> None:
    # A browser that does not say when the connection is back.
    desk.context.add_init_script(
        "addEventListener('online', (event) => event.stopImmediatePropagation())")
    sender = erase_without_connection(desk)
    retry = desk.page.get_by_role("button", name="Probeer opnieuw")
    retry.click()
    retry.wait_for()
    assert desk.page.locator("duaal-chat .problem").count() == 1
    desk.context.set_offline(False)
    retry.click()
    desk.page.get_by_text("Je gesprek is gewist.").wait_for()

    assert desk.bot.bodies(ERASE) == [{"sender": sender}]


def test_erasing_that_failed_is_done_on_the_next_page_without_opening_the_chat(
        person: Visit) -> None:
    sender = erase_without_connection(person)
    person.page.goto("about:blank")  # the connection comes back while no page of ours hears it
    person.context.set_offline(False)
    person.go("/tweede")
    wait_for_erasing(person)
    person.page.wait_for_timeout(200)

    assert person.bot.bodies(ERASE) == [{"sender": sender}]
    assert person.page.evaluate("sessionStorage.length") == 0


def test_a_message_after_erasing_that_failed_has_a_new_id_at_once(desk: Visit) -> None:
    sender = erase_without_connection(desk)
    desk.say("hallo", ".problem >> nth=1")
    kept = desk.page.evaluate(STORE)

    assert kept["erasing"] == [sender]
    assert kept["id"] not in (None, sender)
