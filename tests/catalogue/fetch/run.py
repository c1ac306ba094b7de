"""A fetcher with a clock and a sleep that only remember, and servers to try it on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.catalogue.fetch.failure import FetchError
from bot.catalogue.fetch.fetcher import Fetcher
from bot.errors import DuaalwijzerError
from tests.catalogue.fetch.scripted import KEY, Asked, Reply, page

PATH = "/instellingsgegevens/instelling/v2/instelling"
START = datetime(2026, 11, 26, 10, 0)
GOOD = page(0, [{"n": 1}])


class Run:
    """A Fetcher with a clock and a sleep that only remember."""

    def __init__(self, folder: Path, url: str, **more: Any) -> None:
        self.slept: list[float] = []
        self.told: list[tuple[int, int, str]] = []
        self.at = START
        self.fetcher = Fetcher(
            requests.Session(), folder, key=more.pop("key", KEY), sleep=self.slept.append,
            now=self.now, progress=lambda *told: self.told.append(told), host=url, **more)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def fail(self, **filters: str) -> str:
        with pytest.raises(FetchError) as caught:
            self.fetcher.pages(PATH, **filters)
        assert isinstance(caught.value, DuaalwijzerError)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None  # errors of requests hold the key
        text = str(caught.value)
        assert text.startswith("instelling: ")
        assert KEY not in text
        return text


def numbers(first: int, count: int) -> Any:
    """Pages that count from `first`; what is before it is taken for it."""

    def answer(asked: Asked) -> Reply:
        number = max(asked.page, first)
        last = number == first + count - 1
        content = [{"n": number - first}] if number < first + count else []
        return page(number, content, last=last, total=count)

    return answer
