"""Good rows of the small catalogue, and what they are held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.reference import Reference
from bot.catalogue.sources import read_all
from bot.catalogue.staging import Staging, read_staging


@pytest.fixture
def reference(source: Path) -> Reference:
    return Reference.from_rows(read_all(source))


@pytest.fixture
def good(source: Path) -> Staging:
    return read_staging(source)
