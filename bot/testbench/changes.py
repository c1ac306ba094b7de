"""Proposals to change an answer: made, refused or taken back (approvals.py approves them)."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Sequence

from bot.errors import InputError
from bot.knowledge.load import parse_topic
from bot.testbench.access import Person
from bot.testbench.change import (
    EDIT,
    OPEN,
    REFUSED,
    SCHEMA,
    WITHDRAWN,
    Change,
    ConflictError,
    fingerprint,
)
from bot.testbench.database import Database
from bot.testbench.kept import kept
from bot.testbench.rebase import rebased
from bot.testbench.versions import Versions

LONGEST_REASON = 500


class Changes:
    """All of them in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes the tables of proposals and versions."""
        self._database, self._clock = database, clock
        self._versions = Versions(database, clock)
        database.create(SCHEMA)

    def propose(self, file: str, base: str, content: str, why: str, person: Person,
                kind: str = EDIT, instead: int | None = None, words: Sequence[str] = ()) -> int:
        """A proposal to make `content` of what has the hash `base`; gives its number.

        `words` are hard words that the text explains: they may stand from then on. It takes the
        place of the open proposal `instead` when that is of the same organisation, or can no
        longer be approved and `why` says why; another stays open. InputError when nothing changes,
        or when `why` tells of somebody in need.
        """
        why = kept(why)
        if fingerprint(content) == base:
            raise InputError("gelijk", "Je hebt niets gewijzigd.")
        parse_topic(file, content)
        with self._database.step() as db:
            made = db.execute(
                "INSERT INTO answer_change (file, kind, base, content, hash, why, words, "
                "author, author_name, author_role, made, state) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (file, kind, base, content, fingerprint(content), why[:LONGEST_REASON],
                 " ".join(words), person.id, person.name, person.role.dutch, self._now(), OPEN)
            ).lastrowid
            if instead is not None and self._gives_way(self.get(instead), person, why):
                db.execute("UPDATE answer_change SET state = ?, answer = ? WHERE id = ? AND "
                           "state = ? AND file = ?",
                           (WITHDRAWN, f"vervangen door voorstel {made}", instead, OPEN, file))
            assert made is not None
            return made

    def get(self, number: int) -> Change | None:
        """One proposal."""
        row = self._database.row("SELECT * FROM answer_change WHERE id = ?", number)
        return Change(**row) if row else None

    def unsettled(self, number: int) -> Change:
        """One proposal that waits for somebody to judge it; InputError when it was settled."""
        change = self.get(number)
        if change is None or change.state != OPEN:
            raise InputError("behandeld", "Dit voorstel is al behandeld.")
        return change

    def waiting(self) -> list[Change]:
        """Open proposals, the oldest first."""
        return self._many("state IN ('open', 'applying') ORDER BY id")

    def waiting_for(self, file: str) -> list[Change]:
        """Open proposals for one answer's file, the oldest first."""
        return [change for change in self.waiting() if change.file == file]

    def settled(self, most: int = 50) -> list[Change]:
        """The latest that were approved, refused or withdrawn."""
        return self._many(f"state NOT IN ('open', 'applying') ORDER BY id DESC LIMIT {int(most)}")

    def refuse(self, number: int, person: Person, reason: str) -> None:
        """Refuse, by somebody else than the author, with a reason; InputError when that fails."""
        if not reason:
            raise InputError("reden", "Schrijf waarom je dit voorstel weigert.")
        self._settle(number, person, REFUSED, kept(reason))

    def withdraw(self, number: int, person: Person) -> None:
        """Take back one's own proposal."""
        self._settle(number, person, WITHDRAWN, "teruggenomen")

    def _gives_way(self, old: Change | None, person: Person, why: str) -> bool:
        """True when this person may put another proposal in place of an old one."""
        if old is None or old.author == person.id:
            return old is not None
        last = self._versions.latest(old.file)
        if not why or last is None or fingerprint(last) == old.base:
            return False
        try:
            rebased(old, self._versions.content(old.file, old.base), last)
        except ConflictError:
            return True
        return False

    def _settle(self, number: int, person: Person, state: str, answer: str) -> None:
        with self._database.step() as db:
            change = self.unsettled(number)
            if (change.author == person.id) != (state == WITHDRAWN):
                raise InputError("zelf", "Een voorstel weigert een andere redacteur; terugnemen "
                                         "doet wie het schreef.")
            db.execute("UPDATE answer_change SET state = ?, judge = ?, judge_name = ?, judged = ?, "
                       "answer = ? WHERE id = ?",
                       (state, person.id, person.name, self._now(), answer[:LONGEST_REASON],
                        number))

    def _many(self, where: str) -> list[Change]:
        return [Change(**row) for row in self._database.rows(
            f"SELECT * FROM answer_change WHERE {where}")]

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")
