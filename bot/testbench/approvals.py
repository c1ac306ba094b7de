"""A proposal that is approved: the file is replaced and the answer is live.

An approval is first written down as intended (`applying`, with what the file was and will be),
then the file is replaced, then it is `applied`. Whatever kills the process in between, `recover`
finishes it at the next start: the file and this store never disagree.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Callable

from bot.errors import ContentError, InputError
from bot.files import write_atomically
from bot.knowledge.check import add_explained
from bot.settings import Settings
from bot.testbench.access import Person
from bot.testbench.change import APPLIED, APPLYING, OPEN, Change, ConflictError, fingerprint
from bot.testbench.changes import Changes
from bot.testbench.database import Database
from bot.testbench.rebase import rebased
from bot.testbench.repository import commit
from bot.testbench.versions import Versions, read_answer


class Approvals:
    """Of the proposals in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes no table of its own. `at` is called between the steps, for tests."""
        self._database, self._clock = database, clock
        self._changes, self._versions = Changes(database, clock), Versions(database, clock)
        self.at: Callable[[str], None] = lambda step: None

    def approve(self, number: int, person: Person, settings: Settings) -> Change:
        """Approve, by somebody else than the author: the file is replaced and the answer is live.

        InputError when it was settled already or is one's own, ConflictError when the answer was
        changed meanwhile (the proposal then stays as it is). When only example questions came or
        went, the proposal is put on the new file.
        """
        with self._database.step() as db:
            change = self._changes.unsettled(number)
            if change.author == person.id:
                raise InputError("zelf", "Een andere redacteur moet je voorstel goedkeuren.")
            now = read_answer(settings.knowledge_dir, change.file)
            if fingerprint(now) != change.base:
                change = rebased(change, self._versions.content(change.file, change.base), now)
            judged = datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")
            db.execute(
                "UPDATE answer_change SET state = ?, judge = ?, judge_name = ?, judged = ?, "
                "base = ?, content = ?, hash = ? WHERE id = ?",
                (APPLYING, person.id, person.name, judged, change.base, change.content,
                 change.hash, number))
        self.at("voornemen")
        if not self._apply(change, settings):
            raise ConflictError
        self.at("bewaard")
        return self._commit(number, settings)

    def recover(self, settings: Settings) -> int:
        """Finish what a killed process had begun; gives how many approvals that were."""
        begun = self._numbers("state = 'applying'")
        for number in begun:
            with suppress(InputError):  # it is open again, and whoever approves it hears why
                self._apply(self._get(number), settings)
        for number in self._numbers("state = 'applied' AND note IS NULL"):
            self._commit(number, settings)
        return len(begun)

    def _apply(self, change: Change, settings: Settings) -> bool:
        """Write the file and say so, in one step that others wait for; False when it changed."""
        folder, explained = settings.knowledge_dir, settings.explained_file
        try:
            with self._database.step() as db:
                now = fingerprint(read_answer(folder, change.file))
                fits = now in (change.base, change.hash)
                if fits and change.words:  # again does no harm: each word stands there once
                    content = explained.read_bytes().decode() if explained.exists() else ""
                    write_atomically(explained,
                                     add_explained(content, change.words.split()).encode())
                if now == change.base:
                    write_atomically(folder / change.file, change.content.encode())
                self.at("geschreven")
                if fits:
                    self._versions.keep(db, change.file, change.content, change.id)
                db.execute("UPDATE answer_change SET state = ? WHERE id = ?",
                           (APPLIED if fits else OPEN, change.id))
        except (OSError, ContentError) as error:
            with self._database.step() as db:
                db.execute("UPDATE answer_change SET state = ? WHERE id = ?", (OPEN, change.id))
            raise InputError("schrijven", f"Het bestand {change.file} kan niet geschreven worden. "
                             "Er is niets gewijzigd.") from error
        return fits

    def _commit(self, number: int, settings: Settings) -> Change:
        change = self._get(number)
        note = commit(settings.root, [settings.knowledge_dir / change.file,
                                      *([settings.explained_file] if change.words else [])],
                      # No words of people: a commit is for ever.
                      f"{change.topic}: voorstel {number}", change.author_role)
        with self._database.step() as db:
            db.execute("UPDATE answer_change SET note = ? WHERE id = ?", (note, number))
        return self._get(number)

    def _get(self, number: int) -> Change:
        change = self._changes.get(number)
        assert change is not None
        return change

    def _numbers(self, where: str) -> list[int]:
        return [row["id"] for row in self._database.rows(
            f"SELECT id FROM answer_change WHERE {where} ORDER BY id")]
