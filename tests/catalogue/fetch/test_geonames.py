"""Places from the two files of GeoNames."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.catalogue.fetch.geonames import SOURCE, read_places
from bot.errors import CatalogueSourceError

TODAY = "2026-11-26"
AALST = {"niscode": "41002", "naam": "Aalst", "lat": "50.94", "lon": "4.04"}
TRUIDEN = {"niscode": "71053", "naam": "Sint-Truiden", "lat": "50.82", "lon": "5.19"}
NIEUWERKERKEN = {"niscode": "71020", "naam": "Nieuwerkerken", "lat": "50.86", "lon": "5.19"}


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
                                 [AALST], (), TODAY)
    assert report == []
    assert {k: row[k] for k in ("naam", "postcode", "niscode", "lat", "lon", "bron_datum")} == {
        "naam": "Aalst", "postcode": "9300", "niscode": "41002", "lat": "50.94", "lon": "4.04",
        "bron_datum": TODAY}


def test_the_gazetteer_tells_the_municipality_in_any_order(tmp_path: Path) -> None:
    files = [gazetteer(tmp_path, ("Erembodegem", "Aalst-Zuid", "50.92", "4.05", "41002")),
             postal(tmp_path, ("9320", "Erembodegem", "50.917", "4.05"))]
    for order in (files, files[::-1]):
        rows, report = read_places(order, [AALST], (), TODAY)
        assert [(row["naam"], row["niscode"]) for row in rows] == [("Erembodegem", "41002")]
        assert report == []


def test_places_of_the_same_name_go_to_the_near_municipality(tmp_path: Path) -> None:
    files = [postal(tmp_path, ("9320", "Nieuwerkerken", "50.92", "4.00"),
                    ("3850", "Nieuwerkerken", "50.86", "5.19")),
             gazetteer(tmp_path, ("Nieuwerkerken", "", "50.92", "4.00", "41002"))]
    rows, _ = read_places(files, [AALST, NIEUWERKERKEN], (), TODAY)
    assert {row["postcode"]: row["niscode"] for row in rows} == {"9320": "41002", "3850": "71020"}


def test_a_place_of_no_known_municipality_is_reported_not_guessed(tmp_path: Path) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"), ("9999", "Nergens", "50.9", "4.0"))
    rows, report = read_places([file], [AALST], (), TODAY)
    assert [row["naam"] for row in rows] == ["Aalst"]
    assert report == ["9999 Nergens: gemeente niet zeker, niet overgenomen"]


def ours(name: str, postcode: str, niscode: str = "41002") -> dict[str, str]:
    return {"naam": name, "postcode": postcode, "niscode": niscode, "lat": "50.90", "lon": "4.00",
            "bron": "eigen lijst", "bron_datum": "2026-01-01"}


def test_our_own_places_get_the_position_of_geonames_and_the_others_stay(tmp_path: Path) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"),
                  ("9320", "erembodegem", "50.917", "4.053"))
    rows, report = read_places(
        [file], [AALST], [ours("Erembodegem", "9320"), ours("Gijzegem", "9308")], TODAY)
    assert report == []
    assert [(row["naam"], row["lat"], row["lon"], row["bron"]) for row in rows] == [
        ("Erembodegem", "50.92", "4.05", SOURCE), ("Gijzegem", "50.90", "4.00", "eigen lijst"),
        ("Aalst", "50.94", "4.04", SOURCE)]


def test_an_unknown_name_belongs_to_the_only_municipality_with_its_postcode(
    tmp_path: Path
) -> None:
    file = postal(tmp_path, ("9300", "Alost", "50.94", "4.04"),
                  ("3850", "Nul", "50.86", "5.19"), ("3850", "Sint-Truiden", "50.82", "5.19"))
    rows, report = read_places([file], [AALST, TRUIDEN], [
        ours("Aalst", "9300"), ours("Een", "3850"), ours("Twee", "3850", "71053")], TODAY)
    assert {row["naam"]: row["niscode"] for row in rows if row["bron"] == SOURCE} == {
        "Alost": "41002", "Sint-Truiden": "71053"}
    assert report == ["3850 Nul: gemeente niet zeker, niet overgenomen"]


def test_a_municipality_without_any_place_refuses_the_file(tmp_path: Path) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"))
    with pytest.raises(CatalogueSourceError, match="geen enkele plaats van Sint-Truiden"):
        read_places([file], [AALST, TRUIDEN], [ours("Sint-Truiden", "3800", "71053")], TODAY)


def test_a_place_far_from_its_municipality_is_left_out(tmp_path: Path) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"), ("9320", "Hofstade", "51.3", "4.4"))
    rows, report = read_places([file], [AALST], [ours("Hofstade", "9320")], TODAY)
    assert next(row["lat"] for row in rows if row["naam"] == "Hofstade") == "50.90"
    assert "meer dan 15 km" in report[0]


def test_the_zip_of_geonames_is_read_as_it_is(tmp_path: Path) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"))
    packed = tmp_path / "BE.zip"
    with ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "lees mij")
        archive.write(file, "BE.txt")
    assert read_places([packed], [AALST], (), TODAY) == read_places([file], [AALST], (), TODAY)


def test_a_zip_without_the_file_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "NL.zip"
    with ZipFile(packed, "w") as archive:
        archive.writestr("NL.txt", "")
    with pytest.raises(CatalogueSourceError, match="niet leesbaar"):
        read_places([packed], [AALST], (), TODAY)


def test_walloon_places_are_passed_over(tmp_path: Path) -> None:
    flemish = postal(tmp_path / "vl", ("9300", "Aalst", "50.94", "4.04"))
    walloon = postal(tmp_path / "wa", ("5000", "Namur", "50.46", "4.86"), region="WAL")
    rows, report = read_places([flemish, walloon], [AALST], (), TODAY)
    assert ([row["naam"] for row in rows], report) == (["Aalst"], [])


def test_the_gazetteer_alone_asks_for_the_postal_dump(tmp_path: Path) -> None:
    file = gazetteer(tmp_path, ("Aalst", "", "50.94", "4.04", "41002"))
    with pytest.raises(CatalogueSourceError, match="postcodemap"):
        read_places([file], [AALST], (), TODAY)


@pytest.mark.parametrize(("row", "field"), [
    (("93", "Aalst", "50.94", "4.04"), "postcode"), (("9300", "", "50.94", "4.04"), "postcode"),
    (("9300", "Aalst", "x", "4.04"), "lat"), (("9300", "Aalst", "50.94", "40.4"), "lon")])
def test_a_fault_names_row_and_field(tmp_path: Path, row: tuple[str, str, str, str],
                                     field: str) -> None:
    file = postal(tmp_path, ("9300", "Aalst", "50.94", "4.04"), row)
    with pytest.raises(CatalogueSourceError, match=f"BE.txt, rij 2, {field}: "):
        read_places([file], [AALST], (), TODAY)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "BE.txt"
    file.write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(CatalogueSourceError, match="GeoNames heeft er 19"):
        read_places([file], [AALST], (), TODAY)
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CatalogueSourceError, match="niet leesbaar"):
        read_places([file], [AALST], (), TODAY)
