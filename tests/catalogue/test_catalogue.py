import sqlite3
from pathlib import Path

import pytest

from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue, open_catalogue
from bot.errors import CatalogueMissing
from tests.catalogue.conftest import TODAY


def test_info_tells_school_year_date_and_number_of_offers(catalogue: Catalogue) -> None:
    info = catalogue.info

    assert (info.school_year, info.date, info.offers) == ("2026-2027", "2026-09-01", 9)


def test_programmes_and_schools_are_found_by_their_keys(catalogue: Catalogue) -> None:
    electric, gent = catalogue.programme("88"), catalogue.school("3-1")

    assert electric is not None
    assert electric.years == (5, 6)
    assert gent is not None
    assert gent.name == "School Gent"
    assert catalogue.programme("9999") is None
    assert catalogue.school("9-9") is None


def test_years_and_variants_at_one_school_are_one_trajectory(catalogue: Catalogue) -> None:
    offered = catalogue.offers["1-1"]["88"]

    assert offered.years == (5, 6)
    assert offered.open is True


def test_an_unknown_enrolment_stays_unknown(catalogue: Catalogue) -> None:
    assert catalogue.offers["2-1"]["146"].open is None
    assert catalogue.offers["2-1"]["88"].open is False


def test_a_name_an_alias_and_a_number_lead_to_programmes(catalogue: Catalogue) -> None:
    def numbers(text: str) -> list[str]:
        return [p.number for p in catalogue.find(text)]

    assert numbers("Elektrische installaties") == ["88"]
    assert numbers("elektriek") == ["88", "133"]
    assert numbers("22") == ["22"]
    assert numbers("ruimtevaart") == []


def test_municipalities_and_old_names_are_found(catalogue: Catalogue) -> None:
    gent = catalogue.municipality("44021")

    assert gent is not None
    assert gent.name == "Gent"
    assert [p.niscode for p in catalogue.places.resolve("Kruibeke")] == ["46030"]


def test_clbs_are_listed_nearest_first_and_only_within_the_limit(catalogue: Catalogue) -> None:
    aalst = catalogue.places.resolve("9300")[0]

    near = catalogue.clbs_near(aalst.lat, aalst.lon)
    further = catalogue.clbs_near(aalst.lat, aalst.lon, 50)
    assert [clb.name for clb in near] == ["CLB Aalst"]
    assert [clb.name for clb in further] == ["CLB Aalst", "CLB Gent"]


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
