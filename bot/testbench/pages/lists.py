"""Test lists: upload, download, run, and make one a gate."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.bench.gate import csv_of, folder_of, remove_gate
from bot.bench.judge import Outcome
from bot.bench.model import MAX_ROWS
from bot.errors import InputError
from bot.testbench import charts
from bot.testbench.access import Role
from bot.testbench.desk import Desk, Visit, action, page
from bot.testbench.downloads import CSV, SVG, XLSX, attached
from bot.testbench.lists import Lists, name_of
from bot.testbench.pages.gates import gate_file, gates_of, list_of
from bot.testbench.runner import Runner, content_fingerprint
from bot.testbench.runs import READY, Run, Runs
from bot.testbench.sheet_files import EXAMPLE, list_workbook, template
from bot.testbench.sheets import Sheet, read_sheet

SHOWN = 50  # rows of a list on its page
IN_CHART = 20  # newest runs in the chart over time


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
    gates, trouble = gates_of(visit.desk)
    shown = []
    for item in lists.all():
        of = runs.of(item.id)
        last = next((run for run in of if run.state == READY), None)
        shown.append((item, of[0] if of else None, last,
                      runs.counts(last.id).get("") if last else None,
                      gate_file(item) in gates))
    return visit.page("lijsten.html", Outcome=Outcome, lists=shown, trouble=trouble, most=MAX_ROWS)


async def _list(visit: Visit) -> Response:
    item, runs = list_of(visit), visit.desk.store(Runs)
    gates, trouble = gates_of(visit.desk)
    cases = await asyncio.to_thread(visit.desk.store(Lists).cases, item.id)
    first = _number(visit.field("vanaf"), len(cases))
    gate = gates.get(gate_file(item))
    folder = folder_of(visit.desk.settings.root)
    stale = gate is not None and (folder / gate.lijst).read_bytes() != csv_of(
        [case for _, case in cases]).encode()
    return visit.page("lijst.html", Outcome=Outcome, item=item, shown=SHOWN, first=first,
                      rows=cases[first:first + SHOWN], runs=_told(runs, runs.of(item.id)),
                      gate=gate, stale=stale, trouble=trouble, most=MAX_ROWS)


async def _add(visit: Visit) -> Response:
    data, file = await _upload(visit)
    name = " ".join(visit.field("naam").split()) or name_of(file)
    sheet = await _read(visit, data)
    if sheet.errors and not (visit.field("goede") and sheet.cases):
        return _errors(visit, sheet, "/lijsten/nieuw", name)
    made = visit.desk.store(Lists).add(name, sheet.cases, visit.person.id)
    return visit.go(f"/lijsten/{made.id}", _kept(sheet))


async def _replace(visit: Visit) -> Response:
    item, (data, _) = list_of(visit), await _upload(visit)
    sheet = await _read(visit, data)
    if sheet.errors and not (visit.field("goede") and sheet.cases):
        return _errors(visit, sheet, f"/lijsten/{item.id}/vervang", "")
    visit.desk.store(Lists).replace(item.id, sheet.cases, visit.person.id)
    return visit.go(f"/lijsten/{item.id}", _kept(sheet))


async def _remove(visit: Visit) -> Response:
    item = list_of(visit)
    remove_gate(folder_of(visit.desk.settings.root), gate_file(item))
    visit.desk.store(Lists).remove(item.id)
    return visit.go("/lijsten", f"De lijst {item.name} is gewist, met al haar testen.")


async def _run(visit: Visit) -> Response:
    run = start_run(visit, list_of(visit).id, visit.desk.worker.model.name)
    return visit.go(f"/lijsten/uitslag/{run}")


async def _export(visit: Visit) -> Response:
    item = list_of(visit)
    cases = [case for _, case in visit.desk.store(Lists).cases(item.id)]
    if visit.request.path_params["kind"] == "csv":
        return attached("\ufeff".encode() + csv_of(cases).encode(), CSV, f"{item.slug}.csv")
    return attached(await asyncio.to_thread(list_workbook, cases), XLSX, f"{item.slug}.xlsx")


async def _template(visit: Visit) -> Response:
    if visit.request.path_params["kind"] == "csv":
        return attached("\ufeff".encode() + csv_of([EXAMPLE]).encode(), CSV,
                        "sjabloon_testlijst.csv")
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


async def _upload(visit: Visit) -> tuple[bytes, str]:
    given = visit.form.get("bestand") if visit.form else None
    if not isinstance(given, UploadFile) or not given.filename:
        raise InputError("bestand", "Kies eerst een bestand met je vragen.")
    return await given.read(), given.filename


async def _read(visit: Visit, data: bytes) -> Sheet:
    topics = {topic.id for topic in visit.desk.resources.knowledge.get()}
    return await asyncio.to_thread(read_sheet, data, topics)


def _errors(visit: Visit, sheet: Sheet, target: str, name: str) -> Response:
    return visit.page("lijst_fouten.html", 400, sheet=sheet, target=target, name=name,
                      most=MAX_ROWS)


def _kept(sheet: Sheet) -> str:
    left = f" {sheet.wrong_rows} foute rijen zijn weggelaten." if sheet.errors else ""
    return f"{len(sheet.cases)} vragen bewaard.{left}"


def _number(text: str, count: int) -> int:
    return min(int(text), max(count - 1, 0)) if text.isascii() and text.isdigit() else 0


ROUTES = [
    page("/lijsten", _overview), action("/lijsten/nieuw", _add),
    page("/lijsten/sjabloon.{kind}", _template), page("/lijsten/{list:int}", _list),
    action("/lijsten/{list:int}/vervang", _replace), action("/lijsten/{list:int}/loop", _run),
    action("/lijsten/{list:int}/wis", _remove, Role.EDITOR),
    page("/lijsten/{list:int}/lijst.{kind}", _export),
    page("/lijsten/{list:int}/verloop.svg", _chart),
]
