import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalogue import build as build_module
from bot.catalogue.build import build
from bot.catalogue.opening import open_catalogue
from bot.catalogue.schema import TABLES, VERSION
from bot.errors import CatalogueError, CatalogueSourceError
from tests.catalogue.conftest import TODAY

Edit = Callable[[str, str, str], None]


def test_every_row_of_every_file_is_in_the_catalogue(source: Path, tmp_path: Path) -> None:
    report = build(source, tmp_path / "c.sqlite", today=TODAY)

    assert report.rows["offer"] == 9
    assert set(report.rows) == {table.name for table in TABLES}
    assert "offer" in str(report)


def test_the_tables_are_strict_and_carry_their_version(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "c.sqlite", today=TODAY)

    with sqlite3.connect(tmp_path / "c.sqlite") as database:
        strict = dict(database.execute("SELECT name, strict FROM pragma_table_list"))
        assert all(strict[table.name] for table in TABLES)
        assert database.execute("PRAGMA user_version").fetchone()[0] == VERSION


def test_progress_names_each_table(source: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []

    build(source, tmp_path / "c.sqlite", today=TODAY, progress=lambda *step: seen.append(step))

    assert [name for _, _, name in seen] == [table.name for table in TABLES]
    assert {total for _, total, _ in seen} == {len(TABLES)}


def test_a_missing_target_folder_is_made(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "nieuw" / "c.sqlite", today=TODAY)

    assert (tmp_path / "nieuw" / "c.sqlite").exists()


def test_a_new_catalogue_replaces_the_old_in_one_step(
    source: Path, tmp_path: Path, edit: Edit
) -> None:
    target = tmp_path / "c.sqlite"
    build(source, target, today=TODAY)
    reading, old_file = open_catalogue(target), target.stat().st_ino
    edit("opleidingen.csv", "Koelinstallaties duaal", "Koeling duaal")
    build(source, target, today=TODAY)

    assert target.stat().st_ino != old_file  # another file took its name: nothing was overwritten
    assert reading.offers["2-1"]["146"].title == "Koelinstallaties duaal"
    assert open_catalogue(target).programmes["146"].title == "Koeling duaal"


def test_a_broken_source_leaves_the_old_catalogue_as_it_was(
    source: Path, tmp_path: Path, edit: Edit
) -> None:
    target = tmp_path / "uit" / "c.sqlite"
    build(source, target, today=TODAY)
    before = target.read_bytes()
    edit("aanbod.csv", "1,1,88,", "1,1,8888,")

    with pytest.raises(CatalogueSourceError):
        build(source, target, today=TODAY)

    assert target.read_bytes() == before
    assert [f.name for f in target.parent.iterdir()] == ["c.sqlite"]


def test_a_build_that_dies_halfway_leaves_the_old_catalogue_and_no_rubbish(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "uit" / "c.sqlite"
    build(source, target, today=TODAY)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(build_module, "_fill_search", full)
    with pytest.raises(CatalogueError, match="disk is full"):
        build(source, target, today=TODAY)

    assert target.read_bytes() == before
    assert [f.name for f in target.parent.iterdir()] == ["c.sqlite"]


def test_a_folder_that_cannot_be_made_gives_a_dutch_sentence(source: Path, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("geen map")

    with pytest.raises(CatalogueError, match="kan niet geschreven worden"):
        build(source, tmp_path / "bestand" / "c.sqlite", today=TODAY)
