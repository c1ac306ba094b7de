"""The thread that does runs: some questions at a time, so that people at the pages go between."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Callable

from bot.bench.judge import Outcome, Verdict, judge
from bot.bench.model import Case
from bot.errors import DuaalwijzerError
from bot.settings import Settings
from bot.testbench.runs import FAILED, Run, Runs
from bot.testbench.worker import Asked, Worker, WorkerError

logger = logging.getLogger(__name__)
AT_ONCE = 8  # questions before somebody at a page may go first: about 0.15 s
COMMIT = 0.5  # seconds of work that a kill may cost
CHUNK = 200  # rows read at a time
FAULTS = 3  # questions in a row that end the model: then the run halts
AGAIN = 2.0  # seconds before a broken database is tried again


class Runner:
    """Does every run whose state is `loopt`, the oldest first, also those of before a restart."""

    def __init__(self, settings: Settings, runs: Runs, worker: Callable[[], Worker]) -> None:
        """`worker` gives the model of the pages; a run with another model gets one of its own."""
        self._settings, self._runs, self._worker = settings, runs, worker
        self._other: Worker | None = None
        self._wake, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="testlijsten", daemon=True)

    def begin(self) -> None:
        """Start working."""
        self._thread.start()

    def wake(self) -> None:
        """There may be a new run."""
        self._wake.set()

    def end(self) -> None:
        """Stop at once; what was asked is kept, and goes on after the next start."""
        self._ended.set()
        self._wake.set()
        self._thread.join(10)
        self._drop_other()

    def _work(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            try:
                run = next(iter(self._runs.running()), None)
                if run is not None:
                    self._do(run)
                    continue
            except Exception as error:  # a full disk must not end the runs of tomorrow
                logger.error("Testlijst hapert: %s", type(error).__name__, exc_info=True)
                self._ended.wait(AGAIN)
                continue
            self._drop_other()
            self._wake.wait()

    def _do(self, run: Run) -> None:
        """Work on a run until it is done or halted."""
        try:
            self._ask_all(run)
        except DuaalwijzerError as error:  # its model cannot be loaded
            if not self._ended.is_set():
                self._runs.stop(run.id, FAILED, str(error))

    def _ask_all(self, run: Run) -> None:
        worker, faults = self._started(run.model), 0
        while rows := self._runs.waiting(run.id, CHUNK):
            while rows and not self._ended.is_set():
                began, kept = time.monotonic(), []
                while rows and time.monotonic() - began < COMMIT and not self._ended.is_set():
                    if self._replaced(worker):
                        worker, faults = self._started(run.model), 0
                    part = rows[:AT_ONCE]
                    verdicts, faults = self._ask(worker, [case for _, case in part], faults)
                    rows = rows[len(verdicts):]
                    kept += list(zip((number for number, _ in part), verdicts))
                    if faults >= FAULTS or not verdicts:
                        break
                if self._runs.keep(run.id, kept, time.monotonic() - began).state != run.state:
                    return
                if faults >= FAULTS:
                    self._runs.stop(run.id, FAILED, "Het model antwoordt niet meer.")
                    return
            if self._ended.is_set():
                return

    def _ask(self, worker: Worker, cases: Sequence[Case], faults: int
             ) -> tuple[list[Verdict], int]:
        """Verdicts on the first cases, all of them unless the model stops again and again."""
        try:
            return [_verdict(case, asked) for case, asked in
                    zip(cases, worker.ask_many([case.question for case in cases]))], 0
        except WorkerError:
            if self._ended.is_set() or self._replaced(worker):
                return [], faults
        verdicts = []
        for case in cases:  # one of them ended the model: find it
            try:
                verdicts += [_verdict(case, asked) for asked in worker.ask_many([case.question])]
                faults = 0
            except WorkerError as error:
                if self._ended.is_set() or self._replaced(worker) or (
                        faults := faults + 1) >= FAULTS:
                    break
                verdicts.append(Verdict(case, Outcome.WRONG, "", "", "", str(error)))
        return verdicts, faults

    def _started(self, name: str) -> Worker:
        worker = self._with_model(name)
        worker.start()
        return worker

    def _replaced(self, worker: Worker) -> bool:
        """True when people chose another model: this worker never answers again."""
        return worker is not self._other and worker is not self._worker()

    def _with_model(self, name: str) -> Worker:
        current = self._worker()
        if current.model.name == name:
            return current
        if self._other is None or self._other.model.name != name:
            self._drop_other()
            file = model_file(self._settings.models_dir, name)
            if file is None:
                raise WorkerError(f"Het model {name} is er niet meer.")
            self._other = Worker(self._settings, file)
        return self._other

    def _drop_other(self) -> None:
        if self._other is not None:
            self._other.stop()
            self._other = None


def model_files(folder: Path) -> list[Path]:
    """The models to choose from, the newest first."""
    return sorted(folder.glob("duaalwijzer-*.tar.gz"), key=lambda f: f.stat().st_mtime,
                  reverse=True)


def model_file(folder: Path, name: str) -> Path | None:
    """The model of that name in the folder; None when it is not there."""
    return next((file for file in model_files(folder) if file.name == name), None)


def content_fingerprint(settings: Settings) -> str:
    """What answers are made of besides the model: answers, facts, texts and what is silent."""
    digest = sha256()
    files = [*sorted(settings.knowledge_dir.glob("*/*.yml")), settings.facts_file,
             *sorted(settings.texts_dir.glob("*.yml")), settings.silence_file]
    for file in files:
        if file.exists():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _verdict(case: Case, asked: Asked) -> Verdict:
    if not asked.refusal:
        return judge(case, asked.messages)
    outcome = Outcome.WRONG if asked.broken else Outcome.REFUSED
    return Verdict(case, outcome, "", "", "", asked.refusal)
