"""Proposals to change an answer, who approved them, and every version of every answer.

An approval is first written down as intended (`applying`, with what the file was and will be),
then the file is replaced, then it is `applied`. Whatever kills the process in between, `recover`
finishes it at the next start: the file and this store never disagree.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Sequence

from bot.errors import ContentError, InputError, KnowledgeError
from bot.files import digest, write_atomically
from bot.knowledge.check import add_explained
from bot.knowledge.editing import rewrite
from bot.knowledge.load import parse_topic
from bot.knowledge.model import Topic
from bot.settings import Settings
from bot.testbench.access import Person
from bot.testbench.change import (
    APPLIED,
    APPLYING,
    EDIT,
    OPEN,
    REFUSED,
    RESTORE,
    WITHDRAWN,
    Change,
    ConflictError,
    Version,
)
from bot.testbench.database import Database
from bot.testbench.kept import kept
from bot.testbench.repository import commit

SCHEMA = """
CREATE TABLE IF NOT EXISTS answer_change (
  id INTEGER PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL, base TEXT NOT NULL,
  content TEXT NOT NULL, hash TEXT NOT NULL, why TEXT NOT NULL, words TEXT NOT NULL,
  author TEXT NOT NULL, author_name TEXT NOT NULL, author_role TEXT NOT NULL,
  made TEXT NOT NULL, state TEXT NOT NULL,
  judge TEXT NOT NULL DEFAULT '', judge_name TEXT NOT NULL DEFAULT '',
  judged TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '', note TEXT);
CREATE TABLE IF NOT EXISTS answer_version (
  id INTEGER PRIMARY KEY, file TEXT NOT NULL, hash TEXT NOT NULL, content TEXT NOT NULL,
  made TEXT NOT NULL, change INTEGER REFERENCES answer_change(id));
CREATE INDEX IF NOT EXISTS answer_version_file ON answer_version (file, id);
"""
LONGEST_REASON = 500


class Changes:
    """All of it in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables. `at` is called between the steps of an approval, for tests."""
        self._database, self._clock = database, clock
        self.at: Callable[[str], None] = lambda step: None
        database.create(SCHEMA)

    def observe(self, folder: Path, file: str) -> str:
        """The content of an answer's file now; one that was not seen before becomes a version."""
        content = _read(folder, file)
        last = self._database.row(
            "SELECT hash FROM answer_version WHERE file = ? ORDER BY id DESC LIMIT 1", file)
        if last is None or last["hash"] != _hash(content):
            with self._database.step() as db:
                if not db.execute("SELECT 1 FROM answer_change WHERE file = ? AND state = ?",
                                  (file, APPLYING)).fetchone():
                    self._keep(db, file, content, None)
        return content

    def content(self, file: str, content_hash: str) -> str | None:
        """A content that was seen before."""
        row = self._database.row("SELECT content FROM answer_version WHERE file = ? AND hash = ?",
                                 file, content_hash)
        return str(row["content"]) if row else None

    def versions(self, file: str) -> list[Version]:
        """Every version of a file, newest first."""
        rows = self._database.rows(
            "SELECT id, hash, content, made, change FROM answer_version WHERE file = ? "
            "ORDER BY id DESC", file)
        return [Version(r["id"], r["hash"], r["content"], r["made"],
                        self.get(r["change"]) if r["change"] else None) for r in rows]

    def propose(self, file: str, base: str, content: str, why: str, person: Person,
                kind: str = EDIT, instead: int | None = None, words: Sequence[str] = ()) -> int:
        """A proposal to make `content` of what has the hash `base`; gives its number.

        `words` are hard words that the text explains: they may stand from then on. It takes the
        place of the open proposal `instead` when that is of the same organisation, or can no
        longer be approved and `why` says why; another stays open. InputError when nothing changes,
        or when `why` tells of somebody in need.
        """
        why = kept(why)
        if _hash(content) == base:
            raise InputError("gelijk", "Je hebt niets gewijzigd.")
        parse_topic(file, content)
        with self._database.step() as db:
            made = db.execute(
                "INSERT INTO answer_change (file, kind, base, content, hash, why, words, "
                "author, author_name, author_role, made, state) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (file, kind, base, content, _hash(content), why[:LONGEST_REASON], " ".join(words),
                 person.id, person.name, person.role.dutch, self._now(), OPEN)).lastrowid
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

    def approve(self, number: int, person: Person, settings: Settings) -> Change:
        """Approve, by somebody else than the author: the file is replaced and the answer is live.

        InputError when it was settled already or is one's own, ConflictError when the answer was
        changed meanwhile (the proposal then stays as it is). When only example questions came or
        went, the proposal is put on the new file.
        """
        with self._database.step() as db:
            change = self._may_settle(number, person)
            if change.author == person.id:
                raise InputError("zelf", "Een andere redacteur moet je voorstel goedkeuren.")
            now = _read(settings.knowledge_dir, change.file)
            if _hash(now) != change.base:
                change = self._rebased(change, now)
            db.execute(
                "UPDATE answer_change SET state = ?, judge = ?, judge_name = ?, judged = ?, "
                "base = ?, content = ?, hash = ? WHERE id = ?",
                (APPLYING, person.id, person.name, self._now(), change.base, change.content,
                 change.hash, number))
        self.at("voornemen")
        if not self._apply(change, settings):
            raise ConflictError
        self.at("bewaard")
        self._commit(number, settings)
        done = self.get(number)
        assert done is not None
        return done

    def recover(self, settings: Settings) -> int:
        """Finish what a killed process had begun; gives how many approvals that were."""
        begun = self._many("state = 'applying' ORDER BY id")
        for change in begun:
            with suppress(InputError):  # it is open again, and whoever approves it hears why
                self._apply(change, settings)
        for change in self._many("state = 'applied' AND note IS NULL ORDER BY id"):
            self._commit(change.id, settings)
        return len(begun)

    def _apply(self, change: Change, settings: Settings) -> bool:
        """Write the file and say so, in one step that others wait for; False when it changed."""
        folder, explained = settings.knowledge_dir, settings.explained_file
        try:
            with self._database.step() as db:
                now = _hash(_read(folder, change.file))
                fits = now in (change.base, change.hash)
                if fits and change.words:  # again does no harm: each word stands there once
                    content = explained.read_bytes().decode() if explained.exists() else ""
                    write_atomically(explained,
                                     add_explained(content, change.words.split()).encode())
                if now == change.base:
                    write_atomically(folder / change.file, change.content.encode())
                self.at("geschreven")
                if fits:
                    self._keep(db, change.file, change.content, change.id)
                db.execute("UPDATE answer_change SET state = ? WHERE id = ?",
                           (APPLIED if fits else OPEN, change.id))
        except (OSError, ContentError) as error:
            with self._database.step() as db:
                db.execute("UPDATE answer_change SET state = ? WHERE id = ?", (OPEN, change.id))
            raise InputError("schrijven", f"Het bestand {change.file} kan niet geschreven worden. "
                             "Er is niets gewijzigd.") from error
        return fits

    def _commit(self, number: int, settings: Settings) -> None:
        change = self.get(number)
        assert change is not None
        note = commit(settings.root, [settings.knowledge_dir / change.file,
                                      *([settings.explained_file] if change.words else [])],
                      # No words of people: a commit is for ever.
                      f"{change.topic}: voorstel {number}", change.author_role)
        with self._database.step() as db:
            db.execute("UPDATE answer_change SET note = ? WHERE id = ?", (note, number))

    def _gives_way(self, old: Change | None, person: Person, why: str) -> bool:
        """True when this person may put another proposal in place of an old one."""
        if old is None or old.author == person.id:
            return old is not None
        last = self._database.row(
            "SELECT content FROM answer_version WHERE file = ? ORDER BY id DESC LIMIT 1", old.file)
        if not why or last is None or _hash(last["content"]) == old.base:
            return False
        try:
            self._rebased(old, last["content"])
        except ConflictError:
            return True
        return False

    def _rebased(self, change: Change, now: str) -> Change:
        base = self.content(change.file, change.base)
        if base is None or change.kind == RESTORE:
            raise ConflictError
        before, current = parse_topic(change.file, base), parse_topic(change.file, now)
        mine = parse_topic(change.file, change.content)
        if not _same_answer(before, current):
            raise ConflictError
        try:
            content = rewrite(now, replace(mine, examples=current.examples))
        except KnowledgeError as error:
            raise ConflictError from error
        return replace(change, base=_hash(now), content=content, hash=_hash(content))

    def _settle(self, number: int, person: Person, state: str, answer: str) -> None:
        with self._database.step() as db:
            change = self._may_settle(number, person)
            if (change.author == person.id) != (state == WITHDRAWN):
                raise InputError("zelf", "Een voorstel weigert een andere redacteur; terugnemen "
                                         "doet wie het schreef.")
            db.execute("UPDATE answer_change SET state = ?, judge = ?, judge_name = ?, judged = ?, "
                       "answer = ? WHERE id = ?",
                       (state, person.id, person.name, self._now(), answer[:LONGEST_REASON],
                        number))

    def _may_settle(self, number: int, person: Person) -> Change:
        change = self.get(number)
        if change is None or change.state != OPEN:
            raise InputError("behandeld", "Dit voorstel is al behandeld.")
        return change

    def _keep(self, db: Any, file: str, content: str, change: int | None) -> None:
        last = db.execute("SELECT hash, change FROM answer_version WHERE file = ? ORDER BY id DESC "
                          "LIMIT 1", (file,)).fetchone()
        if last is None or last["hash"] != _hash(content):
            db.execute("INSERT INTO answer_version (file, hash, content, made, change) "
                       "VALUES (?, ?, ?, ?, ?)",
                       (file, _hash(content), content, self._now(), change))

    def _many(self, where: str) -> list[Change]:
        return [Change(**row) for row in self._database.rows(
            f"SELECT * FROM answer_change WHERE {where}")]

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")


def _same_answer(one: Topic, other: Topic) -> bool:
    return replace(one, examples=()) == replace(other, examples=())


def _hash(content: str) -> str:
    return digest(content.encode())


def _read(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(file, "", "niet leesbaar", "zet het bestand terug") from error
