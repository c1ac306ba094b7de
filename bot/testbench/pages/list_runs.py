"""Tests of a list: begin one, go on with those of before a restart, and how they went over time."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from bot.testbench import charts
from bot.testbench.desk import Desk, Visit, action, page
from bot.testbench.downloads import SVG
from bot.testbench.pages.lists import list_of, told
from bot.testbench.runner import Runner, content_fingerprint
from bot.testbench.runs import READY, Runs

IN_CHART = 20  # newest runs in the chart over time


def begin(desk: Desk) -> None:
    """Go on with the runs of before a restart."""
    runner = Runner(desk.settings, desk.store(Runs), lambda: desk.worker)
    desk.lend(runner)
    runner.begin()


def end(desk: Desk) -> None:
    """Let the runs wait for the next start."""
    desk.store(Runner).end()


async def _run(visit: Visit) -> Response:
    run = start_run(visit, list_of(visit).id, visit.desk.worker.model.name)
    return visit.go(f"/lijsten/uitslag/{run}")


async def _chart(visit: Visit) -> Response:
    runs = visit.desk.store(Runs)
    moments = [(f"{run.began[8:10]}/{run.began[5:7]} {run.began[11:16]}", counts)
            for run, counts in told(runs, runs.of(list_of(visit).id))[IN_CHART - 1::-1]
            if run.state == READY]
    return Response(await asyncio.to_thread(charts.lines, moments), media_type=SVG)


def start_run(visit: Visit, list_id: int, model: str) -> int:
    """A run with that model on the content of now; its id."""
    run: int = visit.desk.store(Runs).start(
        list_id, model, content_fingerprint(visit.desk.settings), visit.person.id)
    visit.desk.store(Runner).wake()
    return run


ROUTES = [action("/lijsten/{list:int}/loop", _run),
          page("/lijsten/{list:int}/verloop.svg", _chart)]
