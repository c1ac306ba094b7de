"""The location of a person: asked after a tap, and rounded before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import visit

pytestmark = pytest.mark.browser


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
