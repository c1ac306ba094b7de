"""The built-in catalogue, fetched from the stand-in of the API."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.fetch.api import fetch_api
from bot.catalogue.staging import Staging
from bot.catalogue.standin.faults import Faults
from bot.catalogue.standin.server import StandIn
from tests.catalogue.fetch.api_records import fetcher
from tests.catalogue.standin.asking import DATA, rows


def from_standin(folder: Path, first_page: int = 0, faults: Faults | None = None) -> Staging:
    with StandIn(DATA, locations=60, groups=800, first_page=first_page,
                 faults=faults or Faults()) as standin:
        return fetch_api(fetcher(folder, standin.url, standin.key),
                         {row["nummer"] for row in rows("opleidingen.csv")}, 2026, "2026-11-26")


@pytest.mark.parametrize("first_page", [0, 1])
def test_the_built_in_offers_and_schools_come_back_from_the_stand_in(
        tmp_path: Path, first_page: int) -> None:
    found = from_standin(tmp_path, first_page, Faults(too_many=2, server_error=1))

    dual = {p["nummer"] for p in rows("opleidingen.csv") if p["duaal"] == "1"}
    built_in = [o for o in rows("aanbod.csv") if o["nummer"] in dual]
    key = ("instelling", "vestiging", "administratieve_groep")
    by_key = {tuple(o[n] for n in key): o for o in found.offers}
    for wanted in built_in:
        told = by_key[tuple(wanted[n] for n in key)]
        for name in ("nummer", "schooljaar", "leerjaar", "variant", "inschrijvingen_open"):
            assert told[name] == wanted[name]
    schools = {(s["instelling"], s["vestiging"]): s for s in found.schools}
    for school in rows("scholen.csv"):
        told = schools[school["instelling"], school["vestiging"]]
        for name in ("naam", "straat", "huisnummer", "postcode", "gemeente", "provincie",
                     "telefoon", "website", "fiche_url"):
            assert told[name] == school[name]
        assert float(told["lat"]) == pytest.approx(float(school["lat"]))
    assert len(by_key) == len(found.offers) > len(built_in)


def test_records_that_come_twice_are_taken_once(tmp_path: Path) -> None:
    found = from_standin(tmp_path, faults=Faults(duplicate_keys=True))

    keys = [(o["instelling"], o["vestiging"], o["administratieve_groep"]) for o in found.offers]
    assert len(keys) == len(set(keys))
    assert len(found.schools) == len({(s["instelling"], s["vestiging"]) for s in found.schools})
