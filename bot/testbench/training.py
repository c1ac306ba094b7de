"""Train a model, hold it against the gates and make it the active one: the work of a button.

A model is active only when every gate holds. Whatever fails on the way, the model of before stays.
"""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Callable

from bot import active, preparation
from bot.bench.gate import Result, folder_of, read_gates, run_gates
from bot.errors import DuaalwijzerError, InputError
from bot.failures import log_failure
from bot.testbench.access import Person
from bot.testbench.counting import counted
from bot.testbench.desk import Desk
from bot.testbench.jobs import RUNNING, Jobs
from bot.testbench.training_queue import TrainingQueue
from bot.testbench.worker import NICE, Worker

logger = logging.getLogger(__name__)
TRAINED = 85  # percent of the work; the gates are the rest
SHOWN = 20  # models in the list
NAME = "duaalwijzer-*.tar.gz"
SHORT = 8  # signs of a hash


@dataclass(frozen=True)
class Model:
    """A model file; `right` is its held-out share right at once, `choices` right or among them."""

    name: str
    made: datetime
    megabytes: float
    right: float | None
    choices: float | None

    @property
    def short(self) -> str:
        """Enough of its name to tell it apart."""
        return short(self.name)


def short(name: str) -> str:
    """The first signs of the hash in the name of a model file."""
    return name.removeprefix("duaalwijzer-").removesuffix(".tar.gz")[:SHORT]


def models(folder: Path) -> list[Model]:
    """The trained models, newest first."""
    files = sorted(folder.glob(NAME), key=lambda f: f.stat().st_mtime, reverse=True)
    return [_model(file) for file in files[:SHOWN]]


def _model(file: Path) -> Model:
    state = file.stat()
    try:
        about = json.loads(file.with_name(file.name.replace(".tar.gz", ".json")).read_text())
        tried = about.get("proef") or {}
    except (OSError, ValueError, AttributeError):
        tried = {}
    return Model(file.name, datetime.fromtimestamp(state.st_mtime), state.st_size / 1e6,
                 tried.get("right_at_once"), tried.get("within_choices"))


class Trainer:
    """Does the work in a thread. `train` and `ask` are what it is done with."""

    def __init__(self, desk: Desk) -> None:
        """Nothing runs yet."""
        self._desk = desk
        self.jobs: Jobs = desk.store(Jobs)
        self.train: Callable[..., None] = preparation.train
        self.worker: Callable[[Path], Worker] = lambda file: Worker(desk.settings, file)
        self._thread: threading.Thread | None = None
        self._choosing = threading.Lock()  # nothing begins while people go back

    @property
    def serving(self) -> str:
        """What the bot says it serves; else the active model, or that of the pages when no model
        was ever chosen.
        """
        said = active.in_use(self._desk.settings)
        if said and active.NAME.fullmatch(said.model) and (
                self._desk.settings.models_dir / said.model).is_file():
            return said.model
        now = active.read(self._desk.settings)
        return now.model if now else self._desk.worker.model.name

    def start_training(self, person: Person) -> None:
        """Train with the queued examples; InputError while something else runs."""
        self._begin("Trainen", person, self._train)

    def start_activation(self, name: str, person: Person) -> None:
        """Hold a model of the list against the gates and use it; InputError for another name."""
        if name not in {model.name for model in models(self._desk.settings.models_dir)}:
            raise InputError("model", "Kies een model uit de lijst.")
        file = self._desk.settings.models_dir / name
        self._begin(f"Model {short(name)} gebruiken", person,
                    lambda number: self._try(number, file))

    def go_back(self) -> str:
        """The model of before is active again, without further ado; gives its name.

        InputError when there is none, or while a job runs: that would choose its own model after.
        """
        with self._choosing:
            if any(job.state == RUNNING for job in self.jobs.latest()):
                raise InputError("bezig", "Er is al iets bezig. Wacht tot dat klaar is.")
            now = active.go_back(self._desk.settings)
            if now is None:
                raise InputError("model", "Er is geen vorig model om naar terug te gaan.")
            self._use(self.worker(self._desk.settings.models_dir / now.model))
            return now.model

    def wait(self, seconds: float) -> None:
        """Wait until the work that runs is done."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _begin(self, what: str, person: Person, work: Callable[[int], str]) -> None:
        with self._choosing:
            number = self.jobs.begin(what, person)
        self._thread = threading.Thread(target=self._run, args=(number, work), daemon=True)
        self._thread.start()

    def _run(self, number: int, work: Callable[[int], str]) -> None:
        try:
            self.jobs.end(number, True, work(number))
        except DuaalwijzerError as error:
            self.jobs.end(number, False, f"{error}\nHet model van voordien blijft in gebruik.")
        except Exception as error:
            log_failure(logger, "Werk aan een model mislukt", error)
            self.jobs.end(number, False, f"Er liep iets mis ({type(error).__name__}). Het model "
                                         "van voordien blijft in gebruik.")

    def _train(self, number: int) -> str:
        desk = self._desk
        self.jobs.progress(number, 0, "voorbeeldvragen toevoegen")
        queue: TrainingQueue = desk.store(TrainingQueue)
        added = queue.apply(desk.settings)
        choice = preparation.fitting_model(desk.settings)

        def progress(done: int, total: int, step: str) -> None:
            self.jobs.progress(number, TRAINED * (done - 1) // total, step)

        self._hold_back(choice.file)  # also when this is killed: no model without its gates
        if choice.reason:
            self.train(desk.settings, choice.file, progress, nice=NICE)
        told = counted(added, "voorbeeldvraag", "voorbeeldvragen")
        return (f"{told} toegevoegd. " if added else "") + self._try(number, choice.file)

    def _try(self, number: int, file: Path) -> str:
        settings = self._desk.settings
        self._hold_back(file)
        self.jobs.progress(number, TRAINED, "model laden en poorten vragen")
        candidate = self.worker(file)
        try:
            candidate.start()
            results = self._gates(candidate)
        except Exception:
            candidate.retire()
            raise
        said = "\n".join(result.sentence for result in results) or "Er zijn nog geen poorten."
        if not all(result.holds for result in results):
            candidate.retire()
            raise PortsClosed(f"Model {short(file.name)} haalt niet alle poorten.\n{said}")
        active.activate(settings, file.name, self.serving)
        self._use(candidate)
        return f"Model {short(file.name)} is nu actief.\n{said}"

    def _hold_back(self, file: Path) -> None:
        active.hold_back(self._desk.settings, file.name, self.serving)

    def _gates(self, candidate: Worker) -> Sequence[Result]:
        folder = folder_of(self._desk.settings.root)
        return run_gates(folder, read_gates(folder),
                         lambda text: candidate.ask(str(uuid.uuid4()), text).messages)

    def _use(self, worker: Worker) -> None:
        """Let the pages ask this model from now on."""
        old, self._desk.worker = self._desk.worker, worker
        if old.ready:
            old.ask_many([])  # what somebody asked just now is answered first
        old.retire()


class PortsClosed(DuaalwijzerError):
    """A gate does not hold; the text names each with its result."""
