"""Example questions from the pages: proposed, approved by a second editor, queued for training.

They are written into the topic files just before a model is trained, so that the files and the
model belong together. Nothing is lost or written twice when a process is killed in between: a
question that stands in the file already is only marked as done.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable

from bot import resources
from bot.errors import ContentError, InputError, KnowledgeError
from bot.files import write_atomically
from bot.inbox import clean
from bot.knowledge.adding import add_examples
from bot.knowledge.load import parse_examples
from bot.nlu.normaliser import normalise
from bot.safety.personal import mask
from bot.settings import Settings
from bot.testbench.access import Person
from bot.testbench.database import Database
from bot.testbench.kept import in_need, kept

SCHEMA = """
CREATE TABLE IF NOT EXISTS example (
  id INTEGER PRIMARY KEY, topic TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL,
  made TEXT NOT NULL, state TEXT NOT NULL, judge TEXT NOT NULL DEFAULT '',
  judged TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS example_name (who TEXT PRIMARY KEY, name TEXT NOT NULL);
"""
OPEN, QUEUED, DONE, REFUSED = "open", "queued", "done", "refused"
WITHDRAWN, DROPPED = "withdrawn", "dropped"
OUTSIDE = "buiten_bereik"
LONGEST = 500
LONGEST_REASON = 500
# Rasa would read "[word](kind)" as a word with its meaning.
NEED = "Deze vraag gaat over nood. Zo'n vraag bewaren we niet."
UNWRITABLE = "Deze vraag bevat tekens die niet in een bestand met voorbeelden passen."
ENTITY = re.compile(r"\](?=[({])")
# Nineteen thousand questions are compared again and again; normalising them takes half a second.
_key = lru_cache(maxsize=50_000)(normalise)


@dataclass(frozen=True)
class Example:
    """A question for a topic id, or for `buiten_bereik`; `answer` says why it was settled so."""

    id: int
    topic: str
    text: str
    author: str
    made: str
    state: str
    judge: str
    judged: str
    answer: str


class Examples:
    """All of them in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its table."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def meet(self, person: Person) -> None:
        """Keep how the organisation is called of somebody who proposes or judges."""
        with self._database.step() as db:
            db.execute("INSERT OR REPLACE INTO example_name VALUES (?, ?)",
                       (person.id, person.name))

    def names(self) -> dict[str, str]:
        """How organisations are called, by id."""
        return {row["who"]: row["name"] for row in self._database.rows(
            "SELECT who, name FROM example_name")}

    def propose(self, topic_id: str, text: str, by: str) -> int:
        """A new question, masked, by an access id; gives its number.

        InputError for an unknown topic, a sign of need, a question that is there already, or one
        that the file of the topic cannot hold.
        """
        if not topic_id:
            raise InputError("onderwerp", "Kies bij welk onderwerp de vraag hoort.")
        file, intent = _place(resources.settings(), topic_id)
        text = ENTITY.sub("] ", clean(text, LONGEST))
        topic = resources.knowledge().get(topic_id)
        if in_need(text) or (topic is not None and topic.safety):
            raise InputError("nood", NEED)
        text = mask(text).text
        if there := _known(text, resources.examples()):
            raise InputError("dubbel", f"Deze vraag staat al bij {Path(there).stem}.")
        if any(_key(e.text) == _key(text)
               for e in self._many("state IN ('open', 'queued')")):
            raise InputError("dubbel", "Deze vraag is al voorgesteld.")
        name, content = _content(file)
        if not _holds(name, content, intent, text):
            raise InputError("tekens", f"{UNWRITABLE} Typ ze opnieuw.")
        with self._database.step() as db:
            made = db.execute("INSERT INTO example (topic, text, author, made, state) "
                              "VALUES (?, ?, ?, ?, ?)",
                              (topic_id, text, by, self._now(), OPEN)).lastrowid
            assert made is not None
            return made

    def waiting(self) -> list[Example]:
        """Questions that ask for a second editor, the oldest first."""
        return self._many("state = 'open' ORDER BY id")

    def queue(self) -> list[Example]:
        """Approved questions that the next training takes, the oldest first."""
        return self._many("state = 'queued' ORDER BY id")

    def settled(self, most: int = 50) -> list[Example]:
        """The latest that were trained, refused, taken back or taken out of the queue."""
        return self._many("state NOT IN ('open', 'queued') ORDER BY judged DESC, id DESC LIMIT ?",
                          most)

    def get(self, number: int) -> Example | None:
        """One question."""
        return next(iter(self._many("id = ?", number)), None)

    def approve(self, number: int, by: str) -> None:
        """Queue it for the next training, by another access id than that of who proposed it."""
        self._settle(number, by, QUEUED, "")

    def refuse(self, number: int, by: str, reason: str) -> None:
        """Drop it, by somebody else than the author, for a reason."""
        if not reason:
            raise InputError("reden", "Schrijf waarom je deze vraag weigert.")
        self._settle(number, by, REFUSED, kept(reason)[:LONGEST_REASON])

    def withdraw(self, number: int, by: str) -> None:
        """Take back one's own question that nobody judged yet."""
        self._settle(number, by, WITHDRAWN, "")

    def unqueue(self, number: int, by: str) -> None:
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
        known = resources.Resources(settings).questions()
        added = 0
        for topic in dict.fromkeys(e.topic for e in self.queue()):
            # One step: an approval of the same answer waits, a kill leaves file and queue whole.
            with self._database.step() as db:
                try:
                    file, intent = _place(settings, topic)
                except InputError as error:
                    db.execute("UPDATE example SET state = ?, judged = ?, answer = ? "
                               "WHERE state = ? AND topic = ?",
                               (REFUSED, self._now(), str(error), QUEUED, topic))
                    continue
                name, content = _content(file)
                add_examples(name, content, intent, [])  # a file that takes none says so
                there = {_key(e) for e in parse_examples(name, content)}
                texts: list[str] = []
                for example in self._many("state = 'queued' AND topic = ? ORDER BY id", topic):
                    elsewhere, state = _known(example.text, known), DONE
                    if _key(example.text) in there or elsewhere not in (None, name):
                        answer = f"stond al bij {Path(elsewhere or name).stem}"
                    elif not _holds(name, content, intent, example.text):
                        state, answer = REFUSED, UNWRITABLE
                    else:
                        texts.append(example.text)
                        there.add(_key(example.text))
                        answer = ""
                    db.execute("UPDATE example SET state = ?, answer = ? WHERE id = ?",
                               (state, answer, example.id))
                if texts:
                    _write(file, name, add_examples(name, content, intent, texts))
                added += len(texts)
        return added

    def _settle(self, number: int, by: str, state: str, answer: str) -> None:
        with self._database.step() as db:
            example = self.get(number)
            if example is None or example.state != OPEN:
                raise InputError("behandeld", "Deze vraag is al behandeld.")
            if (example.author == by) != (state == WITHDRAWN):
                raise InputError("zelf", "Een andere redacteur moet je vraag goedkeuren of "
                                         "weigeren; terugnemen doet wie ze voorstelde.")
            db.execute("UPDATE example SET state = ?, judge = ?, judged = ?, answer = ? "
                       "WHERE id = ?", (state, by, self._now(), answer, number))

    def _many(self, where: str, *values: object) -> list[Example]:
        return [Example(**row) for row in self._database.rows(
            f"SELECT * FROM example WHERE {where}", *values)]

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")


def apply_queue(settings: Settings, clock: Callable[[], float] = time.time) -> int:
    """`Examples.apply` for who has no pages open; 0 when there is no test bench."""
    if not settings.testbench_file.exists():
        return 0
    return Examples(Database(settings.testbench_file), clock).apply(settings)


def _place(settings: Settings, topic_id: str) -> tuple[Path, str]:
    """The file of a topic and its intent; InputError when there is no such topic."""
    if topic_id == OUTSIDE:
        return settings.root / "data" / "nlu" / "gesprek" / f"{OUTSIDE}.yml", OUTSIDE
    topic = resources.knowledge().get(topic_id)
    if topic is None:
        raise InputError("onderwerp", f"Het onderwerp {topic_id} bestaat niet.")
    return settings.knowledge_dir / topic.file, topic.label


def _content(file: Path) -> tuple[str, str]:
    """The name of a file as people read it, and what it holds; ContentError when unreadable."""
    name = f"{file.parent.name}/{file.name}"
    try:
        return name, file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(name, "", "niet leesbaar", "zet het bestand terug") from error


def _write(file: Path, name: str, content: str) -> None:
    try:
        write_atomically(file, content.encode())
    except OSError as error:
        raise KnowledgeError(name, "", "kan niet geschreven worden. Er is niets gewijzigd",
                             "kijk of de schijf vol is en of de map geschreven mag worden"
                             ) from error


def _holds(name: str, content: str, intent: str, text: str) -> bool:
    """True when a question can be written into a file and is read back as it is."""
    try:
        add_examples(name, content, intent, [text])
    except ContentError:
        return False
    return True


def _known(text: str, questions: Any) -> str | None:
    """The file that has this question already."""
    wanted = _key(text)
    return next((file for file, examples in questions.items()
                 if any(_key(example) == wanted for example in examples)), None)
