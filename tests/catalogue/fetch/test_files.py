"""Catalogue rows from the files that people download: locations, Discimus, 1 February."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.fetch.files import read_files
from bot.catalogue.fetch.locations_csv import read_locations, wgs84
from bot.catalogue.places import distance_km
from bot.catalogue.staging import Staging, read_staging, write_staging
from bot.errors import CatalogueSourceError

TODAY = "2026-11-26"
YEAR = "2026-2027"
PROGRAMMES = [
    {"nummer": number, "titel": title, "leerjaren": years, "opleidingsvorm": form}
    for number, title, years, form in (
        ("88", "Elektrische installaties duaal", "5|6", ""),
        ("188", "Elektrische installaties", "5|6", ""),
        ("146", "Sanitaire en verwarmingsinstallaties duaal", "5|6", ""),
        ("822", "Elektrotechnicus duaal", "7", ""),
        ("23", "Bandenmonteur duaal", "3|4", ""),
        ("22", "Bandenmonteur duaal", "", "OV3"),
        ("972", "Applicatie- en databeheer duaal", "5|6", ""),
        ("973", "Applicatie- en databeheer duaal", "5|6", ""),
    )]
LOCATION = {
    "schoolnummer": "18", "intern_vplnummer": "01", "net": "Gemeenschapsonderwijs",
    "naam": "School; met \"puntkomma\"", "hoofdzetel": "True",
    "adres": "Markt 1, 1000 Brussel", "straat": "Markt", "huisnummer": "1", "busnummer": "",
    "postcode": "1000", "gemeente": "Brussel", "niscode": "21004",
    "provincie": "Brussels Hoofdstedelijk Gewest", "lx": "149000", "ly": "170900",
    "telefoon": "02 555 55 55", "fax": "", "e-mail": "persoon@example.org",
    "website": "www.example.org", "beheerder(s)": "Een Persoon", "begindatum": "01/01/0001",
    "einddatum": "31/12/4444", "ingerichte hoofdstructuren": "311-312"}
GROUP = {
    "schooljaar": 2026, "nummer_instelling": 18, "naam_instelling": "School",
    "intern_volgnr_vpl": 1, "nummer_hoofdstructuur": "312",
    "naam_administratieve_groep": "1e leerjaar van de 3e graad Elektrische installaties duaal DBSO",
    "onderwijsvorm": "BSO", "opleidingsvorm_buso": None, "graad": "3", "leerjaar": 1,
    "studierichting": "Elektrische installaties duaal", "geslacht": "M",
    "aantal_lln_op_teldag_01_10": 7, "tijdstip_gegevens": datetime(2026, 10, 7, 20, 50)}
COUNT = {
    "instellingsnummer": "18", "intern_volgnr_vpl": "01", "opleidingsvorm": "",
    "administratieve_groep": "2e leerjaar in de 3e graad Elektrische installaties duaal BSO",
    "studierichting": "", "onderwijsvorm": "BSO", "aantal_inschrijvingen": "3"}


def locations(folder: Path, *changes: dict[str, str], end: str = "\r") -> Path:
    file = folder / "vestigingen.csv"
    return _csv(file, [{**LOCATION, **change} for change in changes or ({},)], end)


def discimus(folder: Path, *changes: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(GROUP))
    for change in changes or ({},):
        sheet.append(list({**GROUP, **change}.values()))
    file = folder / "leerlingenaantallen_discimus_voorlopig_1.xlsx"
    book.save(file)
    return file


def enrolments(folder: Path, *changes: dict[str, str],
               name: str = f"inschrijvingen-leerplicht-instellingen-dataset-{YEAR}-1feb.csv",
               ) -> Path:
    return _csv(folder / name, [{**COUNT, **change} for change in changes or ({},)], "\n")


def _csv(file: Path, rows: list[dict[str, str]], end: str) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return file


def read(places: Path, offers: Path, year: str = YEAR) -> tuple[Staging, list[str]]:
    return read_files(places, offers, PROGRAMMES, year, TODAY)


def group(text: str, **more: Any) -> dict[str, Any]:
    return {"naam_administratieve_groep": text, "studierichting": None, **more}


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_location_with_any_line_end_becomes_a_school(tmp_path: Path, end: str) -> None:
    (school,) = read_locations(locations(tmp_path, {}, end=end), TODAY).schools
    assert school["naam"] == 'School; met "puntkomma"'
    assert (school["instelling"], school["vestiging"]) == ("18", "1")
    assert (school["net"], school["provincie"]) == ("GO!", "Brussel")
    assert school["website"] == "https://www.example.org"
    assert school["fiche_url"].endswith("instelling?sn=18")


def test_no_director_and_no_mail_address_is_taken_over(tmp_path: Path) -> None:
    read_at = read_locations(locations(tmp_path), TODAY)
    assert "Persoon" not in repr(read_at)
    assert "@" not in repr(read_at)


@pytest.mark.parametrize(("x", "y", "lat", "lon", "metres"), [
    # What the geolocation service of Vlaanderen gives for one address in Leuven.
    (172_899, 174_842, 50.883485, 4.694159, 2),
    (148_855, 170_700, 50.8467, 4.3525, 100),  # Brussels, Grand-Place
])
def test_a_known_place_is_where_it_is(x: float, y: float, lat: float, lon: float,
                                      metres: float) -> None:
    assert distance_km(*wgs84(x, y), lat, lon) * 1000 < metres


@given(st.floats(30_000, 250_000), st.floats(160_000, 240_000),
       st.floats(-5_000, 5_000), st.floats(-5_000, 5_000))
def test_distances_in_lambert_are_distances_on_earth(x: float, y: float, dx: float,
                                                     dy: float) -> None:
    there = distance_km(*wgs84(x, y), *wgs84(x + dx, y + dy))
    assert there == pytest.approx((dx**2 + dy**2) ** 0.5 / 1000, rel=0.005, abs=0.001)


def test_an_unknown_position_stays_empty_and_is_reported(tmp_path: Path) -> None:
    staging, report = read(locations(tmp_path, {"lx": "0", "ly": "0"}), discimus(tmp_path))
    assert (staging.schools[0]["lat"], staging.schools[0]["lon"]) == ("", "")
    assert any("18-1" in line and "geen coördinaat" in line for line in report)


def test_closed_and_primary_locations_are_no_schools(tmp_path: Path) -> None:
    file = locations(tmp_path, {"einddatum": "31/08/2026"},
                     {"schoolnummer": "19", "ingerichte hoofdstructuren": "111-211"})
    assert read_locations(file, TODAY).schools == ()


@pytest.mark.parametrize(("field", "value"), [
    ("schoolnummer", "abc"), ("intern_vplnummer", ""), ("naam", ""), ("straat", ""),
    ("gemeente", ""), ("postcode", "12"), ("provincie", "Henegouwen"), ("lx", "x"),
    ("ly", "990000"), ("einddatum", "morgen")])
def test_a_fault_in_a_location_names_file_row_and_field(tmp_path: Path, field: str,
                                                       value: str) -> None:
    with pytest.raises(CatalogueSourceError, match=rf"vestigingen.csv, rij 3, {field}: .+\. \w"):
        read_locations(locations(tmp_path, {}, {"schoolnummer": "20", field: value}), TODAY)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = locations(tmp_path, {"postcode": "1"}, {"schoolnummer": "20", "gemeente": ""})
    with pytest.raises(CatalogueSourceError, match=r"(?s)rij 2, postcode.*rij 3, gemeente"):
        read_locations(file, TODAY)


def test_two_different_rows_for_one_location_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogueSourceError, match="dubbele sleutel 18-1"):
        read_locations(locations(tmp_path, {}, {"straat": "Plein"}), TODAY)


def test_a_group_with_learners_is_an_offer_without_their_number(tmp_path: Path) -> None:
    staging, report = read(locations(tmp_path), discimus(tmp_path, {}, {"geslacht": "V"}))
    assert report == []
    (offer,) = staging.offers
    assert offer == {
        "instelling": "18", "vestiging": "1", "nummer": "88", "schooljaar": YEAR,
        "leerjaar": "5", "variant": "DBSO", "inschrijvingen_open": "",
        "administratieve_groep": GROUP["naam_administratieve_groep"],
        "bron": offer["bron"], "bron_url": offer["bron_url"], "bron_datum": "2026-10-07"}


def test_a_group_without_learners_is_no_offer(tmp_path: Path) -> None:
    file = discimus(tmp_path, {"aantal_lln_op_teldag_01_10": 0},
                    {"aantal_lln_op_teldag_01_10": None})
    assert read(locations(tmp_path), file)[0].offers == ()


@pytest.mark.parametrize(("change", "expected"), [
    (group("7e leerjaar Elektrotechnicus duaal CDO"), ("822", "7", "CDO")),
    (group("3e leerjaar van de 3e graad Elektrotechnicus DL", nummer_hoofdstructuur="311"),
     ("822", "7", "BSO")),
    (group("2e lj 3e gr Sanitaire en verwarmingsinstallaties DL SYN"), ("146", "6", "SYN")),
    (group("1e leerjaar in de 3e graad Elektrische installaties TSO"), ("188", "5", "TSO")),
    (group("Elektr. install. DL", studierichting="Elektrische installaties duaal", leerjaar=2,
           nummer_hoofdstructuur="315"), ("88", "6", "SYN")),
    (group("Bandenmonteur duaal", nummer_hoofdstructuur="321", graad=None, leerjaar=None,
           opleidingsvorm_buso=3), ("22", "", "OV3")),
    (group("1e leerjaar van de 2e graad Bandenmonteur duaal DBSO"), ("23", "3", "DBSO")),
])
def test_a_groups_name_gives_programme_year_and_variant(
        tmp_path: Path, change: dict[str, Any], expected: tuple[str, str, str]) -> None:
    staging, report = read(locations(tmp_path), discimus(tmp_path, change))
    assert report == []
    (offer,) = staging.offers
    assert (offer["nummer"], offer["leerjaar"], offer["variant"]) == expected


@pytest.mark.parametrize(("name", "reason"), [
    ("1e leerjaar van de 3e graad Elektr. inst. DL DBSO", "staat niet in opleidingen.csv"),
    ("1e leerjaar van de 2e graad Elektrische installaties duaal", "leerjaar"),
    ("1e leerjaar van de 3e graad Applicatie- en databeheer duaal TSO", "972, 973"),
])
def test_a_group_that_fits_no_one_programme_is_reported_not_guessed(
        tmp_path: Path, name: str, reason: str) -> None:
    staging, report = read(locations(tmp_path), discimus(tmp_path, group(name)))
    assert staging.offers == ()
    assert len(report) == 1
    assert name in report[0]
    assert reason in report[0]


def test_groups_that_are_not_dual_and_not_in_the_catalogue_are_passed_over(
        tmp_path: Path) -> None:
    file = discimus(tmp_path, group("1e lj A"), group("1e leerjaar van de 3e graad Latijn ASO"),
                    {"nummer_hoofdstructuur": "211"})
    assert read(locations(tmp_path), file)[0].offers == ()
    assert read(locations(tmp_path), file)[1] == []


def test_only_schools_with_an_offer_stay_and_lost_offers_are_reported(tmp_path: Path) -> None:
    places = locations(tmp_path, {}, {"schoolnummer": "19"})
    staging, report = read(places, discimus(tmp_path, {}, {"nummer_instelling": 77}))
    assert [school["instelling"] for school in staging.schools] == ["18"]
    assert [offer["instelling"] for offer in staging.offers] == ["18"]
    assert any("77-1" in line for line in report)


@pytest.mark.parametrize("changes", [{"schooljaar": 2025}, {"schooljaar": "2025-2026"}])
def test_another_school_year_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(CatalogueSourceError, match="2025-2026, niet over 2026-2027"):
        read(locations(tmp_path), discimus(tmp_path, changes))


@pytest.mark.parametrize(("field", "value"), [
    ("nummer_instelling", "x"), ("intern_volgnr_vpl", None), ("schooljaar", "ooit"),
    ("aantal_lln_op_teldag_01_10", "veel"), ("naam_administratieve_groep", None)])
def test_a_fault_in_discimus_names_file_row_and_field(tmp_path: Path, field: str,
                                                      value: Any) -> None:
    with pytest.raises(CatalogueSourceError, match=rf"voorlopig_1.xlsx, rij 3, {field}: "):
        read(locations(tmp_path), discimus(tmp_path, {}, {field: value}))


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
