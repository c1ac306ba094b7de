"""One run of a test list: how far it is, and what every question got."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import Counter

from starlette.responses import JSONResponse, Response

from bot.bench.cells import safe
from bot.testbench import charts
from bot.testbench.desk import Visit, action, page
from bot.testbench.downloads import CSV, SVG, XLSX, attached
from bot.testbench.lists import Lists
from bot.testbench.result_words import Words
from bot.testbench.results import (
    HEADER,
    MEANING,
    Filter,
    by_theme,
    minutes,
    rows,
    sentences,
    themes_of,
)
from bot.testbench.runner import Runner
from bot.testbench.runs import RUNNING, Result, Run, Runs
from bot.testbench.shares import share
from bot.testbench.sheet_files import workbook

PER_PAGE = 100


async def _result(visit: Visit) -> Response:
    run, runs = _run(visit), visit.desk.store(Runs)
    themes = themes_of(visit.desk.resources.knowledge.get())
    chosen = Filter(visit.field("oordeel"), visit.field("thema"), visit.field("laag"))
    results: list[Result] = await asyncio.to_thread(runs.results, run.id)
    found = chosen.matching(results, themes)
    pages = max(1, -(-len(found) // PER_PAGE))
    given = visit.field("blad")
    number = min(max(int(given), 1), pages) if given.isascii() and given.isdigit() else 1
    grouped = by_theme(runs.counts(run.id, "topic"), themes)
    return visit.page(
        "uitslag.html", run=run, item=visit.desk.store(Lists).get(run.list),
        progress=_progress(visit, run), sentences=sentences(sum(grouped.values(), Counter())),
        themes=grouped, layers=runs.counts(run.id, "layer"), chosen=chosen, found=len(found),
        results=found[(number - 1) * PER_PAGE:number * PER_PAGE], number=number, pages=pages,
        words=words_of(visit), outcomes=list(MEANING), meaning=MEANING, share=share)


async def _state(visit: Visit) -> Response:
    run = _run(visit)
    return JSONResponse({"gedaan": run.done, "aantal": run.total, "toestand": run.state,
                         "zin": _progress(visit, run)})


async def _stop(visit: Visit) -> Response:
    visit.desk.store(Runs).stop(_run(visit).id)
    return visit.go(f"/lijsten/uitslag/{_run(visit).id}", "Gestopt. Wat al gevraagd is, blijft "
                    "bewaard.")


async def _resume(visit: Visit) -> Response:
    visit.desk.store(Runs).resume(_run(visit).id)
    visit.desk.store(Runner).wake()
    return visit.go(f"/lijsten/uitslag/{_run(visit).id}", "De test gaat verder waar ze was.")


async def _download(visit: Visit) -> Response:
    run, runs = _run(visit), visit.desk.store(Runs)
    item = visit.desk.store(Lists).get(run.list)
    told = rows(await asyncio.to_thread(runs.results, run.id), words_of(visit),
                themes_of(visit.desk.resources.knowledge.get()))
    name = f"uitslag_{item.slug}_{run.id}"
    if visit.request.path_params["kind"] == "csv":
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(
            [HEADER, *([safe(cell) for cell in row] for row in told)])
        return attached(text.getvalue().encode("utf-8-sig"), CSV, f"{name}.csv")
    made = await asyncio.to_thread(workbook, "Uitslag", HEADER, told)
    return attached(made, XLSX, f"{name}.xlsx")


async def _chart(visit: Visit) -> Response:
    counts = by_theme(visit.desk.store(Runs).counts(_run(visit).id, "topic"),
                      themes_of(visit.desk.resources.knowledge.get()))
    words = words_of(visit)
    told = {words.theme(name): of for name, of in counts.items()}
    return Response(await asyncio.to_thread(charts.bars, told), media_type=SVG)


def words_of(visit: Visit) -> Words:
    """The names of topics and themes of now."""
    resources = visit.desk.resources
    return Words.of(resources.knowledge.get(), resources.texts.get())


def _run(visit: Visit) -> Run:
    run: Run = visit.desk.store(Runs).get(visit.request.path_params["run"])
    return run


def _progress(visit: Visit, run: Run) -> str:
    """Where the run is, in one sentence."""
    done = f"{run.done} van {run.total} vragen gesteld ({run.percent}%)"
    if run.state != RUNNING:
        return f"{done}: {run.state}{'. ' + run.reason if run.reason else '.'}"
    before = [other for other in visit.desk.store(Runs).running() if other.id < run.id]
    if before:
        return f"{done}. Deze test wacht op een andere test."
    return f"{done}. Nog {minutes(run.seconds_left)}." if run.done else f"{done}. Ik begin zo."


ROUTES = [
    page("/lijsten/uitslag/{run:int}", _result), page("/lijsten/uitslag/{run:int}/stand", _state),
    action("/lijsten/uitslag/{run:int}/stop", _stop),
    action("/lijsten/uitslag/{run:int}/verder", _resume),
    page("/lijsten/uitslag/{run:int}/uitslag.{kind}", _download),
    page("/lijsten/uitslag/{run:int}/themas.svg", _chart),
]
