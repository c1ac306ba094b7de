"""The widget on the pages of the real bot, with the real model."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import DESKTOP, PHONE, WATCH
from tests.browser.test_states import violations
from tests.conftest import Server

pytestmark = pytest.mark.browser


class OwnPage:
    """As much of a visit as axe needs."""

    def __init__(self, page: Any) -> None:
        self.page = page


@pytest.mark.parametrize("path", ["/", "/voorbeeld-streng", "/chat"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_question_is_answered_with_its_source(chromium: Any, server: Server, path: str,
                                                screen: dict[str, Any]) -> None:
    context = chromium.new_context(locale="nl-BE", **screen)
    context.add_init_script(WATCH)
    page, foreign = context.new_page(), []
    page.on("request", lambda r: r.url.startswith(server.url) or foreign.append(r.url))
    page.goto(server.url + path)
    if path != "/chat":
        page.get_by_role("button", name="Chat over duaal leren").click()
    page.get_by_role("heading", name="Je praat met een computer").first.wait_for()
    for question, title in (("krijg ik nog een startbonus", "nagekeken op"),
                            ("waar kan ik kapper duaal doen in Gent", "Gegevens van schooljaar"),
                            ("wat kan ik na bakker doen", "Klopt niet?")):
        before = page.locator("duaal-chat .bot").count()
        page.get_by_label("Jouw vraag").fill(question)
        page.get_by_role("button", name="Verstuur").click()
        answer = page.locator("duaal-chat .bot").nth(before)
        answer.get_by_text(title).first.wait_for(timeout=20000)
    page.get_by_role("button", name="Wis het gesprek").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    page.get_by_text("Je gesprek is gewist.").wait_for()

    assert foreign == []
    assert page.evaluate("window.reports") == []
    assert context.cookies() == []
    assert violations(OwnPage(page)) == []  # type: ignore[arg-type]
    context.close()
