"""Test lists: all of them, and the page of one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from starlette.responses import Response

from bot.bench.gate import Gate, csv_of, folder_of, percent
from bot.bench.judge import Outcome
from bot.bench.model import MAX_ROWS
from bot.testbench.access import Role
from bot.testbench.desk import Visit, page
from bot.testbench.gates import gate_file, gates_of, now
from bot.testbench.lists import Lists, TestList
from bot.testbench.retention import LISTS, RUNS, years
from bot.testbench.runs import READY, Run, Runs
from bot.testbench.shares import share

SHOWN = 50  # rows of a list on its page
USUAL = Gate("", 0.9, 0.05)  # the bars that a form begins with


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
    return visit.page("lijsten.html", Outcome=Outcome, lists=shown, trouble=trouble, most=MAX_ROWS,
                      share=share, kept=years(LISTS), results=years(RUNS))


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
                      runs=told(runs, runs.of(item.id)), gate=gate, stale=stale, most=MAX_ROWS,
                      trouble=trouble, refusal=refusal, percent=percent, share=share,
                      now=now(item, runs, visit.desk.worker.model.name, bars),
                      right=visit.field("juist") if refusal else _typed(bars.juist_minstens),
                      wrong=visit.field("fout") if refusal else _typed(bars.fout_hoogstens),
                      mine=may_remove(visit, item, gate is not None))


def told(runs: Runs, found: Sequence[Run]) -> list[tuple[Run, Counter[Outcome]]]:
    """These runs with how many rows had each outcome."""
    return [(run, runs.counts(run.id).get("", Counter())) for run in found]


def list_of(visit: Visit) -> TestList:
    """The list of the address; InputError when there is none."""
    item: TestList = visit.desk.store(Lists).get(visit.request.path_params["list"])
    return item


def may_remove(visit: Visit, item: TestList, gate: bool) -> bool:
    """Who made a list may, as long as it is no gate, and an editor always."""
    return visit.person.role >= Role.EDITOR or (item.access == visit.person.id and not gate)


def _typed(share: float) -> str:
    """A percentage as it is typed in the form, with all its digits."""
    return f"{100 * share:g}".replace(".", ",")


def _number(text: str, count: int) -> int:
    return min(int(text), max(count - 1, 0)) if text.isascii() and text.isdigit() else 0


ROUTES = [page("/lijsten", _overview), page("/lijsten/{list:int}", _list)]
