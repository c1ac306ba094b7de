"""Reading an answer aloud, where the device has a Dutch voice."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
# The browser of the tests has no voices; this stands for a device with one Dutch voice.
VOICE = """
window.said = [];
const voice = { lang: "nl-BE", localService: true, name: "Ellen" };
const synth = { getVoices: () => [voice], addEventListener() {},
  speak: (utterance) => window.said.push(utterance.text),
  cancel: () => window.said.push("STOP") };
Object.defineProperty(window, "speechSynthesis", { value: synth });
Object.defineProperty(window, "SpeechSynthesisUtterance",
  { value: class { constructor(text) { this.text = text; } } });
"""


def test_without_a_dutch_voice_nothing_is_offered(desk: Visit) -> None:
    desk.open().say("hallo")

    assert desk.page.get_by_role("button", name="Lees voor").count() == 0


def test_an_answer_is_read_aloud_and_can_be_stopped(desk: Visit) -> None:
    desk.context.add_init_script(VOICE)
    newest = desk.open().say("hallo")
    newest.get_by_role("button", name="Lees voor").click()
    assert desk.page.evaluate("window.said") == [
        "STOP", "De startbonus", "Dit is het antwoord.",
        "Lees ook https://www.vlaanderen.be/duaal-leren.", "Een eerste punt", "Een tweede punt"]
    newest.get_by_role("button", name="Stop met voorlezen").click()

    assert desk.page.evaluate("window.said.at(-1)") == "STOP"


def test_a_phone_number_is_read_aloud_too(desk: Visit) -> None:
    desk.context.add_init_script(VOICE)
    desk.open().say("nood").get_by_role("button", name="Lees voor").click()

    assert desk.page.evaluate("window.said")[1:] == [
        "Praat met iemand", "Bel 1813.", "Zelfmoordlijn", "Bel 1813"]
