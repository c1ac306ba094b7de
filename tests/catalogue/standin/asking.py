"""Asking a running stand-in, and reading the files it starts from."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import requests

from bot.catalogue.standin.products import GROUP, INSTITUTION, LOCATION, OFFER
from bot.catalogue.standin.server import StandIn

DATA = Path(__file__).resolve().parents[3] / "data" / "catalogue"
KEY = {"x-api-key": "proefsleutel"}
LOCATIONS, GROUPS = 300, 3000
ALL = (INSTITUTION, LOCATION, GROUP, OFFER)


def get(standin: StandIn, path: str, headers: dict[str, str] = KEY,
        **params: object) -> requests.Response:
    return requests.get(standin.url + path, params=params, headers=headers, timeout=10)


def fetch(standin: StandIn, path: str, size: int = 5000, **filters: object) -> list[dict[str, Any]]:
    page, found = standin.first_page, []
    while True:
        answer = get(standin, path, page=page, size=size, **filters).json()
        found += answer["content"]
        if answer["meta"]["last"]:
            return found
        page += 1


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
