"""What a spreadsheet wrote is read row by row, what is wrong is told whole, bombs do nothing."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bench.cells import plain, safe
from bot.bench.gate import csv_of
from bot.bench.model import COLUMNS, MAX_ROWS, Case
from bot.errors import InputError
from bot.knowledge.load import load_knowledge
from bot.testbench import sheets
from bot.testbench.lists import masked, name_of
from bot.testbench.sheet_files import EXAMPLE, in_place, list_workbook, template, workbook
from bot.testbench.sheets import read_sheet
from bot.testbench.workbooks import MAX_UNPACKED
from tests.conftest import ROOT
from tests.testbench.conftest import Bench

TOPICS = ("wat_is_duaal", "startbonus", "mentor")
ODD = ['"aanhaling", komma; punt', "twee\nregels", "😀 café", "007", "=1+1", "'=1+1", "''@x",
       "'t is zo", "-5", "+32", "@x", "a|b".replace("|", "/"), "_x0041_", "  binnen  in"]
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co"),
                              blacklist_characters="|\ufffe\uffff"), min_size=1, max_size=20)


def book(*rows: tuple[Any, ...]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, \
            zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return held.getvalue()


def odd_cases() -> list[Case]:
    return [Case(text, "mentor", ("startbonus",), (text,), (), text, text)
            for text in map(str.strip, ODD)]


@pytest.mark.parametrize("export", [list_workbook, lambda cases: csv_of(cases).encode(),
                                    lambda cases: b"\xef\xbb\xbf" + csv_of(cases, ";").encode()])
def test_a_list_that_is_exported_and_imported_is_the_same_row_for_row(export: Any) -> None:
    cases = odd_cases()

    sheet = read_sheet(export(cases), TOPICS)

    assert (list(sheet.cases), sheet.errors) == (cases, ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_any_list_comes_back_the_same(texts: list[tuple[str, str]]) -> None:
    first = [Case(a.strip() or "x", "mentor", (), (), (), "", b.strip()) for a, b in texts]

    assert list(read_sheet(csv_of(first).encode(), TOPICS).cases) == first
    assert list(read_sheet(csv_of(first, ";").encode(), TOPICS).cases) == first
    assert list(read_sheet(list_workbook(first), TOPICS).cases) == first


@pytest.mark.parametrize("export", [
    list_workbook, lambda cases: csv_of(cases, ";").encode()])
def test_a_row_keeps_its_place_in_the_file_also_after_a_download(export: Any) -> None:
    uploaded = b"\nvraag;onderwerp\nA?;mentor\n\nFout?;weg\n\"B\nb?\";mentor\n;;\nC?;startbonus\n"
    rows = read_sheet(uploaded, TOPICS).rows

    assert [(number, case.question) for number, case in rows] == [
        (3, "A?"), (6, "B\nb?"), (8, "C?")]
    assert read_sheet(export(in_place(rows)), TOPICS).rows == rows


@given(st.text("'=+-@\tx", max_size=6))
def test_a_cell_is_marked_and_the_mark_taken_off_without_loss(cell: str) -> None:
    assert plain(safe(cell)) == cell
    assert not safe(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("encoding", "separator", "end"), [
    ("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("cp1252", ";", "\r\n"),
    ("utf-16", "\t", "\r\n"), ("utf-16-le", ";", "\n"), ("utf-16-be", ",", "\n")])
def test_csv_is_read_as_excel_and_libreoffice_write_it(
        encoding: str, separator: str, end: str) -> None:
    lines = [separator.join(("Onderwerp", "extra", "VRAAG", "Ook goed")),
             separator.join(("wat_is_duaal", "weg", "Één café?", "wat/mentor"))]

    (case,) = read_sheet((end.join(lines) + end).encode(encoding), TOPICS).cases

    assert case == Case("Één café?", "wat_is_duaal", ("mentor",))


def test_the_note_that_excel_adds_about_the_separator_is_passed_over() -> None:
    assert read_sheet(b"sep=;\r\nvraag;onderwerp\r\nWie?;mentor\r\n", TOPICS).cases == (
        Case("Wie?", "mentor"),)


def test_every_wrong_row_is_told_with_row_column_and_what_to_do() -> None:
    sheet = read_sheet(b"vraag,onderwerp,ook_goed\nWie?,mentr,\n,,\n,startbonus,\n\nWat?,,mentor\n"
                       b"Hoe?,mentor,startbonu|mentor\nGoed?,mentor,\nLeeg,,\n", TOPICS)

    assert [(e.row, e.column) for e in sheet.errors] == [
        (2, "onderwerp"), (4, "vraag"), (6, "onderwerp"), (7, "ook_goed"), (9, "onderwerp")]
    assert [e.fix for e in sheet.errors][::3] == ["bedoel je mentor", "bedoel je startbonus"]
    assert [c.question for c in sheet.cases] == ["Goed?"]
    assert sheet.wrong_rows == 5
    assert sheet.errors[1].fix == "vul het in of schrap de rij"


@pytest.mark.parametrize(("written", "fix"), [
    ("mentr", "bedoel je mentor"), ("Start bonus", "bedoel je startbonus"),
    ("stageplaats", "kijk op blad Onderwerpen"), ("loon", "kijk op blad Onderwerpen"),
    ("wat", "kijk op blad Onderwerpen")])
def test_only_a_topic_that_is_really_near_is_suggested(written: str, fix: str) -> None:
    (error,) = read_sheet(f"vraag;onderwerp\nWie?;{written}\n".encode(), TOPICS).errors

    assert error.fix == fix


@pytest.mark.parametrize(("header", "said"), [
    (b"onderwerp", "mist de kolom vraag."), (b"a;b", "mist de kolommen vraag en onderwerp.")])
def test_columns_that_are_not_there_are_named(header: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_sheet(header + b"\nx;y\n", TOPICS)


def test_tasks_need_and_what_is_outside_are_topics() -> None:
    rows = [("q", topic) for topic in ("buiten_bereik", "nood", "taak:aanbod", "taak:overdracht")]

    assert not read_sheet(book(("vraag", "onderwerp"), *rows), TOPICS).errors


@pytest.mark.parametrize("data", [
    b"", b"\n\n", b"vraag,onderwerp\n", b"vraag\nWie?\n", b"\x81\x8d\x8f", b"PK\x03\x04stuk",
    b"\xff\xfea", b"vraag,onderwerp\n\0,\0", book(("iets",), ("anders",)),
    book(("vraag", "onderwerp"), ("Wie?", "mentor"))[:-400]])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError):
        read_sheet(data, TOPICS)


def test_5000_rows_are_taken_quickly_and_one_more_is_not() -> None:
    cases = [Case(f"Vraag {i}?", "mentor") for i in range(MAX_ROWS)]
    began = time.thread_time()

    assert len(read_sheet(list_workbook(cases), TOPICS).cases) == MAX_ROWS
    assert time.thread_time() - began < 20
    with pytest.raises(InputError, match=f"meer dan {MAX_ROWS} rijen"):
        read_sheet(csv_of([*cases, cases[0]]).encode(), TOPICS)


def test_cells_of_a_workbook_are_read_as_people_see_them_and_formulas_as_text() -> None:
    sheet = read_sheet(book(("vraag", "onderwerp", "laag", "opmerking"),
                            ("=1+1", "mentor", 7.0, True), ("Wie?\r\nWat?", "mentor", "007", 1.5)),
                       TOPICS)

    assert [(c.question, c.layer, c.remark) for c in sheet.cases] == [
        ("=1+1", "7", "WAAR"), ("Wie?\nWat?", "007", "1.5")]


def test_no_cell_of_an_export_runs_as_a_formula() -> None:
    made = openpyxl.load_workbook(io.BytesIO(workbook("Uitslag", ["=kop"], [["=1+1"], ["@x"]])))

    cells = [row[0] for row in made.active.iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * 3
    assert all(cell.quotePrefix for cell in cells)


def test_the_template_explains_itself_and_is_itself_a_good_list() -> None:
    knowledge = load_knowledge(ROOT / "data/nlu/kennis")
    data = template(knowledge)
    made = openpyxl.load_workbook(io.BytesIO(data))

    assert made.sheetnames == ["Testlijst", "Uitleg", "Onderwerpen"]
    assert [c.value for c in made["Testlijst"][1]] == list(COLUMNS)
    ids = {row[0].value for row in made["Onderwerpen"].iter_rows(min_row=2)}
    assert {t.id for t in knowledge} < ids
    (chosen,) = made["Testlijst"].data_validations.dataValidation
    assert chosen.formula1 == f"=Onderwerpen!$A$2:$A${len(ids) + 1}"
    assert read_sheet(data, {t.id for t in knowledge}).cases == (EXAMPLE,)


LAUGHS = (b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha">'
          + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
          + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
          b"<si><t>&j;</t></si></sst>")


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml",
                                  "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [
    LAUGHS, LAUGHS.decode().encode("utf-16"), b" " * 65_530 + LAUGHS,
    b"<?xml version='1.0' encoding='cp037'?>" + LAUGHS.decode().encode("cp037")])
def test_entities_that_grow_are_refused_in_every_part(part: str, content: bytes) -> None:
    data = with_part(book(("vraag", "onderwerp"), ("Wie?", "mentor")), part, content)

    with pytest.raises(InputError):
        read_sheet(data, TOPICS)


WORKBOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
SMALL_BOOK = book(("vraag", "onderwerp"), ("Wie?", "mentor"))
CELL = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'


def with_sheets(tag: str, times: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(SMALL_BOOK)) as archive:
        text = archive.read(WORKBOOK).decode()
    begin = text.index("<sheets>")
    one = text[begin + 8:text.index("</sheets>")]
    return with_part(SMALL_BOOK, WORKBOOK, text.replace(one, "".join(
        tag.format(i=i) if tag else one for i in range(times))).encode())


def with_cells(*rows: str) -> bytes:
    """A workbook whose only sheet has these rows, as XML."""
    return with_part(SMALL_BOOK, SHEET, (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + "".join(rows) + "</sheetData></worksheet>").encode())


def header_row() -> str:
    return ('<row r="1"><c r="A1" t="inlineStr"><is><t>vraag</t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>onderwerp</t></is></c></row>')


def styled(count: int) -> bytes:
    return (b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b"<cellXfs>" + b"".join(b'<xf numFmtId="%d"/>' % i for i in range(count))
            + b"</cellXfs></styleSheet>")


ATTACKS = {
    "one sheet, many times": lambda: with_sheets("", 50_000),
    "one sheet, twice": lambda: with_sheets("", 2),
    "more sheets than ten": lambda: with_sheets('<sheet name="b{i}" sheetId="{i}"/>', 11),
    "styles without end": lambda: with_part(SMALL_BOOK, "xl/styles.xml", styled(400_000)),
    "a row of cells without end": lambda: with_cells(
        header_row(), '<row r="2">' + "".join(
            f'<c r="A{i * 7919 % 99_991}"/>' for i in range(390_000)) + "</row>"),
    "a workbook elsewhere": lambda: with_part(
        SMALL_BOOK, "[Content_Types].xml", zipfile.ZipFile(io.BytesIO(SMALL_BOOK)).read(
            "[Content_Types].xml").replace(b"/xl/workbook.xml", b"/xl/worksheets/w.xml")),
    "far too many separators": lambda: b";" * 4_000_000,
    "separators over quoted lines": lambda: b"vraag;onderwerp\n" + b';;;;"\n";' * 500_000,
    "nothing but lines": lambda: b"\n" * 2_000_000,
    "rows without end": lambda: b"vraag;onderwerp\n" + b"a;b\n" * 900_000,
    "text without end": lambda: with_cells(
        header_row(), *(f'<row r="{i}">{CELL.format(f"A{i}").replace("<t>x", "<t>" + "x" * 9000)}'
                        "</row>" for i in range(2, 1500))),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_small_file_that_would_take_much_to_read_is_refused_at_once(name: str) -> None:
    data = ATTACKS[name]()
    began = time.thread_time()
    with pytest.raises(InputError):
        read_sheet(data, TOPICS)
    assert time.thread_time() - began < 2.0

    tracemalloc.start()
    with pytest.raises(InputError):
        read_sheet(data, TOPICS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * 1024 * 1024


def test_a_cell_far_away_takes_no_memory_and_the_list_is_read() -> None:
    data = with_cells(header_row(), '<row r="2">' + CELL.format("A2")
                      + CELL.format("B2").replace(">x<", ">mentor<") + "</row>",
                      '<row r="20000">' + CELL.format("BH20000") + "</row>")
    tracemalloc.start()
    sheet = read_sheet(data, TOPICS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sheet.cases == (Case("x", "mentor"),)
    assert {error.row for error in sheet.errors} == {20_000}
    assert peak < 8 * 1024 * 1024


def test_reading_stops_at_the_first_sheet_with_the_header_and_keeps_the_row_numbers() -> None:
    made = openpyxl.Workbook()
    made.active.append(("uitleg",))
    for title in ("Lijst", "Andere"):
        sheet = made.create_sheet(title)
        sheet["A1"], sheet["B1"] = "vraag", "onderwerp"
        for row in (2, 40, 60):
            sheet[f"A{row}"], sheet[f"B{row}"] = f"{title} {row}?", "mentor"
    held = io.BytesIO()
    made.save(held)

    assert [(number, case.question) for number, case in read_sheet(held.getvalue(), TOPICS).rows] \
        == [(2, "Lijst 2?"), (40, "Lijst 40?"), (60, "Lijst 60?")]


def test_one_upload_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "PATIENCE", 0.05)
    with sheets.READING, pytest.raises(InputError, match="een andere lijst"):
        read_sheet(SMALL_BOOK, TOPICS)

    assert len(read_sheet(SMALL_BOOK, TOPICS).cases) == 1


HOSTILE = ["a;=1+1", "a\t=1+1", "a\n=1+1", "a,=1+1", 'a;"=1+1;b', ";'=1+1", ";;@x", "\t\t=1",
           "=1;=2", '"=1+1', "a\r+1", "x;'\"-1", "gewoon; tekst, met 'aanhaling'"]


@pytest.mark.parametrize("written", [";", ","])
@pytest.mark.parametrize("read", [";", ",", "\t"])
def test_no_cell_of_a_csv_is_a_formula_whatever_separator_a_program_splits_at(
    written: str, read: str
) -> None:
    text = csv_of([Case(cell, "mentor", remark=cell) for cell in HOSTILE], written)

    for split in (csv.reader(io.StringIO(text, newline=""), delimiter=read),
                  csv.reader(io.StringIO(text, newline=""), delimiter=read,
                             quoting=csv.QUOTE_NONE)):
        for line in split:
            for cell in line:
                assert not cell.strip('"').startswith(("=", "+", "-", "@")), cell


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=";,\t\n\r'\"=+-@a ", max_size=12))
def test_the_marks_in_a_cell_come_off_again(cell: str) -> None:
    assert plain(safe(cell)) == cell


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = with_part(book(("vraag", "onderwerp"), ("Wie?", "mentor")),
                     "xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED + 1))
    many = book(("vraag", "onderwerp"), ("Wie?", "mentor"))
    for i in range(40):  # each part modest, together too much
        many = with_part(many, f"xl/x{i}.xml", bytes(range(256)) * 6500)
    tracemalloc.start()
    for bomb in (data, many):
        with pytest.raises(InputError, match="te groot"):
            read_sheet(bomb, TOPICS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 * 1024 * 1024


def test_a_zip_whose_directory_hides_its_size_is_refused() -> None:
    big = with_part(book(("vraag", "onderwerp"), ("Wie?", "mentor")), "xl/x.xml",
                    b" " * (MAX_UNPACKED + 1))
    size = (MAX_UNPACKED + 1).to_bytes(4, "little")
    assert big.count(size) >= 2  # in the part's own header and in the directory

    with pytest.raises(InputError):
        read_sheet(big.replace(size, (1000).to_bytes(4, "little")), TOPICS)


@pytest.mark.parametrize(("file", "name"), [
    ("../../etc/passwd", "passwd"), (r"C:\Users\jan\lijst 1.xlsx", "lijst 1"),
    ("a\x00b\n.csv", "ab"), ("x" * 200 + ".csv", "x" * 80), ("lijst.csv", "lijst")])
def test_the_name_of_a_file_brings_no_folder_and_nothing_invisible(file: str, name: str) -> None:
    assert name_of(file) == name


def test_a_real_list_of_the_project_is_read_as_the_command_reads_it() -> None:
    from bot.bench.model import read_list

    file = Path(ROOT / "tests/bench/taken.csv")
    topics = {topic for c in read_list(file) for topic in (c.topic, *c.also_right)}

    assert list(read_sheet(file.read_bytes(), topics).cases) == read_list(file)


def test_personal_data_in_question_and_remark_is_masked_and_cries_for_help_stay() -> None:
    rows = [(2, Case("bel mij op 0470 12 34 56", "mentor")), (3, Case("ik wil dood", "nood")),
            (5, Case("Wie?", "mentor", remark="van jan@school.be"))]
    clean, numbers = masked(rows)

    assert numbers == (2, 5)
    assert [case.question for _, case in clean] == ["bel mij op [telefoon]", "ik wil dood", "Wie?"]
    assert [case.remark for _, case in clean] == ["", "", "van [e-mail]"]
    assert masked(clean) == (clean, ())


def test_an_upload_says_in_which_rows_personal_data_was_taken_out(bench: Bench) -> None:
    person = bench.person()
    lines = b"vraag,onderwerp,opmerking\nA?,mentor,\nmail mij op jan@school.be,mentor,\n" \
            b"ik wil dood,nood,bel 0470 12 34 56\n"
    made = person.post("/lijsten/nieuw", {"naam": "met gegevens"},
                       files={"bestand": ("x.csv", lines)})
    page = person.follow(made).text
    again = person.post(made.headers["Location"] + "/vervang", {},
                        files={"bestand": ("x.csv", lines)})

    for shown in (page, person.follow(again).text):
        assert "In de rijen 3 en 4 stonden persoonlijke gegevens" in shown
        assert "ik wil dood" in shown
        assert "jan@school.be" not in shown
        assert "0470" not in shown
    refused = person.post("/lijsten/nieuw", {"naam": "van jan@school.be"},
                          files={"bestand": ("x.csv", lines)})
    assert refused.status_code == 400


def test_one_list_too_many_is_refused_with_what_to_do_and_the_form_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.testbench.lists.MOST", 0)
    answer = bench.person().post("/lijsten/nieuw", {"naam": "Te veel"}, files={
        "bestand": ("x.csv", b"vraag,onderwerp\nWat is duaal leren?,wat_is_duaal\n")})

    assert answer.status_code == 400
    assert "Wis eerst een lijst die je niet meer nodig hebt" in answer.text
    assert 'value="Te veel"' in answer.text
    assert 'action="/lijsten/nieuw"' in answer.text
