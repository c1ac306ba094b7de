"""The chat and the school's own site leave each other alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
HOST = """() => { const s = getComputedStyle(document.querySelector("duaal-chat"));
  return [s.display, s.opacity, s.visibility, s.transform, s.filter, s.clipPath, s.position, s.zoom,
    s.contain, s.maxWidth, s.margin, s.transitionDuration, s.animationName, s.pointerEvents]; }"""
PARTS = """() => { const r = document.querySelector("duaal-chat").shadowRoot;
  return [".solid", "h2", ".log", "textarea", ".panel"].map((name) => {
    const s = getComputedStyle(r.querySelector(name));
    return [s.fontSize, s.fontFamily, s.color, s.backgroundColor, s.display, s.letterSpacing,
      s.textTransform, s.direction, s.visibility, s.borderTopWidth, s.float]; }); }"""
# A site that jumps to its search box at a letter, as many do.
SHORTCUT = """() => { window.heard = [];
  for (const name of ["keydown", "keypress", "keyup"]) {
    document.addEventListener(name, (event) => {
      window.heard.push(event.key);
      if (!/input|textarea/i.test(event.target.tagName) && event.key === "s") {
        event.preventDefault();
      }
    });
  } }"""


def looks(person: Visit, path: str) -> list[Any]:
    """Place, size and style of the launcher, and of the open panel and its parts."""
    person.go(path)
    launcher = person.page.locator("duaal-chat .launcher")
    launcher.wait_for()
    found = [launcher.bounding_box(), person.page.evaluate(HOST)]
    person.open(path)
    panel = person.page.locator("duaal-chat .panel").bounding_box()
    return [*found, panel, person.page.evaluate(PARTS)]


def test_a_busy_site_does_not_change_the_chat(person: Visit) -> None:
    plain, busy = looks(person, "/"), looks(person, "/streng")

    assert busy == plain
    assert busy[1][:2] == ["block", "1"]


def test_no_shortcut_of_the_site_eats_a_letter_and_escape_still_closes(person: Visit) -> None:
    person.open().page.evaluate(SHORTCUT)
    box = person.page.get_by_label("Jouw vraag")
    box.focus()
    person.page.keyboard.type("kassa")
    assert box.input_value() == "kassa"
    person.page.keyboard.press("Escape")

    assert person.page.evaluate("window.heard.filter((key) => key !== 'Escape')") == []
    assert person.page.locator("duaal-chat dialog[open]").count() == 0


def test_no_shortcut_of_the_site_eats_a_letter_of_the_chat_within_a_page(desk: Visit) -> None:
    desk.go("/ingebed").page.evaluate(SHORTCUT)
    box = desk.page.get_by_label("Jouw vraag")
    box.focus()
    desk.page.keyboard.type("kassa")

    assert box.input_value() == "kassa"


@pytest.mark.parametrize("path", ["/", "/ingebed"])
def test_who_says_nothing_leaves_nothing_in_the_tab(person: Visit, path: str) -> None:
    person.go(path).open_again()
    person.page.get_by_role("heading", name="Je praat met een computer").wait_for()
    assert person.page.evaluate("sessionStorage.length") == 0
    person.page.keyboard.press("Escape")
    assert person.page.evaluate("sessionStorage.length") == 0
    person.open_again()
    person.say("hallo")

    assert person.page.evaluate("Object.keys(sessionStorage)") == ["duaal-chat"]


def test_two_script_tags_before_the_tag_in_the_page_give_one_chat(desk: Visit) -> None:
    desk.go("/dubbel").page.get_by_label("Jouw vraag").wait_for()
    desk.page.wait_for_load_state("load")

    assert desk.page.locator("duaal-chat").count() == 1
