"""Every state of the widget on a phone and at a desk, on both example pages: no axe violation of
WCAG 2.2 AA, no report of the page's strict policy, no foreign request, no cookie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SHOTS, Visit

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
                                               "wcag22aa"]}}
SMOKE = {"closed", "answer"}


def violations(person: Visit) -> list[str]:
    """What axe finds on the whole page, shadow roots included."""
    found = Axe().run(person.page, options=RULES).response
    assert found["passes"], "axe heeft niets nagekeken"
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found["violations"] for node in rule["nodes"]]


def closed(person: Visit, path: str) -> None:
    person.go(path)
    person.page.get_by_role("button", name="Chat over duaal leren").wait_for()


def notice(person: Visit, path: str) -> None:
    person.open(path)


def answer(person: Visit, path: str) -> None:
    person.open(path).say("hallo")


def cards(person: Visit, path: str) -> None:
    newest = person.open(path).say("kaarten")
    newest.get_by_text("Zo begreep ik je vraag").click()


def question(person: Visit, path: str) -> None:
    person.open(path).say("waar")


def safety(person: Visit, path: str) -> None:
    person.open(path).say("nood")


def other_language(person: Visit, path: str) -> None:
    person.open(path).say("arabisch")


def feedback(person: Visit, path: str) -> None:
    person.open(path).say("kaarten").get_by_text("Klopt niet?").click()


def typing(person: Visit, path: str) -> None:
    person.open(path)
    person.page.get_by_label("Jouw vraag").fill("traag")
    person.page.get_by_role("button", name="Verstuur").click()
    person.page.get_by_text("De bot typt").wait_for()


def offline(person: Visit, path: str) -> None:
    person.open(path)
    person.context.set_offline(True)
    person.say("hallo", ".problem")


def error(person: Visit, path: str) -> None:
    person.open(path).say("fout", ".problem")


def erasing(person: Visit, path: str) -> None:
    person.open(path).say("hallo")
    person.page.get_by_role("button", name="Wis het gesprek").click()
    person.page.get_by_text("Wil je het hele gesprek wissen?").wait_for()


def erased(person: Visit, path: str) -> None:
    erasing(person, path)
    person.page.get_by_role("button", name="Ja, wis alles").click()
    person.page.get_by_text("Je gesprek is gewist.").wait_for()


STATES: list[Callable[[Visit, str], None]] = [
    closed, notice, answer, cards, question, safety, other_language, feedback, typing, offline,
    error, erasing, erased]


def parameters() -> list[object]:
    return [pytest.param(state, path, id=f"{state.__name__}-{path}",
                         marks=() if state.__name__ in SMOKE and path == "/streng"
                         else pytest.mark.browser)
            for path in ("/", "/streng") for state in STATES]


@pytest.mark.parametrize(("state", "path"), parameters())
def test_a_state_has_no_violation(person: Visit, state: Callable[[Visit, str], None],
                                  path: str) -> None:
    state(person, path)
    person.clean()
    SHOTS.mkdir(parents=True, exist_ok=True)
    width = person.page.viewport_size["width"]
    page = path.strip("/") or "gewoon"
    person.page.screenshot(path=str(SHOTS / f"{page}-{state.__name__}-{width}.png"))

    assert violations(person) == []


@pytest.mark.browser
def test_the_chat_within_a_page_has_no_violation(person: Visit) -> None:
    person.go("/ingebed").say("kaarten")
    person.clean()

    assert person.page.get_by_role("button", name="Chat over duaal leren").count() == 0
    assert violations(person) == []


@pytest.mark.browser
def test_colours_that_cannot_be_read_are_replaced(desk: Visit) -> None:
    desk.open("/thema").say("hallo")
    colours = desk.page.evaluate(
        "getComputedStyle(document.querySelector('duaal-chat').shadowRoot"
        ".querySelector('.bar')).backgroundColor + ' ' + getComputedStyle(document"
        ".querySelector('duaal-chat').shadowRoot.querySelector('.bar')).color")

    assert colours == "rgb(255, 221, 0) rgb(0, 0, 0)"
    assert violations(desk) == []


@pytest.mark.browser
def test_two_hundred_messages_stay_readable_and_quick(person: Visit) -> None:
    person.open()
    person.page.evaluate("""async () => {
      const chat = document.querySelector("duaal-chat");
      for (let n = 0; n < 100; n += 1) await chat.say(`vraag ${n}`, { text: "hallo" });
    }""")
    assert person.page.locator("duaal-chat .msg").count() == 201
    person.clean()
    person.page.reload()
    if person.page.get_by_role("button", name="Chat over duaal leren").is_visible():
        person.page.get_by_role("button", name="Chat over duaal leren").click()
    person.page.get_by_text("vraag 99").wait_for()

    assert person.page.locator("duaal-chat .msg").count() == 201
    assert person.page.evaluate("performance.now()") < 5000
    assert violations(person) == []


@pytest.mark.browser
@pytest.mark.parametrize(("media", "value"), [("forced_colors", "active"),
                                              ("reduced_motion", "reduce"),
                                              ("color_scheme", "dark")])
def test_what_the_person_set_on_the_device_is_kept(desk: Visit, media: str, value: str) -> None:
    desk.page.emulate_media(**{media: value})
    desk.open().say("kaarten")
    scrolling = desk.page.evaluate("getComputedStyle(document.querySelector('duaal-chat')"
                                   ".shadowRoot.querySelector('.log')).scrollBehavior")

    assert scrolling == ("auto" if media == "reduced_motion" else "smooth")
    assert violations(desk) == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256), (320, 200)])
def test_a_narrow_screen_or_400_percent_zoom_loses_nothing(desk: Visit, width: int,
                                                          height: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": height})
    desk.open().say("kaarten")
    page = desk.page

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    overflowing = page.evaluate("""() => {
      const root = document.querySelector("duaal-chat").shadowRoot;
      return [...root.querySelectorAll("*")].filter((node) => !node.closest(".sr")
        && node.getClientRects().length && node.getBoundingClientRect().right > innerWidth + 1)
        .map((node) => node.outerHTML.slice(0, 80)); }""")
    assert overflowing == []
    for name in ("Sluit de chat", "Verstuur", "Toon nog 4 scholen"):
        target = page.get_by_role("button", name=name)
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box["height"] >= 44, name
        assert -1 <= box["y"] <= height + 1 - box["height"], name
    assert violations(desk) == []
