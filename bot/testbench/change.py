"""A proposal to change an answer, and a version of an answer: their tables and their shape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.files import digest

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
OPEN, APPLYING, APPLIED, REFUSED, WITHDRAWN = "open", "applying", "applied", "refused", "withdrawn"
EDIT, RESTORE = "wijziging", "herstel"


class ConflictError(InputError):
    """The file is no longer what the proposal was made from."""

    def __init__(self) -> None:
        super().__init__("gewijzigd", "Dit antwoord is intussen gewijzigd. Bekijk beide teksten en "
                                      "doe het voorstel opnieuw op de nieuwe tekst.")


@dataclass(frozen=True)
class Change:
    """A proposal: `file` is "thema/onderwerp.yml", `base` and `hash` are of the file as it was
    and as it will be; `words` are hard words that the text explains, `note` says what git did
    (None: not asked yet).
    """

    id: int
    file: str
    kind: str
    base: str
    content: str
    hash: str
    why: str
    words: str
    author: str
    author_name: str
    author_role: str
    made: str
    state: str
    judge: str
    judge_name: str
    judged: str
    answer: str
    note: str | None

    @property
    def topic(self) -> str:
        """The id of the topic."""
        return Path(self.file).stem


@dataclass(frozen=True)
class Version:
    """A content that the file had; `change` is None when it came from outside the bench."""

    id: int
    hash: str
    content: str
    made: str
    change: Change | None


def fingerprint(content: str) -> str:
    """By what a content of a file is known."""
    return digest(content.encode())
