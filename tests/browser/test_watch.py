"""The watch over the other browser tests sees what it must see."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_states import violations

pytestmark = pytest.mark.browser


def test_a_broken_rule_of_the_page_is_reported(desk: Visit) -> None:
    desk.go("/streng").page.evaluate("try { document.body.innerHTML = 'x'; } catch {}")

    with pytest.raises(AssertionError):
        desk.clean()


def test_a_foreign_request_is_seen(desk: Visit) -> None:
    desk.go("/thema").page.evaluate("new Image().src = 'https://foreign.invalid/x.png'")
    desk.page.wait_for_timeout(200)

    with pytest.raises(AssertionError):
        desk.clean()


def test_a_fault_within_the_chat_is_found(desk: Visit) -> None:
    desk.open().page.evaluate(
        "document.querySelector('duaal-chat').shadowRoot.querySelector('textarea')"
        ".removeAttribute('aria-label'); document.querySelector('duaal-chat').shadowRoot"
        ".querySelector('textarea').placeholder = ''")

    assert any(found.startswith("label:") for found in violations(desk))
