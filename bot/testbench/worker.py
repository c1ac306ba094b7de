"""The model of the test bench in a process of its own, with low priority.

It answers through the same inbox, dialogue and way out as the bot, but knows nothing of the bot's
conversations: those of the bench live in the memory of this process only.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.errors import DuaalwijzerError
from bot.failures import log_failure
from bot.settings import Settings

logger = logging.getLogger(__name__)
NICE = 10
START = 180.0  # seconds in which the model must be loaded
TURN = 60.0  # seconds in which a turn must be answered


class WorkerError(DuaalwijzerError):
    """The model of the bench cannot answer; the text is for the person at the page."""


@dataclass(frozen=True)
class Reply:
    """What the bot said in one turn, and what it understood of the message.

    `messages` are answers of the contract. `parsed` is what Rasa keeps of the message (text,
    intent, intent_ranking, entities, tier); `search` the search as it stands after the turn.
    """

    messages: list[dict[str, Any]]
    parsed: dict[str, Any]
    search: dict[str, Any] | None


@dataclass(frozen=True)
class Asked:
    """What the bot said to one of many questions; `refusal` says why it said nothing.

    `broken` when that was a fault of ours, and not a message that the bot does not take.
    """

    messages: list[dict[str, Any]]
    refusal: str = ""
    broken: bool = False


class Worker:
    """One model; questions are answered one after another, each by a short call."""

    def __init__(self, settings: Settings, model: Path) -> None:
        """Nothing is loaded before `start`."""
        self.settings, self.model = settings, model
        self._lock, self._next = threading.Lock(), threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = self._retired = False

    @property
    def ready(self) -> bool:
        """True when questions are answered at once."""
        process = self._process
        return self._ready and process is not None and process.is_alive()

    def start(self) -> None:
        """Load the model, or load it again after a fault; WorkerError when that cannot be."""
        with self._lock:
            if not self.ready:
                self._start()

    def stop(self) -> None:
        """End the process."""
        self._ready = False
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.join(5)

    def retire(self) -> None:
        """End the process for good: another worker has taken its place."""
        self._retired = True
        self.stop()

    def ask(self, sender: str, text: str) -> Reply:
        """What the bot says to a typed message; WorkerError when it cannot answer."""
        return Reply(*self._call("say", sender, text))

    def press(self, sender: str, payload: str) -> Reply:
        """What the bot says to a pressed button; WorkerError for one it never offers."""
        return Reply(*self._call("press", sender, payload))

    def ask_many(self, texts: Sequence[str]) -> list[Asked]:
        """What the bot says to each message as the first of a conversation, for a few at a time.

        Nobody else is answered meanwhile. WorkerError when the model stops.
        """
        return [Asked(*asked) for asked in self._call("say_many", list(texts))]

    def nearest(self, text: str, topics: list[str], count: int) -> dict[str, list[str]]:
        """The example questions that are most like a text, for each topic label."""
        found: dict[str, list[str]] = self._call("nearest", text, topics, count)
        return found

    async def ask_soon(self, sender: str, text: str) -> Reply:
        """`ask`, without keeping the pages waiting."""
        return await asyncio.to_thread(self.ask, sender, text)

    async def press_soon(self, sender: str, payload: str) -> Reply:
        """`press`, without keeping the pages waiting."""
        return await asyncio.to_thread(self.press, sender, payload)

    def _call(self, what: str, *values: object) -> Any:
        with self._next:  # who waits is next: a run that asks on and on lets people between
            self._lock.acquire()
        try:
            good, result = self._exchange(what, values)
        except (EOFError, OSError) as error:
            self.stop()
            raise WorkerError("Het model antwoordt niet. Probeer het zo meteen opnieuw.") \
                from error
        finally:
            self._lock.release()
        if not good:
            raise WorkerError(str(result))
        return result

    def _exchange(self, what: str, values: tuple[object, ...]) -> tuple[bool, Any]:
        if not self.ready:
            self._start()
        assert self._pipe is not None
        self._pipe.send((what, values))
        if not self._pipe.poll(TURN):
            raise EOFError("geen antwoord")
        good, result = self._pipe.recv()
        return bool(good), result

    def _start(self) -> None:
        if self._retired:
            raise WorkerError("Er is intussen een ander model. Probeer het opnieuw.")
        self.stop()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self.settings, self.model), daemon=True)
        process.start()
        self._process = process
        theirs.close()
        try:
            if not self._pipe.poll(START):
                raise EOFError("het laden duurt te lang")
            good, reason = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise WorkerError("Het model kan niet geladen worden.") from error
        if not good:
            self.stop()
            raise WorkerError(f"Het model kan niet geladen worden: {reason}")
        self._ready = True


@dataclass(frozen=True)
class _Apart(Settings):
    """Settings whose questions are not counted among those of people."""

    @property
    def counters_file(self) -> Path:
        """Beside that of the bot, whose numbers are of real cries for help."""
        return self.data_dir / "tellers-proefbank.sqlite"


def _serve(pipe: Connection, settings: Settings, model: Path) -> None:
    """The process: load, say so, and answer until the pipe is closed."""
    os.nice(NICE)
    os.environ["DUAALWIJZER_DATA_DIR"] = str(settings.data_dir)
    from bot import before_rasa, resources

    try:
        before_rasa.prepare()
        settings = _Apart(**{f.name: getattr(settings, f.name) for f in fields(settings)})
        resources.use(resources.Resources(settings))
        from bot.testbench.engine import Engine

        engine = Engine(model, settings)
    except Exception as error:
        pipe.send((False, f"{type(error).__name__}: {error}"))
        return
    pipe.send((True, ""))
    while True:
        try:
            what, values = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((True, getattr(engine, what)(*values)))
        except DuaalwijzerError as error:
            pipe.send((False, str(error)))
        except Exception as error:  # one question must not end the others
            log_failure(logger, "Vraag in de proefbank mislukt", error)
            pipe.send((False, f"Er liep iets mis ({type(error).__name__})."))
