"""Test lists from a file: a new one, or other rows for one that is there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.answers.words import listing
from bot.bench.model import MAX_ROWS
from bot.errors import InputError
from bot.testbench.desk import Visit, action
from bot.testbench.lists import Lists, masked, name_of
from bot.testbench.pages.lists import list_of
from bot.testbench.sheets import Sheet, read_sheet

NAMED = 20  # rows with personal data that are named one by one


async def _add(visit: Visit) -> Response:
    name, target = _name(visit), "/lijsten/nieuw"
    try:
        sheet, personal = await _read(visit)
        if not _usable(visit, sheet):
            return _refused(visit, target, name, sheet=sheet)
        made = visit.desk.store(Lists).add(name, sheet.rows, visit.person.id)
    except InputError as error:
        return _refused(visit, target, name, str(error))
    return visit.go(f"/lijsten/{made.id}", _kept(sheet, personal))


async def _replace(visit: Visit) -> Response:
    item = list_of(visit)
    target = f"/lijsten/{item.id}/vervang"
    try:
        sheet, personal = await _read(visit)
    except InputError as error:
        return _refused(visit, target, item.name, str(error))
    if not _usable(visit, sheet):
        return _refused(visit, target, item.name, sheet=sheet)
    visit.desk.store(Lists).replace(item.id, sheet.rows)
    return visit.go(f"/lijsten/{item.id}", _kept(sheet, personal))


def _file(visit: Visit) -> UploadFile | None:
    given = visit.form.get("bestand") if visit.form else None
    return given if isinstance(given, UploadFile) and given.filename else None


def _name(visit: Visit) -> str:
    """What the list is to be called: as typed, or else as its file."""
    given, file = visit.form.get("naam") if visit.form else None, _file(visit)
    typed = " ".join(given.split()) if isinstance(given, str) else ""
    return typed or (name_of(file.filename or "") if file else "")


async def _read(visit: Visit) -> tuple[Sheet, Sequence[int]]:
    """The rows of the file that was sent, masked, and the numbers of those that had to be.

    InputError when it cannot be used.
    """
    file = _file(visit)
    if file is None:
        raise InputError("bestand", "Kies eerst een bestand met je vragen.")
    topics = {topic.id for topic in visit.desk.resources.knowledge.get()}
    sheet = await asyncio.to_thread(read_sheet, await file.read(), topics)
    rows, personal = await asyncio.to_thread(masked, sheet.rows)
    return replace(sheet, rows=tuple(rows)), personal


def _usable(visit: Visit, sheet: Sheet) -> bool:
    return not sheet.errors or bool(visit.field("goede") and sheet.rows)


def _refused(visit: Visit, target: str, name: str, reason: str = "", sheet: Sheet | None = None
             ) -> Response:
    """The form again, with the reason or with what is wrong in each row."""
    return visit.page("lijst_fouten.html", 400, target=target, name=name, reason=reason,
                      sheet=sheet, good=bool(visit.field("goede")), most=MAX_ROWS)


def _kept(sheet: Sheet, personal: Sequence[int]) -> str:
    good, wrong = len(sheet.rows), sheet.wrong_rows
    left = "1 foute rij is" if wrong == 1 else f"{wrong} foute rijen zijn"
    return (f"{good} {'vraag' if good == 1 else 'vragen'} bewaard."
            + (f" {left} weggelaten." if wrong else "") + _told_masked(personal))


def _told_masked(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    named = [str(number) for number in numbers[:NAMED]]
    if len(numbers) > NAMED:
        named.append(f"nog {len(numbers) - NAMED} andere")
    return (f" In {'rij' if len(numbers) == 1 else 'de rijen'} {listing(named)} stonden "
            "persoonlijke gegevens. Die zijn weggehaald: kijk na of de vraag nog klopt.")


ROUTES = [action("/lijsten/nieuw", _add), action("/lijsten/{list:int}/vervang", _replace)]
