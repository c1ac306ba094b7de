"""The API with a few small schools, which a test may change before it fetches them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from bot.catalogue.fetch.api import fetch_api
from bot.catalogue.staging import Staging
from tests.catalogue.fetch.api_records import SMALL, Data, Fetch, fetcher
from tests.catalogue.fetch.scripted import KEY, Asked, Reply, page, serve


@pytest.fixture
def data() -> Data:
    return deepcopy(SMALL)


@pytest.fixture
def fetch(data: Data, tmp_path: Path) -> Fetch:
    """Fetches `data`; 88 and 188 are programmes of the catalogue."""

    def answer(asked: Asked) -> Reply:
        structure = asked.query.get("filter_instellingslocatie_hoofdstructuur", "")
        return page(0, [{n: v for n, v in record.items() if n != "structures"}
                        for record in data[asked.path]
                        if structure in record.get("structures", "").split() or not structure])

    def run(start: int = 2026) -> Staging:
        with serve(answer) as server:
            return fetch_api(fetcher(tmp_path, server.url, KEY), {"88", "188"}, start,
                             "2026-11-26")

    return run
