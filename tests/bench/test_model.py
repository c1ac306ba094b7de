from pathlib import Path

import pytest

from bot.bench.model import COLUMNS, MAX_ROWS, read_list
from bot.errors import TestListError

HEADER = ",".join(COLUMNS)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lijst.csv"


def write(file: Path, *rows: str, header: str = HEADER) -> Path:
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def test_a_row_becomes_a_case_with_all_its_columns(file: Path) -> None:
    (case,) = read_list(write(file, "Wat kost het? ,wat_is_duaal,premie|startbonus,500 euro|jaar,"
                                    "gratis,ouder,let op"))

    assert (case.question, case.topic) == ("Wat kost het?", "wat_is_duaal")
    assert case.also_right == ("premie", "startbonus")
    assert case.must_contain == ("500 euro", "jaar")
    assert case.must_not_contain == ("gratis",)
    assert (case.layer, case.remark) == ("ouder", "let op")


def test_the_columns_may_stand_in_another_order_and_others_may_be_added(file: Path) -> None:
    header = ",".join([*reversed(COLUMNS), "wie"])

    (case,) = read_list(write(file, ",,,,,wat_is_duaal,Wat is dat?,ik", header=header))

    assert (case.question, case.topic) == ("Wat is dat?", "wat_is_duaal")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named_with_the_header_that_must_be_there(
    file: Path, column: str
) -> None:
    header = ",".join(c for c in COLUMNS if c != column)

    with pytest.raises(TestListError, match=rf"lijst\.csv, rij 1: mist kolom {column}") as caught:
        read_list(write(file, "a,b", header=header))

    assert HEADER in caught.value.fix


def test_an_empty_file_misses_every_column(file: Path) -> None:
    file.write_text("", encoding="utf-8")

    with pytest.raises(TestListError, match=", ".join(COLUMNS)):
        read_list(file)


@pytest.mark.parametrize(("rows", "row", "column"), [
    ((",wat_is_duaal,,,,,",), 2, "vraag"),
    (("Wat?,wat_is_duaal,,,,,", "Wat?,  ,,,,,"), 3, "onderwerp"),
    (("Wat?,wat_is_duaal,,,,,", "Hoe?"), 3, "onderwerp"),
    (('"Wat\nis dat?",wat_is_duaal,,,,,', ",wat_is_duaal,,,,,"), 3, "vraag"),
])
def test_an_empty_cell_is_named_by_the_row_of_the_spreadsheet(
    file: Path, rows: tuple[str, ...], row: int, column: str
) -> None:
    with pytest.raises(TestListError) as caught:
        read_list(write(file, *rows))

    assert str(caught.value).startswith(f"lijst.csv, rij {row}: kolom {column} is leeg")


def test_an_empty_line_counts_as_a_row(file: Path) -> None:
    with pytest.raises(TestListError, match="rij 4"):
        read_list(write(file, "Wat?,wat_is_duaal,,,,,", "", ",wat_is_duaal,,,,,"))


def test_a_short_row_has_no_more_to_say(file: Path) -> None:
    (case,) = read_list(write(file, "Wat?,wat_is_duaal"))

    assert (case.also_right, case.must_contain, case.layer) == ((), (), "")


@pytest.mark.parametrize(("written", "topic"), [
    ("wat_is_duaal", "wat_is_duaal"),
    (" wat/wat_is_duaal ", "wat_is_duaal"),
    ("buiten_bereik", "buiten_bereik"),
    ("nood", "nood"),
    ("taak:aanbod", "taak:aanbod"),
    ("taak:opleiding_info", "taak:opleiding"),
    ("taak:overdracht", "taak:hulp"),
])
def test_a_topic_may_stand_with_its_theme_and_a_task_by_its_intent(
    file: Path, written: str, topic: str
) -> None:
    (case,) = read_list(write(file, f"Wat?,{written},wat/{written.strip()},,,,"))

    assert case.topic == topic
    assert case.also_right == (topic,)


def test_also_right_may_be_parted_by_bar_or_semicolon_and_words_only_by_bar(file: Path) -> None:
    (case,) = read_list(write(file, "Wat?,a,b; wat/c | d||,bel 1813; dag | nacht,,,"))

    assert case.also_right == ("b", "c", "d")
    assert case.must_contain == ("bel 1813; dag", "nacht")


def test_a_list_saved_by_a_spreadsheet_is_read(file: Path) -> None:
    text = f"{HEADER}\r\nCafé?,a,,,,,\r\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))

    assert [c.question for c in read_list(file)] == ["Café?"]


def test_a_list_has_an_end(file: Path) -> None:
    assert len(read_list(write(file, *["Wat?,a"] * MAX_ROWS))) == MAX_ROWS
    with pytest.raises(TestListError, match=f"heeft {MAX_ROWS + 1} rijen"):
        read_list(write(file, *["Wat?,a"] * (MAX_ROWS + 1)))


def test_a_list_in_another_encoding_is_named(file: Path) -> None:
    file.write_bytes(f"{HEADER}\nCafé?,a,,,,,\n".encode("latin-1"))

    with pytest.raises(TestListError, match=r"lijst\.csv"):
        read_list(file)


def test_a_list_with_semicolons_is_the_same_list(file: Path) -> None:
    text = HEADER.replace(",", ";") + "\r\nWat, en hoe?;a;b|c;;;;\r\n"
    for mark in (b"", b"\xef\xbb\xbf"):
        file.write_bytes(mark + text.encode())

        (case,) = read_list(file)
        assert (case.question, case.topic, case.also_right) == ("Wat, en hoe?", "a", ("b", "c"))
