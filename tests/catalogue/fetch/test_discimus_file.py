"""The groups of Discimus become offers of one programme, or are reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.errors import CatalogueSourceError
from tests.catalogue.fetch.downloads import GROUP, YEAR, discimus, group, locations, read


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
