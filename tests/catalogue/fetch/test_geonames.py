"""Places from the two files of GeoNames."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.fetch.geonames import read_places
from bot.errors import CatalogueSourceError

TODAY = "2026-11-26"
MUNICIPALITIES = [{"niscode": "41002", "naam": "Aalst", "lat": "50.94", "lon": "4.04"},
                  {"niscode": "71053", "naam": "Sint-Truiden", "lat": "50.82", "lon": "5.19"},
                  {"niscode": "71020", "naam": "Nieuwerkerken", "lat": "50.86", "lon": "5.19"}]


def postal(folder: Path, *rows: tuple[str, str, str, str], region: str = "VLG") -> Path:
    return _write(folder / "postcodes" / "BE.txt", [
        ["BE", code, name, "Vlaanderen", region, "", "", "", "", lat, lon, "4"]
        for code, name, lat, lon in rows])


def gazetteer(folder: Path, *rows: tuple[str, str, str, str, str], region: str = "VLG",
              kind: str = "P") -> Path:
    return _write(folder / "plaatsen" / "BE.txt", [
        ["1", name, name, other, lat, lon, kind, "PPL", "BE", "", region, "VOV", "41000", nis,
         "0", "", "10", "Europe/Brussels", "2026-01-01"]
        for name, other, lat, lon, nis in rows])


def _write(file: Path, rows: list[list[str]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_a_postal_place_named_as_a_municipality_is_a_place(tmp_path: Path) -> None:
    (row,), report = read_places([postal(tmp_path, ("9300", "Aalst", "50.9362", "4.0355"))],
                                 MUNICIPALITIES, TODAY)
    assert report == []
    assert {k: row[k] for k in ("naam", "postcode", "niscode", "lat", "lon", "bron_datum")} == {
        "naam": "Aalst", "postcode": "9300", "niscode": "41002", "lat": "50.94", "lon": "4.04",
        "bron_datum": TODAY}


def test_the_gazetteer_tells_the_municipality_in_any_order(tmp_path: Path) -> None:
    files = [gazetteer(tmp_path, ("Erembodegem", "Aalst-Zuid", "50.92", "4.05", "41002")),
             postal(tmp_path, ("9320", "Erembodegem", "50.917", "4.05"))]
    for order in (files, files[::-1]):
        rows, report = read_places(order, MUNICIPALITIES, TODAY)
        assert [(row["naam"], row["niscode"]) for row in rows] == [("Erembodegem", "41002")]
        assert report == []


def test_places_of_the_same_name_go_to_the_near_municipality(tmp_path: Path) -> None:
    files = [postal(tmp_path, ("9320", "Nieuwerkerken", "50.92", "4.00"),
                    ("3850", "Nieuwerkerken", "50.86", "5.19")),
             gazetteer(tmp_path, ("Nieuwerkerken", "", "50.92", "4.00", "41002"))]
    rows, _ = read_places(files, MUNICIPALITIES, TODAY)
    assert {row["postcode"]: row["niscode"] for row in rows} == {"9320": "41002", "3850": "71020"}


def test_a_place_of_no_known_municipality_is_reported_not_guessed(tmp_path: Path) -> None:
    rows, report = read_places([postal(tmp_path, ("9999", "Nergens", "50.9", "4.0"))],
                               MUNICIPALITIES, TODAY)
    assert rows == ()
    assert report == ["9999 Nergens: gemeente niet zeker, niet overgenomen"]


def test_walloon_places_are_passed_over(tmp_path: Path) -> None:
    flemish = postal(tmp_path / "vl", ("9300", "Aalst", "50.94", "4.04"))
    walloon = postal(tmp_path / "wa", ("5000", "Namur", "50.46", "4.86"), region="WAL")
    rows, report = read_places([flemish, walloon], MUNICIPALITIES, TODAY)
    assert ([row["naam"] for row in rows], report) == (["Aalst"], [])


def test_the_gazetteer_alone_asks_for_the_postal_dump(tmp_path: Path) -> None:
    file = gazetteer(tmp_path, ("Aalst", "", "50.94", "4.04", "41002"))
    with pytest.raises(CatalogueSourceError, match="postcodemap"):
        read_places([file], MUNICIPALITIES, TODAY)


@pytest.mark.parametrize(("row", "field"), [
    (("93", "Aalst", "50.94", "4.04"), "postcode"), (("9300", "", "50.94", "4.04"), "postcode"),
    (("9300", "Aalst", "x", "4.04"), "lat"), (("9300", "Aalst", "50.94", "40.4"), "lon")])
def test_a_fault_names_row_and_field(tmp_path: Path, row: tuple[str, str, str, str],
                                     field: str) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"), row)
    with pytest.raises(CatalogueSourceError, match=f"BE.txt, rij 2, {field}: "):
        read_places([file], MUNICIPALITIES, TODAY)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "BE.txt"
    file.write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(CatalogueSourceError, match="GeoNames heeft er 19"):
        read_places([file], MUNICIPALITIES, TODAY)
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CatalogueSourceError, match="niet leesbaar"):
        read_places([file], MUNICIPALITIES, TODAY)
