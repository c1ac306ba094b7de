"""The enrolments of 1 February become offers with the date of that day."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import CatalogueSourceError
from tests.catalogue.fetch.downloads import enrolments, locations, read


def test_enrolments_of_february_give_offers_with_that_date(tmp_path: Path) -> None:
    file = enrolments(tmp_path, {}, {"opleidingsvorm": "Beroepsonderwijs", "onderwijsvorm": "",
                                     "administratieve_groep": "Bandenmonteur duaal"})
    staging, report = read(locations(tmp_path), file)
    assert report == []
    assert [(o["nummer"], o["leerjaar"], o["variant"]) for o in staging.offers] == [
        ("88", "6", "BSO"), ("22", "", "OV3")]
    assert {o["bron_datum"] for o in staging.offers} == {"2027-02-01"}


def test_enrolments_of_another_or_no_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match="2026-2027, niet over 2025-2026"):
        read(locations(tmp_path), enrolments(tmp_path), "2025-2026")
    with pytest.raises(CatalogueSourceError, match="niet in zijn naam"):
        read(locations(tmp_path), enrolments(tmp_path, name="telling.csv"))
