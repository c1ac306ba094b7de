"""Chromium with the widget on a school's page; every page is watched for what it may not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser import sites

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright ontbreekt: uv sync")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
SHOTS = Path(__file__).resolve().parents[2] / "build" / "schermen"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True,
                         "is_mobile": True, "device_scale_factor": 2}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
SCREENS = {"phone": PHONE, "desktop": DESKTOP}
# What the widget keeps in the tab, as JavaScript.
STORE = "JSON.parse(sessionStorage.getItem('duaal-chat'))"
# Chromium reports a refused rule only to the page itself: that is where we listen.
WATCH = """
window.reports = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """One browser for all; closed with the package, since it keeps an event loop."""
    if not CHROMIUM:
        pytest.skip("Geen chromium: installeer het pakket chromium van Debian.")
    with playwright_api.sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, as in a container.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def pair() -> Iterator[tuple[sites.Site, sites.Site]]:
    """The bot and the school."""
    with sites.both() as pair:
        yield pair


@dataclass
class Visit:
    """One person on a page of the school, and what the browser did."""

    page: Any
    context: Any
    bot: sites.Site
    school: sites.Site
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str = "/") -> Visit:
        self.page.goto(self.school.url + path)
        return self

    def open(self, path: str = "/") -> Visit:
        """On the page with the chat open and the notice shown."""
        self.go(path)
        self.page.get_by_role("button", name="Chat over duaal leren").click()
        self.page.get_by_role("heading", name="Je praat met een computer").wait_for()
        return self

    def open_again(self) -> None:
        """The chat open, whether or not it was."""
        launcher = self.page.get_by_role("button", name="Chat over duaal leren")
        self.page.locator("duaal-chat").wait_for(state="attached")
        if launcher.is_visible():
            launcher.click()

    def type(self, *texts: str) -> None:
        """Type and send one after another, without waiting for an answer."""
        for text in texts:
            self.page.get_by_label("Jouw vraag").fill(text)
            self.page.get_by_label("Jouw vraag").press("Enter")

    def say(self, text: str, shown: str = ".bot") -> Any:
        """Type and send; the newest answer once it is there."""
        before = self.page.locator(f"duaal-chat {shown}").count()
        self.page.get_by_label("Jouw vraag").fill(text)
        self.page.get_by_role("button", name="Verstuur").click()
        newest = self.page.locator(f"duaal-chat {shown}").nth(before)
        newest.wait_for()
        return newest

    def focused(self) -> str:
        """Name or text of the element with the focus, also within the widget."""
        return str(self.page.evaluate(
            "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement)"
            " e = e.shadowRoot.activeElement;"
            " return e.ariaLabel || e.textContent || e.tagName; }"))

    def clean(self) -> None:
        """Nothing foreign was asked, no rule of the page broken, no cookie or store set."""
        own = (self.bot.url, self.school.url, "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(own)] == []
        assert self.page.evaluate("window.reports") == []
        assert self.context.cookies() == []
        assert self.page.evaluate("localStorage.length") == 0
        assert self.errors == []


def visit(chromium: Any, pair: tuple[sites.Site, sites.Site], screen: str,
          **context_options: Any) -> Iterator[Visit]:
    """A visit on the screen, closed afterwards."""
    context = chromium.new_context(locale="nl-BE", **SCREENS[screen], **context_options)
    context.add_init_script(WATCH)
    context.set_default_timeout(8000)
    made = Visit(context.new_page(), context, *pair)
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    yield made
    context.close()


@pytest.fixture(params=["phone", "desktop"])
def person(request: pytest.FixtureRequest, chromium: Any,
           pair: tuple[sites.Site, sites.Site]) -> Iterator[Visit]:
    """Somebody with a phone, and somebody at a desk."""
    yield from visit(chromium, pair, request.param)


@pytest.fixture
def desk(chromium: Any, pair: tuple[sites.Site, sites.Site]) -> Iterator[Visit]:
    """Somebody at a desk."""
    yield from visit(chromium, pair, "desktop")


@pytest.fixture
def phone(chromium: Any, pair: tuple[sites.Site, sites.Site]) -> Iterator[Visit]:
    """Somebody with a phone."""
    yield from visit(chromium, pair, "phone")
