"""Workbooks to download: a list, the results of a run, and the template to begin from.

Every cell is stored as text, so that no spreadsheet runs one as a formula and none changes: a
leading zero stays. `sheets.read_sheet` reads a list back row by row the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.bench.cells import tidy
from bot.bench.model import COLUMNS, MAX_ROWS, Case, as_row
from bot.knowledge.model import Knowledge
from bot.testbench.lists import FIRST_ROW
from bot.testbench.sheets import MAX_CELL

WIDTHS = {"vraag": 60, "antwoord": 60, "onderwerp": 28, "verwacht": 28, "gekregen": 28}
EXAMPLE = Case("Krijg ik geld als ik duaal leer?", "leervergoeding_uitleg",
               ("leervergoeding_bedrag",), remark="voorbeeld: vervang mij")
MEANING = {
    "vraag": "Verplicht. Wat een leerling of ouder zou typen.",
    "onderwerp": "Verplicht. Het onderwerp van het juiste antwoord: kies uit blad Onderwerpen.",
    "ook_goed": "Andere onderwerpen die ook juist zijn, met | ertussen.",
    "moet_bevatten": "Woorden die in het antwoord moeten staan, met | ertussen.",
    "mag_niet_bevatten": "Woorden die niet in het antwoord mogen staan, met | ertussen.",
    "laag": "Een groep om apart te tellen, bijvoorbeeld ouder of chat.",
    "opmerking": "Voor jezelf: de bot kijkt er niet naar.",
}
TASKS = {
    "buiten_bereik": "De bot mag dit niet beantwoorden: het gaat niet over duaal leren.",
    "nood": "De bot moet hulplijnen tonen.", "taak:aanbod": "Een school of opleiding zoeken.",
    "taak:opleiding": "Uitleg over een opleiding.",
    "taak:pad": "De weg naar een beroep of diploma.",
    "taak:hulp": "Met een mens praten.", "taak:wis": "Een gesprek wissen.",
    "taak:help": "Wat kan deze bot?",
}


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet of text."""
    book = _book()
    _sheet(book, title, header, rows)
    return _bytes(book)


def list_workbook(cases: Iterable[Case | None]) -> bytes:
    """A list in the format that it is uploaded in; None is an empty row."""
    return workbook("Testlijst", COLUMNS, (as_row(case) if case else () for case in cases))


def in_place(numbered: Iterable[tuple[int, Case]]) -> Iterator[Case | None]:
    """The rows below the header as they stood in the file, None where there was none to keep."""
    at = FIRST_ROW
    for number, case in numbered:
        yield from (None for _ in range(at, number))
        yield case
        at = number + 1


def template(knowledge: Knowledge) -> bytes:
    """An empty list with one example row, an explanation, and all topics to choose from."""
    from openpyxl.worksheet.datavalidation import DataValidation

    topics = [*((t.id, t.theme, t.question) for t in sorted(knowledge, key=lambda t: t.label)),
              *((name, "", meaning) for name, meaning in TASKS.items())]
    book = _book()
    chosen = DataValidation("list", formula1=f"=Onderwerpen!$A$2:$A${len(topics) + 1}",
                            allow_blank=True, errorStyle="warning", showErrorMessage=True,
                            errorTitle="Onderwerp", error="Dit staat niet op blad Onderwerpen.")
    chosen.add(f"B2:B{MAX_ROWS + 1}")
    _sheet(book, "Testlijst", COLUMNS, [as_row(EXAMPLE)]).data_validations.append(chosen)
    _sheet(book, "Uitleg", ("kolom", "wat je invult"), MEANING.items())
    _sheet(book, "Onderwerpen", ("id", "thema", "vraag"), topics)
    return _bytes(book)


def _book() -> Any:
    from openpyxl import Workbook

    return Workbook(write_only=True)


def _sheet(book: Any, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 20)

    def cell(text: str, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, tidy(text)[:MAX_CELL])
        made.data_type = "s"
        made.quotePrefix = True  # stays text, also when somebody edits it
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, True) for name in header])
    for row in rows:
        sheet.append([cell(text) if text else None for text in row])
    return sheet


def _bytes(book: Any) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
