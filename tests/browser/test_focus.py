"""Where the focus goes: in reading order, within the chat on a phone, free at a desk."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_keyboard_goes_through_everything_in_reading_order(desk: Visit) -> None:
    desk.open().say("hallo")
    desk.page.get_by_role("button", name="Bewaar het gesprek").focus()
    order = [desk.focused()]
    for _ in range(12):
        desk.page.keyboard.press("Tab")
        order.append(desk.focused())

    assert order == [
        "Bewaar het gesprek als bestand", "Wis het gesprek", "Sluit de chat", "Gesprek",
        "/privacy (nieuw venster)", "Wat is duaal leren precies?",
        "Lees meer over je privacy (nieuw venster)",
        "https://www.vlaanderen.be/duaal-leren (nieuw venster)", "Vlaanderen (nieuw venster)",
        "Oude bron (nieuw venster)", "Wat is duaal leren?", "Klopt niet?", "Jouw vraag"]


def test_on_a_phone_the_focus_stays_within_the_chat(phone: Visit) -> None:
    phone.open()
    names = set()
    for _ in range(20):
        phone.page.keyboard.press("Tab")
        names.add(phone.focused())

    assert "Verstuur" in names
    assert phone.page.evaluate("document.querySelector('duaal-chat').shadowRoot"
                               ".querySelector('dialog').matches(':modal')")
    assert not {"Alle vragen en antwoorden", "Open de chat"} & names


def test_at_a_desk_the_page_stays_usable(desk: Visit) -> None:
    desk.open().page.get_by_role("link", name="Naar de inhoud").focus()

    assert desk.focused() == "Naar de inhoud"


def test_turning_the_device_keeps_the_talk_and_the_words_being_typed(desk: Visit) -> None:
    desk.open().say("hallo")
    desk.page.get_by_label("Jouw vraag").fill("half")
    for width, modal in ((390, True), (1280, False)):
        desk.page.set_viewport_size({"width": width, "height": 800})
        desk.page.wait_for_timeout(150)

        assert desk.page.evaluate("document.querySelector('duaal-chat').shadowRoot"
                                  ".querySelector('dialog').matches(':modal')") is modal
        assert desk.page.get_by_label("Jouw vraag").input_value() == "half"
        assert desk.focused() == "Jouw vraag"
