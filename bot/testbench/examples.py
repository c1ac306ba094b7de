"""Example questions from the pages: proposed, and judged by a second editor."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Callable

from bot import resources
from bot.errors import InputError
from bot.inbox import clean
from bot.safety.personal import mask
from bot.testbench.access import Person
from bot.testbench.database import Database
from bot.testbench.example import (
    OPEN,
    QUEUED,
    REFUSED,
    SCHEMA,
    WITHDRAWN,
    Example,
    examples_where,
)
from bot.testbench.example_files import UNWRITABLE, content_of, holds, key, known, place
from bot.testbench.kept import in_need, kept

LONGEST = 500
LONGEST_REASON = 500
NEED = "Deze vraag gaat over nood. Zo'n vraag bewaren we niet."
# Rasa would read "[word](kind)" as a word with its meaning.
ENTITY = re.compile(r"\](?=[({])")


class Examples:
    """All of them in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables."""
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
        file, intent = place(resources.settings(), topic_id)
        text = ENTITY.sub("] ", clean(text, LONGEST))
        topic = resources.knowledge().get(topic_id)
        if in_need(text) or (topic is not None and topic.safety):
            raise InputError("nood", NEED)
        text = mask(text).text
        if there := known(text, resources.examples()):
            raise InputError("dubbel", f"Deze vraag staat al bij {Path(there).stem}.")
        if any(key(e.text) == key(text)
               for e in examples_where(self._database, "state IN ('open', 'queued')")):
            raise InputError("dubbel", "Deze vraag is al voorgesteld.")
        name, content = content_of(file)
        if not holds(name, content, intent, text):
            raise InputError("tekens", f"{UNWRITABLE} Typ ze opnieuw.")
        with self._database.step() as db:
            made = db.execute("INSERT INTO example (topic, text, author, made, state) "
                              "VALUES (?, ?, ?, ?, ?)",
                              (topic_id, text, by, self._now(), OPEN)).lastrowid
            assert made is not None
            return made

    def waiting(self) -> list[Example]:
        """Questions that ask for a second editor, the oldest first."""
        return examples_where(self._database, "state = 'open' ORDER BY id")

    def settled(self, most: int = 50) -> list[Example]:
        """The latest that were trained, refused, taken back or taken out of the queue."""
        return examples_where(self._database, "state NOT IN ('open', 'queued') "
                                              "ORDER BY judged DESC, id DESC LIMIT ?", most)

    def get(self, number: int) -> Example | None:
        """One question."""
        return next(iter(examples_where(self._database, "id = ?", number)), None)

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

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")
