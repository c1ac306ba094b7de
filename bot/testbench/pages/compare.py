"""Two runs of a list side by side, and a list with another model."""

from __future__ import annotations

import asyncio
from datetime import datetime

from starlette.responses import Response

from bot.bench.judge import Outcome
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.comparison import compare, theme_lines
from bot.testbench.desk import Visit, action, page
from bot.testbench.lists import Lists
from bot.testbench.pages.list_runs import start_run
from bot.testbench.pages.results import words_of
from bot.testbench.results import themes_of
from bot.testbench.runner import model_file, model_files
from bot.testbench.runs import READY, Run, Runs
from bot.testbench.shares import difference, share

MODELS = 30  # the newest are enough to choose from
SHOWN = 200  # pairs of each kind on the page


async def _compare(visit: Visit) -> Response:
    lists, runs = visit.desk.store(Lists).all(), visit.desk.store(Runs)
    ready = {item.id: [run for run in runs.of(item.id) if run.state == READY] for item in lists}
    before, after = _chosen(visit, "voor"), _chosen(visit, "na")
    found, lines, trouble = None, [], ""
    if before and after and before.list != after.list:
        trouble = "Kies twee testen van dezelfde lijst."
    elif before and after:
        old, new = await asyncio.gather(asyncio.to_thread(runs.results, before.id),
                                        asyncio.to_thread(runs.results, after.id))
        found = compare(old, new)
        lines = theme_lines(found.pairs, themes_of(visit.desk.resources.knowledge.get()))
    models = [(file.name, datetime.fromtimestamp(file.stat().st_mtime).isoformat(
        " ", "minutes")) for file in model_files(visit.desk.settings.models_dir)[:MODELS]]
    return visit.page("vergelijk.html", 400 if trouble else 200, trouble=trouble,
                      words=words_of(visit), lists=lists, ready=ready, before=before, after=after,
                      found=found, lines=lines, share=share, difference=difference,
                      Outcome=Outcome, models=models, current=visit.desk.worker.model.name,
                      shown=SHOWN)


async def _other_model(visit: Visit) -> Response:
    file = model_file(visit.desk.settings.models_dir, visit.field("model"))
    if file is None:
        raise InputError("model", "Kies een model uit de lijst.")
    item = visit.desk.store(Lists).get(_id(visit.field("lijst")))
    run = start_run(visit, item.id, file.name)
    return visit.go(f"/lijsten/uitslag/{run}", "De test met dit model begint. Eerst moet het "
                    "model laden.")


def _chosen(visit: Visit, name: str) -> Run | None:
    given = visit.field(name)
    run: Run | None = visit.desk.store(Runs).get(_id(given)) if given else None
    return run


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


ROUTES = [page("/vergelijk", _compare), action("/vergelijk/model", _other_model, Role.EDITOR)]
