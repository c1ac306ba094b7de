"""Test lists: upload, download, run, and make one a gate."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.answers.words import listing
from bot.bench.gate import Gate, csv_of, folder_of, percent
from bot.bench.judge import Outcome
from bot.bench.model import MAX_ROWS
from bot.errors import InputError
from bot.testbench import charts
from bot.testbench.access import Role
from bot.testbench.desk import Desk, Visit, action, page
from bot.testbench.downloads import CSV, SVG, XLSX, attached
from bot.testbench.gates import gate_file, gates_of, now
from bot.testbench.lists import Lists, TestList, masked, name_of
from bot.testbench.runner import Runner, content_fingerprint
from bot.testbench.runs import READY, Run, Runs
from bot.testbench.sheet_files import EXAMPLE, in_place, list_workbook, template
from bot.testbench.sheets import Sheet, read_sheet

SHOWN = 50  # rows of a list on its page
NAMED = 20  # rows with personal data that are named one by one
IN_CHART = 20  # newest runs in the chart over time
USUAL = Gate("", 0.9, 0.05)  # the bars that a form begins with
MARK = "\ufeff".encode()  # by which Excel knows UTF-8


def begin(desk: Desk) -> None:
    """Go on with the runs of before a restart."""
    runner = Runner(desk.settings, desk.store(Runs), lambda: desk.worker)
    desk.lend(runner)
    runner.begin()


def end(desk: Desk) -> None:
    """Let the runs wait for the next start."""
    desk.store(Runner).end()


async def _overview(visit: Visit) -> Response:
    lists, runs = visit.desk.store(Lists), visit.desk.store(Runs)
    gates, trouble = gates_of(visit.desk.settings.root)
    shown = []
    for item in lists.all():
        of = runs.of(item.id)
        last = next((run for run in of if run.state == READY), None)
        shown.append((item, of[0] if of else None, last,
                      runs.counts(last.id).get("") if last else None,
                      gate_file(item) in gates))
    return visit.page("lijsten.html", Outcome=Outcome, lists=shown, trouble=trouble, most=MAX_ROWS)


async def _list(visit: Visit) -> Response:
    return await show_list(visit)


async def show_list(visit: Visit, refusal: str = "") -> Response:
    """The page of the list of the address; with why its form for a gate was refused."""
    item, runs = list_of(visit), visit.desk.store(Runs)
    gates, trouble = gates_of(visit.desk.settings.root)
    cases = await asyncio.to_thread(visit.desk.store(Lists).cases, item.id)
    first = _number(visit.field("vanaf"), len(cases))
    gate = gates.get(gate_file(item))
    folder = folder_of(visit.desk.settings.root)
    stale = gate is not None and (folder / gate.lijst).read_bytes() != csv_of(
        [case for _, case in cases]).encode()
    bars = gate or USUAL
    return visit.page("lijst.html", 400 if refusal else 200, Outcome=Outcome, item=item,
                      shown=SHOWN, first=first, rows=cases[first:first + SHOWN],
                      runs=_told(runs, runs.of(item.id)), gate=gate, stale=stale, most=MAX_ROWS,
                      trouble=trouble, refusal=refusal, percent=percent,
                      now=now(item, runs, visit.desk.worker.model.name, bars),
                      right=visit.field("juist") if refusal else _typed(bars.juist_minstens),
                      wrong=visit.field("fout") if refusal else _typed(bars.fout_hoogstens),
                      mine=may_remove(visit, item, gate is not None))


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


async def _run(visit: Visit) -> Response:
    run = start_run(visit, list_of(visit).id, visit.desk.worker.model.name)
    return visit.go(f"/lijsten/uitslag/{run}")


async def _export(visit: Visit) -> Response:
    item = list_of(visit)
    cases = list(in_place(visit.desk.store(Lists).cases(item.id)))
    if visit.request.path_params["kind"] == "csv":
        return attached(MARK + csv_of(cases, ";").encode(), CSV, f"{item.slug}.csv")
    return attached(await asyncio.to_thread(list_workbook, cases), XLSX, f"{item.slug}.xlsx")


async def _template(visit: Visit) -> Response:
    if visit.request.path_params["kind"] == "csv":
        return attached(MARK + csv_of([EXAMPLE], ";").encode(), CSV, "sjabloon_testlijst.csv")
    made = await asyncio.to_thread(template, visit.desk.resources.knowledge.get())
    return attached(made, XLSX, "sjabloon_testlijst.xlsx")


async def _chart(visit: Visit) -> Response:
    runs = visit.desk.store(Runs)
    told = [(f"{run.began[8:10]}/{run.began[5:7]} {run.began[11:16]}", counts)
            for run, counts in _told(runs, runs.of(list_of(visit).id))[IN_CHART - 1::-1]
            if run.state == READY]
    return Response(await asyncio.to_thread(charts.lines, told), media_type=SVG)


def start_run(visit: Visit, list_id: int, model: str) -> int:
    """A run with that model on the content of now; its id."""
    run: int = visit.desk.store(Runs).start(
        list_id, model, content_fingerprint(visit.desk.settings), visit.person.id)
    visit.desk.store(Runner).wake()
    return run


def _told(runs: Runs, found: Sequence[Run]) -> list[tuple[Run, Counter[Outcome]]]:
    return [(run, runs.counts(run.id).get("", Counter())) for run in found]


def _typed(share: float) -> str:
    """A percentage as it is typed in the form, with all its digits."""
    return f"{100 * share:g}".replace(".", ",")


def list_of(visit: Visit) -> TestList:
    """The list of the address; InputError when there is none."""
    item: TestList = visit.desk.store(Lists).get(visit.request.path_params["list"])
    return item


def may_remove(visit: Visit, item: TestList, gate: bool) -> bool:
    """Who made a list may, as long as it is no gate, and an editor always."""
    return visit.person.role >= Role.EDITOR or (item.access == visit.person.id and not gate)


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


def _number(text: str, count: int) -> int:
    return min(int(text), max(count - 1, 0)) if text.isascii() and text.isdigit() else 0


ROUTES = [
    page("/lijsten", _overview), action("/lijsten/nieuw", _add),
    page("/lijsten/sjabloon.{kind}", _template), page("/lijsten/{list:int}", _list),
    action("/lijsten/{list:int}/vervang", _replace), action("/lijsten/{list:int}/loop", _run),
    page("/lijsten/{list:int}/lijst.{kind}", _export),
    page("/lijsten/{list:int}/verloop.svg", _chart),
]
