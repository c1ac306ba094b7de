"""The route of the pictures, asked over HTTP of a server without a model."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
import requests
from PIL import Image

from bot import resources
from bot.catalogue.routes import route_text
from bot.settings import Settings
from tests.conftest import served_pages


@pytest.fixture(scope="module")
def url(settings: Settings) -> Iterator[str]:
    """The folder of the programme pages on a server with the pages only."""
    with served_pages(settings) as address:
        yield f"{address}/opleidingen"


def test_the_svg_is_served_as_a_picture(url: str) -> None:
    answer = requests.get(f"{url}/beeld/88.svg", timeout=10)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert answer.text.startswith("<svg")


def test_the_png_is_served_with_its_words(url: str) -> None:
    answer = requests.get(f"{url}/beeld/88.png", timeout=10)
    image = Image.open(BytesIO(answer.content))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert image.info["Description"] == route_text(resources.catalogue(), "88")


def test_a_picture_of_the_ways_to_a_goal_is_served(url: str) -> None:
    for name in ("naar-755.svg", "naar-basisverpleegkunde.png"):
        assert requests.get(f"{url}/beeld/{name}", timeout=10).status_code == 200, name


@pytest.mark.parametrize("name", ["9999.svg", "88.gif", "naar-hr-support.png"])
def test_another_name_is_not_found(url: str, name: str) -> None:
    answer = requests.get(f"{url}/beeld/{name}", timeout=10)

    assert answer.status_code == 404
    assert "tekening" in answer.text


def test_the_pages_are_where_they_were(url: str) -> None:
    assert requests.get(f"{url}/88.html", timeout=10).status_code == 200
    assert requests.get(f"{url}/88.svg", timeout=10).status_code == 200


def test_a_page_that_does_not_exist_is_not_found(url: str) -> None:
    assert requests.get(f"{url}/9999.html", timeout=10).status_code == 404
