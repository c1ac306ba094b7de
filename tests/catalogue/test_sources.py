from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalogue.sources import MAX_FAULTS, read_all
from bot.errors import CatalogueSourceError

Edit = Callable[[str, str, str], None]

# file, what is there, what an editor might make of it, the row and field that must be named
FAULTS = {
    "unknown programme in the offers": ("aanbod.csv", "1,1,588,", "1,1,9999,", 2, "nummer"),
    "unknown school in the offers": ("aanbod.csv", "1,1,588,", "7,7,588,", 2, "instelling"),
    "a year that is not the programme's": ("aanbod.csv", "588,2026-2027,5", "588,2026-2027,3", 2,
                                           "leerjaar"),
    "same offer twice": ("aanbod.csv", ",101,", ",100,", 3, "administratieve_groep"),
    "open is not yes or no": ("aanbod.csv", "BSO,1,100", "BSO,2,100", 2, "inschrijvingen_open"),
    "empty title": ("opleidingen.csv", "Elektrische installaties duaal,3", ",3", 2, "titel"),
    "dual without the word": ("opleidingen.csv", "Koelinstallaties duaal", "Koelinstallaties", 8,
                              "duaal"),
    "a year that does not exist": ("opleidingen.csv", "duaal,3,5|6", "duaal,3,5|8", 2,
                                   "leerjaren"),
    "a count that is no number": ("opleidingen.csv", ",36,", ",veel,", 2, "adressen_totaal"),
    "coordinates far away": ("scholen.csv", "50.94,4.04", "40.94,4.04", 2, "lat"),
    "coordinates swapped": ("plaatsen.csv", "51.05,3.73", "3.73,51.05", 7, "lat"),
    "no number at all": ("gemeenten.csv", "50.94,4.04", "nan,4.04", 2, "lat"),
    "postcode of five digits": ("plaatsen.csv", "Gent,9000", "Gent,90000", 7, "postcode"),
    "postcode that is not in the list": ("scholen.csv", ",9000,", ",9999,", 4, "postcode"),
    "municipality that is not known": ("scholen.csv", "9000,Gent", "9000,Gend", 4, "gemeente"),
    "place of an unknown municipality": ("plaatsen.csv", "9000,44021", "9000,99999", 7, "niscode"),
    "a day that does not exist": ("relaties.csv", "test,2026-09-01", "test,2026-02-31", 2,
                                  "bron_datum"),
    "no source": ("relaties.csv", "test,2026-09-01", ",2026-09-01", 2, "bron"),
    "unknown relation": ("relaties.csv", "voorbereidend", "voorlopig", 2, "soort"),
    "unknown status": ("vervolg.csv", "officieel", "misschien", 2, "status"),
    "followup to an unknown programme": ("vervolg.csv", "133,88,", "133,8,", 2, "naar"),
    "followup to an unknown graduate": ("vervolg.csv", "HVAC-systemen", "HVAC", 4, "naar"),
    "alias of an unknown programme": ("aliassen.csv", "88|133", "88|1", 2, "nummers"),
    "alias of a programme that is not dual": ("aliassen.csv", "88|133", "88|188", 2, "nummers"),
    "goal of an unknown graduate": ("doelen.csv", "HVAC-systemen", "HVAC", 2, "graduaat"),
    "goal that is a programme's title": ("doelen.csv", "klimaatstudie", "Koelinstallaties", 3,
                                         "alias"),
    "goal of an unknown kind": ("doelen.csv", "beroep", "job", 2, "soort"),
    "a comma too many": ("aliassen.csv", "café,304", "café,bar,304", 3, "rij"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_row_field_and_fix(
    source: Path, edit: Edit, fault: tuple[str, str, str, int, str]
) -> None:
    file, before, after, row, field = fault
    edit(file, before, after)

    with pytest.raises(CatalogueSourceError) as caught:
        read_all(source)

    named = str(caught.value)
    assert f"{file}, rij {row}, " in named
    assert field in named
    assert caught.value.fix


def test_several_faults_are_told_at_once(source: Path, edit: Edit) -> None:
    edit("scholen.csv", "50.94", "40.94")
    edit("aanbod.csv", "BSO,1,100", "BSO,x,100")

    with pytest.raises(CatalogueSourceError) as caught:
        read_all(source)

    assert "scholen.csv" in str(caught.value)
    assert "aanbod.csv" in str(caught.value)


def test_no_more_than_twenty_faults_are_told(source: Path) -> None:
    file = source / "aliassen.csv"
    lines = [f"woord{i},9999,beroep,test,2026" for i in range(MAX_FAULTS + 10)]
    file.write_text("alias,nummers,soort,bron,bron_datum\n" + "\n".join(lines), encoding="utf-8")

    with pytest.raises(CatalogueSourceError) as caught:
        read_all(source)

    assert str(caught.value).count("aliassen.csv") == MAX_FAULTS


def test_a_missing_file_is_named(source: Path) -> None:
    (source / "aanbod.csv").unlink()

    with pytest.raises(CatalogueSourceError, match=r"aanbod\.csv"):
        read_all(source)


def test_a_missing_column_is_named(source: Path, edit: Edit) -> None:
    edit("clb.csv", ",postcode,", ",code,")

    with pytest.raises(CatalogueSourceError, match="postcode: kolom ontbreekt"):
        read_all(source)


def test_a_file_saved_by_a_spreadsheet_is_read(source: Path) -> None:
    file = source / "aliassen.csv"
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))

    assert len(read_all(source)["alias"]) == 2
