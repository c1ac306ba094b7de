"""Approved example questions that wait for the next training.

They are written into the topic files just before a model is trained, so that the files and the
model belong together. Nothing is lost or written twice when a process is killed in between: a
question that stands in the file already is only marked as done.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime
from pathlib import Path
from typing import Callable, Iterable, Mapping

from bot import resources
from bot.errors import InputError
from bot.knowledge.adding import add_examples
from bot.knowledge.load import parse_examples
from bot.settings import Settings
from bot.testbench.database import Database
from bot.testbench.example import (
    DONE,
    DROPPED,
    QUEUED,
    REFUSED,
    SCHEMA,
    Example,
    examples_where,
)
from bot.testbench.example_files import UNWRITABLE, content_of, holds, key, known, place, write


class TrainingQueue:
    """The queue in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes the tables of example questions."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def waiting(self) -> list[Example]:
        """Approved questions that the next training takes, the oldest first."""
        return examples_where(self._database, "state = 'queued' ORDER BY id")

    def drop(self, number: int, by: str) -> None:
        """The next training does not take it after all; InputError when it was taken already."""
        with self._database.step() as db:
            if not db.execute("UPDATE example SET state = ?, judge = ?, judged = ? "
                              "WHERE id = ? AND state = ?",
                              (DROPPED, by, self._now(), number, QUEUED)).rowcount:
                raise InputError("behandeld", "Deze vraag staat niet meer in de wachtrij.")

    def apply(self, settings: Settings) -> int:
        """Write the queue into the topic files; gives how many questions were added.

        A question that cannot be written is refused, the others go on. ContentError when a file
        cannot be changed; what is not written stays in the queue.
        """
        questions = resources.Resources(settings).questions()
        added = 0
        for topic in dict.fromkeys(e.topic for e in self.waiting()):
            # One step: an approval of the same answer waits, a kill leaves file and queue whole.
            with self._database.step() as db:
                added += self._teach(db, settings, topic, questions)
        return added

    def _teach(self, db: sqlite3.Connection, settings: Settings, topic: str,
               questions: Mapping[str, Iterable[str]]) -> int:
        """Write the questions of one topic; gives how many were added."""
        try:
            file, intent = place(settings, topic)
        except InputError as error:
            db.execute("UPDATE example SET state = ?, judged = ?, answer = ? "
                       "WHERE state = ? AND topic = ?",
                       (REFUSED, self._now(), str(error), QUEUED, topic))
            return 0
        name, content = content_of(file)
        add_examples(name, content, intent, [])  # a file that takes none says so
        there = {key(e) for e in parse_examples(name, content)}
        texts: list[str] = []
        for example in examples_where(self._database, "state = 'queued' AND topic = ? ORDER BY id",
                                      topic):
            elsewhere, state = known(example.text, questions), DONE
            if key(example.text) in there or elsewhere not in (None, name):
                answer = f"stond al bij {Path(elsewhere or name).stem}"
            elif not holds(name, content, intent, example.text):
                state, answer = REFUSED, UNWRITABLE
            else:
                texts.append(example.text)
                there.add(key(example.text))
                answer = ""
            db.execute("UPDATE example SET state = ?, answer = ? WHERE id = ?",
                       (state, answer, example.id))
        if texts:
            write(file, name, add_examples(name, content, intent, texts))
        return len(texts)

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")


def apply_queue(settings: Settings, clock: Callable[[], float] = time.time) -> int:
    """`TrainingQueue.apply` for who has no pages open; 0 when there is no test bench."""
    if not settings.testbench_file.exists():
        return 0
    return TrainingQueue(Database(settings.testbench_file), clock).apply(settings)
