"""Two downloaded files together: they fit each other, or are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.fetch.locations_csv import read_locations
from bot.catalogue.staging import read_staging, write_staging
from bot.errors import CatalogueSourceError
from tests.catalogue.conftest import TODAY
from tests.catalogue.fetch.downloads import discimus, locations, read


def test_only_schools_with_an_offer_stay_and_lost_offers_are_reported(tmp_path: Path) -> None:
    places = locations(tmp_path, {}, {"schoolnummer": "19"})
    staging, report = read(places, discimus(tmp_path, {}, {"nummer_instelling": 77}))
    assert [school["instelling"] for school in staging.schools] == ["18"]
    assert [offer["instelling"] for offer in staging.offers] == ["18"]
    assert any("77-1" in line for line in report)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match=r"rij 1, .*administratieve_groep.*kolom"):
        read(locations(tmp_path), locations(tmp_path))


def test_swapped_files_are_recognised(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match="Wissel de twee bestanden"):
        read(discimus(tmp_path), locations(tmp_path))


def test_cut_off_files_are_refused(tmp_path: Path) -> None:
    places, counts = locations(tmp_path), discimus(tmp_path)
    counts.write_bytes(counts.read_bytes()[:2000])
    with pytest.raises(CatalogueSourceError, match="niet leesbaar"):
        read(places, counts)
    places.write_bytes(places.read_bytes()[:-20])
    with pytest.raises(CatalogueSourceError, match="rij 2, rij: heeft"):
        read_locations(places, TODAY)


def test_an_absent_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match="niet leesbaar"):
        read(tmp_path / "weg.csv", discimus(tmp_path))


def test_a_malformed_school_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match="geen schooljaar"):
        read(locations(tmp_path), discimus(tmp_path), "2026-2028")


def test_both_retrievals_and_seen_fields_survive_the_staging_folder(tmp_path: Path) -> None:
    staging, _ = read(locations(tmp_path), discimus(tmp_path))
    assert [told.records for told in staging.retrievals] == [1, 1]
    assert all(len(told.sha256) == 64 for told in staging.retrievals)
    assert "fax" not in staging.seen["vestigingen"]
    assert "telefoon" in staging.seen["vestigingen"]
    write_staging(tmp_path / "uit", staging)
    assert read_staging(tmp_path / "uit").offers[0]["nummer"] == "88"
