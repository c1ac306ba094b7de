"""The widget and the example pages, asked over HTTP of a server without a model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from bot.settings import Settings
from tests.conftest import served_pages
from tests.widget.test_pack import PACKED


@pytest.fixture(scope="module")
def url(settings: Settings) -> Iterator[str]:
    """The address of a server with the pages only."""
    with served_pages(settings) as address:
        yield address


@pytest.mark.parametrize(("name", "cached"), [("duaal-chat.js", "no-cache"),
                                              (PACKED.name, "max-age=31536000, immutable")])
def test_the_newest_and_the_pinned_widget_are_one_file_for_any_site(url: str, name: str,
                                                                    cached: str) -> None:
    answer = requests.get(f"{url}/{name}", timeout=10)

    assert answer.content == PACKED.read_bytes()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == cached


def test_a_version_that_never_was_is_not_found(url: str) -> None:
    assert requests.get(f"{url}/duaal-chat-0.0.1.js", timeout=10).status_code == 404


def test_the_strict_page_is_strict(url: str) -> None:
    page = requests.get(f"{url}/voorbeeld-streng", timeout=10)
    policy = page.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert page.text.count("<script") == 1
    assert requests.get(f"{url}/streng.css", timeout=10).status_code == 200
