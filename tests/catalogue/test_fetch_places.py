"""`duaalwijzer catalogue fetch --plaatsen`: places of GeoNames, whole or not at all."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.fetch.geonames import SOURCE
from bot.catalogue.opening import open_catalogue
from bot.catalogue.refresh import publish
from bot.catalogue.sources import places_dir
from bot.catalogue.staging import read_staging
from bot.settings import Settings
from tests.catalogue.conftest import DATA, TODAY

REFERENCE = Path(os.environ.get("DUAALWIJZER_TESTGEGEVENS", "")) / "geonames" / "BE.zip"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder with a catalogue of the built-in sources; no key of the API."""
    monkeypatch.delenv("DUAALWIJZER_API_SLEUTEL", raising=False)
    monkeypatch.setenv("DUAALWIJZER_DATA_DIR", str(tmp_path / "var"))
    made = Settings(data_dir=tmp_path / "var")
    build(made.catalogue_source, made.catalogue_file, today=TODAY)
    return made


def be_txt(folder: Path, shift: float = 0.0, leave_out: str = "") -> Path:
    """A postal dump of our own places in the format of GeoNames, each a little to the north."""
    with (DATA / "plaatsen.csv").open(encoding="utf-8", newline="") as handle:
        places = list(csv.DictReader(handle))
    lines = ["\t".join(("BE", p["postcode"], p["naam"], "", "VLG", "", "", "", "",
                        f"{float(p['lat']) + shift:.4f}", p["lon"], "4"))
             for p in places if p["niscode"] != leave_out]
    if not leave_out:
        lines.append("\t".join(("BE", "9300", "Proefwijk", "", "VLG", "", "", "", "",
                                "50.94", "4.04", "4")))
    file = folder / "BE.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def fetch(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["catalogue", "fetch", *map(str, arguments)])


def opened(settings: Settings) -> Catalogue:
    return open_catalogue(settings.catalogue_file)


def test_positions_and_new_parts_are_in_the_catalogue_and_named_by_status(
    settings: Settings, tmp_path: Path
) -> None:
    before = opened(settings).places.resolve("Erembodegem")[0]
    with ZipFile(tmp_path / "BE.zip", "w") as archive:
        archive.write(be_txt(tmp_path, shift=0.01), "BE.txt")

    done = fetch("--plaatsen", tmp_path / "BE.zip")

    assert done.exit_code == 0, done.output
    places = opened(settings).places
    assert places.resolve("Erembodegem")[0].lat == pytest.approx(before.lat + 0.01, abs=0.006)
    assert places.resolve("Proefwijk")[0].municipality == "Aalst"
    status = CliRunner().invoke(main, ["catalogue", "status"])
    assert SOURCE in status.output
    assert "GeoNames, CC BY 4.0" in SOURCE
    assert "nog niets opgehaald" in status.output  # the schools are still the built-in ones


def test_they_stay_when_schools_are_published_and_the_catalogue_is_built_anew(
    settings: Settings, tmp_path: Path
) -> None:
    fetch("--plaatsen", be_txt(tmp_path))
    publish(read_staging(DATA), DATA, settings.fetched_dir, settings.catalogue_file, TODAY)
    assert opened(settings).places.resolve("Proefwijk")

    built = CliRunner().invoke(main, ["catalogue", "build"])

    assert built.exit_code == 0, built.output
    assert opened(settings).places.resolve("Proefwijk")


@pytest.mark.parametrize(("shift", "leave_out"), [(0.0, "41002"), (0.3, ""), (5.0, "")],
                         ids=["a municipality is lost", "all is moved", "outside Belgium"])
def test_a_file_that_cannot_be_trusted_changes_nothing(
    settings: Settings, tmp_path: Path, shift: float, leave_out: str
) -> None:
    before = settings.catalogue_file.read_bytes()

    done = fetch("--plaatsen", be_txt(tmp_path, shift, leave_out))

    assert done.exit_code == 1
    assert "BE.txt" in done.output
    assert settings.catalogue_file.read_bytes() == before
    assert not places_dir(settings.fetched_dir).exists()


def test_a_dry_run_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    before = settings.catalogue_file.read_bytes()

    done = fetch("--plaatsen", be_txt(tmp_path), "--dry-run")

    assert done.exit_code == 0, done.output
    assert "Plaatsen van GeoNames" in done.output
    assert settings.catalogue_file.read_bytes() == before
    assert not places_dir(settings.fetched_dir).exists()


@pytest.mark.skipif(not REFERENCE.exists(), reason="geen BE.zip van GeoNames in de testgegevens")
def test_the_real_file_of_geonames_is_taken_in(settings: Settings) -> None:
    done = fetch("--plaatsen", REFERENCE)

    assert done.exit_code == 0, done.output
    assert opened(settings).place_sources[0][0] == SOURCE
