"""Only a catalogue that is whole and of our version is opened, and never written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.catalogue.build import build
from bot.catalogue.opening import open_catalogue
from bot.errors import CatalogueMissing
from tests.catalogue.conftest import TODAY


def test_the_catalogue_cannot_be_written(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "c.sqlite", today=TODAY)
    catalogue = open_catalogue(tmp_path / "c.sqlite")

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        catalogue._db.execute("DELETE FROM offer")


def test_a_folder_with_odd_characters_does_no_harm(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "a#b?c %20" / "c.sqlite"
    build(source, target, today=TODAY)

    assert open_catalogue(target).info.offers == 9


def test_a_missing_catalogue_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissing, match="duaalwijzer catalogue build"):
        open_catalogue(tmp_path / "weg.sqlite")
    assert not (tmp_path / "weg.sqlite").exists()


@pytest.mark.parametrize("content", [b"", b"geen database" * 100], ids=["empty", "text"])
def test_a_file_that_is_no_catalogue_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.sqlite").write_bytes(content)

    with pytest.raises(CatalogueMissing, match="duaalwijzer catalogue build"):
        open_catalogue(tmp_path / "c.sqlite")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_truncated_catalogue_is_refused_at_once(
    source: Path, tmp_path: Path, part: float
) -> None:
    file = tmp_path / "c.sqlite"
    build(source, file, today=TODAY)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * part)])

    with pytest.raises(CatalogueMissing, match="beschadigd"):
        open_catalogue(file)


def test_another_version_is_refused(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    build(source, file, today=TODAY)
    database = sqlite3.connect(file)
    database.execute("PRAGMA user_version = 99")
    database.commit()
    database.close()

    with pytest.raises(CatalogueMissing, match="versie 99"):
        open_catalogue(file)


def test_a_catalogue_without_offers_is_refused(source: Path, tmp_path: Path) -> None:
    file = source / "aanbod.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    build(source, tmp_path / "c.sqlite", today=TODAY)

    with pytest.raises(CatalogueMissing, match="geen aanbod"):
        open_catalogue(tmp_path / "c.sqlite")
