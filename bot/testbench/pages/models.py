"""The trained models: which one is active, train a new one, go back to the one before."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from starlette.responses import Response

from bot import active, preparation
from bot.bench.gate import Gate, folder_of, read_gates
from bot.errors import TestListError
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.desk import Desk, Visit, action, page
from bot.testbench.jobs import RUNNING
from bot.testbench.training import Trainer, models, short
from bot.testbench.training_queue import TrainingQueue


async def _list(visit: Visit) -> Response:
    desk = visit.desk
    trainer, queue = _trainer(desk), desk.store(TrainingQueue)
    choice = await asyncio.to_thread(preparation.fitting_model, desk.settings)
    pointer = active.read(desk.settings)
    jobs = trainer.jobs.latest()
    gates, unreadable = _gates(desk.settings)
    shown = models(desk.settings.models_dir)
    running = next((job for job in jobs if job.state == RUNNING), None)
    return visit.page(
        "modellen.html", models=shown, serving=trainer.serving, short=short,
        tried=any(model.right is not None for model in shown), gates=gates, unreadable=unreadable,
        dates={model.name: model.made for model in shown}, pointer=pointer,
        in_use=active.in_use(desk.settings), fitting=choice,
        queued=queue.waiting(), running=running, jobs=[j for j in jobs if j.state != RUNNING],
        may=visit.person.role >= Role.ADMIN)


async def _train(visit: Visit) -> Response:
    _trainer(visit.desk).start_training(visit.person)
    return visit.go("/modellen", "De training is begonnen. Je mag deze pagina verlaten.")


async def _activate(visit: Visit) -> Response:
    _trainer(visit.desk).start_activation(visit.field("model"), visit.person)
    return visit.go("/modellen", "Het model wordt geladen en getest. Houdt elke poort, dan is het "
                                 "daarna actief.")


async def _back(visit: Visit) -> Response:
    name = await asyncio.to_thread(_trainer(visit.desk).go_back)
    return visit.go("/modellen", f"Het vorige model ({short(name)}) is weer actief.")


def _gates(settings: Settings) -> tuple[list[Gate], str]:
    """The gates of now, or why they cannot be read: the page must open all the same."""
    try:
        return read_gates(folder_of(settings.root)), ""
    except TestListError as error:
        return [], str(error)


def _trainer(desk: Desk) -> Trainer:
    made: Trainer = desk.store(Trainer)
    return made


def begin(desk: Desk) -> None:
    """Say of a job that was cut off that it was, and remove what its trainer left half."""
    trainer = Trainer(desk)
    desk.lend(trainer)
    if trainer.jobs.cut_off():
        for file in desk.settings.models_dir.glob("bezig-*.tar.gz"):
            if not _alive(file):
                file.unlink(missing_ok=True)


def _alive(file: Path) -> bool:
    """True while the process that trains into this file is there."""
    number = file.name.removeprefix("bezig-").removesuffix(".tar.gz")
    if not number.isdecimal() or int(number) == os.getpid():
        return False
    with suppress(ProcessLookupError):
        os.kill(int(number), 0)
        return True
    return False


ROUTES = [
    page("/modellen", _list, Role.EDITOR),
    action("/modellen/train", _train, Role.ADMIN),
    action("/modellen/activeer", _activate, Role.ADMIN),
    action("/modellen/terug", _back, Role.ADMIN),
]
