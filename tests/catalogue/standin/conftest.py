"""One stand-in for all these tests, without faults at the start of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.catalogue.standin.faults import Faults
from bot.catalogue.standin.server import StandIn
from tests.catalogue.standin.asking import DATA, GROUPS, LOCATIONS


@pytest.fixture(scope="package")
def running() -> Iterator[StandIn]:
    with StandIn(DATA, locations=LOCATIONS, groups=GROUPS) as standin:
        yield standin


@pytest.fixture
def standin(running: StandIn) -> Iterator[StandIn]:
    running.faults = Faults()
    running.requests.clear()
    yield running
    running.faults = Faults()
