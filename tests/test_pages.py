"""The privacy page, the chat on a page alone and its QR code, asked over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
import requests

from bot.errors import InputError
from bot.pages import page, qr_code
from bot.settings import Settings
from tests.conftest import served_pages
from tests.platforms.secrets import SECRETS

NASTY = "<img src=x onerror=alert(1)>\" onclick='x' {{ 7*7 }}"


@pytest.fixture(scope="module")
def url(settings: Settings) -> Iterator[str]:
    """The address of a server with the pages only."""
    with served_pages(settings) as address:
        yield address


class Elements(HTMLParser):
    """Every start tag with its attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in self.tags if tag == "a"]


@pytest.mark.parametrize("name", ["privacy.html", "chat.html"])
def test_what_the_publisher_wrote_stays_text(name: str, settings: Settings) -> None:
    plain = replace(settings, publisher="VTI", contact="zie ons bord")
    nasty = replace(settings, publisher=NASTY, contact=NASTY)

    shown, safe = Elements(page(name, nasty)), Elements(page(name, plain))

    assert [tag for tag, _ in shown.tags] == [tag for tag, _ in safe.tags]
    assert [set(a) for _, a in shown.tags] == [set(a) for _, a in safe.tags]
    assert NASTY in shown.text


def test_the_privacy_page_names_publisher_contact_and_retention(settings: Settings) -> None:
    shown = Elements(page("privacy.html", replace(
        settings, publisher="VTI Voorbeeldstad", contact="ict@vti.example", web_retention=7200)))

    assert "VTI Voorbeeldstad biedt deze chat aan" in shown.text
    assert "mailto:ict@vti.example" in shown.links()
    assert "hoogstens 2 uur" in shown.text


def test_the_privacy_page_leads_on_to_a_notice_elsewhere_only(settings: Settings) -> None:
    own = replace(settings, public_url="https://b.example", privacy_url="https://b.example/privacy")
    elsewhere = replace(settings, privacy_url="https://vti.example/privacy")

    assert "https://vti.example/privacy" in Elements(page("privacy.html", elsewhere)).links()
    assert own.privacy_url not in Elements(page("privacy.html", own)).links()


def test_the_privacy_page_names_only_the_apps_that_are_on(settings: Settings) -> None:
    on = page("privacy.html", replace(settings, secrets=SECRETS))
    off = page("privacy.html", settings)

    assert "WhatsApp, Messenger, Telegram" in on
    assert not any(app in off for app in ("WhatsApp", "Messenger", "Telegram"))
    assert "12 maanden" in off


def test_without_settings_the_privacy_page_names_nobody(url: str) -> None:
    answer = requests.get(f"{url}/privacy", timeout=10)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Vraag het aan de school die deze chat aanbiedt." in answer.text
    assert "Vlaamse Toezichtcommissie" in answer.text


def test_the_chat_page_has_only_the_chat_and_a_way_without_javascript(url: str) -> None:
    answer = requests.get(f"{url}/chat", timeout=10)
    shown = Elements(answer.text)

    assert answer.status_code == 200
    assert [a["src"] for tag, a in shown.tags if tag == "script"] == ["/duaal-chat.js"]
    assert ("duaal-chat", "/webhooks/web") in [(t, a.get("data-endpoint")) for t, a in shown.tags]
    assert "/antwoorden" in shown.links()
    for href in (a["href"] for tag, a in shown.tags if tag == "link"):
        if str(href).startswith("/"):
            assert requests.get(f"{url}{href}", timeout=10).status_code == 200, href


@pytest.mark.parametrize("path", ["chat", "privacy"])
def test_a_page_runs_nothing_but_what_the_bot_serves(url: str, path: str) -> None:
    answer = requests.get(f"{url}/{path}", timeout=10)

    assert "default-src 'none'; script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not {"style", "onclick"} & {name for _, a in Elements(answer.text).tags for name in a}
    assert "<style" not in answer.text


def told(svg: bytes) -> str:
    """The address that the description of a QR code gives."""
    root = ElementTree.fromstring(svg)
    return root.findtext("{http://www.w3.org/2000/svg}desc") or ""


def test_the_qr_code_is_of_the_address_that_was_asked(url: str) -> None:
    answer = requests.get(f"{url}/chat/qr.svg", timeout=10, headers={"Host": "bot.example"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert told(answer.content) == "http://bot.example/chat"
    assert answer.content == qr_code("http://bot.example/chat")


def test_the_qr_code_is_of_the_public_address_when_that_is_set(settings: Settings) -> None:
    with served_pages(replace(settings, public_url="https://duaal.vti.example")) as behind_proxy:
        answer = requests.get(f"{behind_proxy}/chat/qr.svg", timeout=10)

    assert told(answer.content) == "https://duaal.vti.example/chat"


def test_an_address_in_a_qr_code_never_becomes_markup() -> None:
    nasty = "https://bot.example/</desc><script>alert(1)</script>"

    assert told(qr_code(nasty)) == nasty
    assert b"<script" not in qr_code(nasty)


def test_an_address_that_does_not_fit_is_refused_in_words(url: str) -> None:
    with pytest.raises(InputError, match="te lang"):
        qr_code("https://bot.example/" + "a" * 3000)
    answer = requests.get(f"{url}/chat/qr.svg", timeout=10, headers={"Host": "a" * 3000})
    assert answer.status_code == 400
    assert "te lang" in answer.json()["detail"]
