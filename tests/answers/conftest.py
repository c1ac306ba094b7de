from __future__ import annotations

import pytest

from bot.answers.texts import Texts, load_texts
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The real words of data/teksten."""
    return load_texts(ROOT / "data" / "teksten")
