"""The rows of an .xlsx file, one by one, or a refusal before anything of a bomb is parsed.

Macros, links to other files and pictures are never looked at; a formula is only its text.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from bot.bench.cells import tidy
from bot.errors import InputError

MAX_UNPACKED = 32 * 1024 * 1024  # bytes of a whole workbook; 5,000 rows take about 3 MB
MAX_RATIO = 200  # of a part of at least 1 MB; real sheets stay below 60
MAX_PARTS = 500
MAX_SHEETS = 10  # our own template has three
MAX_COLUMNS, MAX_LINES = 60, 20_000
LONGEST = 250_000  # signs of a cell that are looked at: more than a list may have
# Tags (opened or closed) of the parts with cells, and of every other part: those become objects.
MAX_CELL_TAGS, MAX_TAGS = 400_000, 40_000
MAX_ROW_TAGS = 20_000  # openpyxl holds a row as a whole
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL_PARTS = re.compile(r"xl/(worksheets/[^/]*|sharedStrings)\.xml", re.IGNORECASE)
WORKBOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"
LINKS = "xl/_rels/workbook.xml.rels"
DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
XML_ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"iso-8859-1")
Row = tuple[object, ...]


def sheets_of(data: bytes) -> Iterator[Iterator[Row]]:
    """The sheets of a workbook; rows are only read when they are asked for.

    InputError when the file cannot be read, or would take too much to read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _no_bomb(archive)
            for part in archive.infolist():
                _plain_xml(archive, part)
            _few_sheets(archive)
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS, values_only=True)
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever it meets on a broken file
        raise unreadable() from error


def unreadable() -> InputError:
    """What to say of a file that is broken."""
    return InputError("bestand", "Dit Excel-bestand is niet leesbaar. Open het, bewaar het "
                      "opnieuw als .xlsx en probeer nog eens.")


def _too_big() -> InputError:
    return InputError("te_groot", "Dit Excel-bestand is te groot als het uitgepakt wordt. "
                      "Kopieer de lijst naar een nieuw bestand.")


def _odd() -> InputError:
    return InputError("bestand", "Dit Excel-bestand bevat iets dat niet in een testlijst hoort. "
                      "Kopieer de lijst naar een nieuw bestand.")


def _no_bomb(archive: zipfile.ZipFile) -> None:
    """InputError when the contents are too big, by what the directory of the zip says."""
    parts = archive.infolist()
    wide = any(p.file_size > 1024 * 1024 and p.file_size > MAX_RATIO * max(p.compress_size, 1)
               for p in parts)
    if wide or len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
        raise _too_big()
    if len({part.filename for part in parts}) < len(parts):  # which one would be read?
        raise _odd()


def _plain_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """InputError for entities, which grow without end, for a size that the directory hides, and
    for more tags than a list has.

    Python's zipfile never unpacks more than the directory says, but does not say that it stopped.
    """
    seen, tags, before, in_row = 0, 0, b"", 0
    cells = CELL_PARTS.fullmatch(part.filename) is not None
    most = MAX_CELL_TAGS if cells else MAX_TAGS
    most_in_row = MAX_ROW_TAGS if cells and "/worksheets/" in part.filename.lower() else most
    with archive.open(part) as opened:
        while chunk := opened.read(64 * 1024):
            text = chunk.replace(b"\0", b"")  # UTF-16 reads as ASCII then
            declared = DECLARED.search(text) if not seen else None
            if b"<!DOCTYPE" in before + text or b"<!ENTITY" in before + text or (
                    declared and declared[1].lower() not in XML_ENCODINGS):
                raise _odd()
            seen, before, tags = seen + len(chunk), text[-10:], tags + text.count(b"<")
            if cells and b"<!" in text:  # a row that is only a remark
                raise _odd()
            for number, piece in enumerate(ROW.split(text)):
                in_row = piece.count(b"<") + (0 if number else in_row)
                if in_row > most_in_row:
                    raise _too_big()
            if seen > MAX_UNPACKED or tags > most:
                raise _too_big()


def _few_sheets(archive: zipfile.ZipFile) -> None:
    """InputError for many sheets, or one that is used more than once: each would be read."""
    for kind in ElementTree.fromstring(archive.read(TYPES)):
        is_book = kind.get("ContentType", "").endswith("main+xml")
        if is_book and kind.get("PartName", f"/{WORKBOOK}") != f"/{WORKBOOK}":
            raise _odd()  # openpyxl would read that one
    links = [(link.get("Id", ""), posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))))
             for link in ElementTree.fromstring(archive.read(LINKS))]
    targets = dict(links)
    sheets = [element for element in ElementTree.fromstring(archive.read(WORKBOOK)).iter()
              if element.tag.rpartition("}")[2] == "sheet"]
    used = [targets.get(value, "") for sheet in sheets for name, value in sheet.attrib.items()
            if name.endswith("}id")]
    if len(sheets) > MAX_SHEETS or len(used) > len(sheets):
        raise InputError("bladen", f"Dit Excel-bestand heeft te veel bladen: hoogstens "
                         f"{MAX_SHEETS} kan. Kopieer de lijst naar een nieuw bestand.")
    if len(set(used)) < len(used) or len(targets) < len(links):
        raise _odd()


def shown_in(value: object) -> str:
    """What a person sees in the cell, up to LONGEST signs; of a formula its text."""
    value = getattr(value, "text", value)  # a formula over several cells
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return tidy(str(value)[:LONGEST])
