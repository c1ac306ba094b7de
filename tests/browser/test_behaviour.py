"""What a person does with the widget, in a real browser."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Visit, visit

pytestmark = pytest.mark.browser
STORE = "JSON.parse(sessionStorage.getItem('duaal-chat'))"
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


def test_an_id_is_random_and_made_at_the_first_message(person: Visit) -> None:
    person.open().say("hallo")
    sender = person.bot.bodies("/webhooks/web/message")[0]["sender"]

    assert uuid.UUID(sender).version == 4
    assert person.page.evaluate(f"{STORE}.id") == sender


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


def test_the_talk_can_be_kept_as_a_file(desk: Visit) -> None:
    desk.open().say("hallo")
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("button", name="Bewaar het gesprek").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")

    assert waiting.value.suggested_filename == "duaalwijzer-gesprek.txt"
    assert "Jij:\nhallo" in text
    assert "nagekeken op 23 november 2026" in text
    desk.clean()


def test_feedback_says_what_is_wrong_and_thanks(person: Visit) -> None:
    newest = person.open().say("hallo")
    newest.get_by_text("Klopt niet?").click()
    newest.get_by_label("Wat klopt er niet?").fill("het bedrag")
    newest.get_by_role("button", name="Dit is fout").click()
    newest.get_by_text("Bedankt.").wait_for()
    sender = person.page.evaluate(f"{STORE}.id")

    assert person.bot.bodies("/webhooks/web/feedback") == [
        {"sender": sender, "topic": "startbonus", "verdict": "fout", "text": "het bedrag"}]
    assert person.focused().startswith("Bedankt.")


def test_a_double_tap_gives_one_verdict_and_a_failed_one_can_be_given_again(person: Visit) -> None:
    person.bot.slow["/webhooks/web/feedback"] = 0.4
    newest = person.open().say("hallo")
    newest.get_by_text("Klopt niet?").click()
    wrong = newest.get_by_role("button", name="Dit is fout")
    person.context.set_offline(True)
    wrong.click()
    person.page.locator("duaal-chat .problem").wait_for()
    person.context.set_offline(False)
    wrong.dblclick()
    newest.get_by_text("Bedankt.").wait_for()
    person.page.wait_for_timeout(600)

    assert len(person.bot.bodies("/webhooks/web/feedback")) == 1


def test_feedback_can_be_about_one_card(desk: Visit) -> None:
    newest = desk.open().say("kaarten")
    newest.get_by_text("Klopt niet?").click()
    newest.get_by_label("Waarover gaat het?").select_option("School 4")
    newest.get_by_role("button", name="Dit is onduidelijk").click()
    newest.get_by_text("Bedankt.").wait_for()
    body = desk.bot.bodies("/webhooks/web/feedback")[0]

    assert (body["card"], body["verdict"]) == ("school-4-1", "onduidelijk")


@pytest.fixture(params=[True, False], ids=["allowed", "refused"])
def somewhere(request: pytest.FixtureRequest, chromium: Any, pair: Any) -> Iterator[Any]:
    """Somebody who allows or refuses to share the location."""
    allowed = {"permissions": ["geolocation"]} if request.param else {}
    place = {"latitude": 50.938571, "longitude": 4.039114}
    for person in visit(chromium, pair, "phone", geolocation=place, **allowed):
        yield person, request.param


def test_the_location_is_asked_after_a_tap_only_and_leaves_rounded(somewhere: Any) -> None:
    person, allowed = somewhere
    person.page.add_init_script(
        "window.asked = 0; const g = navigator.geolocation; const o = g.getCurrentPosition;"
        "g.getCurrentPosition = (...a) => { window.asked += 1; return o.apply(g, a); };")
    person.open().say("waar")
    assert person.page.evaluate("window.asked") == 0
    person.page.get_by_role("button", name="Gebruik mijn locatie").click()
    if allowed:
        person.page.get_by_role("heading", name="De startbonus").wait_for()
        assert person.bot.bodies("/webhooks/web/message")[1]["location"] == {
            "lat": 50.94, "lon": 4.04}
        assert "50.94" not in person.page.evaluate("sessionStorage.getItem('duaal-chat')")
    else:
        person.page.get_by_text("Typ je gemeente of je postcode.").wait_for()
        assert len(person.bot.bodies("/webhooks/web/message")) == 1


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


def test_a_link_to_a_site_without_https_and_one_in_a_list_are_links(person: Visit) -> None:
    newest = person.open().say("clb")

    assert [link.get_attribute("href") for link in newest.get_by_role("link").all()] == [
        "https://www.onderwijskiezer.be/v2", "http://clb.example/kort", "tel:056123456",
        "http://clbkortrijk.be/"]


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


def test_an_answer_in_another_language_says_so(desk: Visit) -> None:
    newest = desk.open().say("arabisch")

    assert newest.locator("[lang=ar][dir=auto]").inner_text().startswith("العربية")
    assert desk.page.locator("duaal-chat").get_attribute("lang") == "nl-BE"


def test_the_talk_is_put_away_when_it_is_a_day_old(desk: Visit) -> None:
    desk.open().say("hallo")
    kept = json.loads(desk.page.evaluate("sessionStorage.getItem('duaal-chat')"))
    kept["at"] -= 24 * 3600 * 1000 + 1
    desk.page.evaluate("kept => sessionStorage.setItem('duaal-chat', kept)", json.dumps(kept))
    desk.open()

    assert desk.page.locator("duaal-chat .msg").count() == 1
