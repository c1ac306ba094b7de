"""Masked questions that the bot could not answer, kept for the editors; off unless asked for.

Of each only the day, at most 200 characters and why: never who asked it, nor in which order.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Container, Iterable

from wordfreq import zipf_frequency

from bot.answers.words import short
from bot.catalogue.school_names import spoken
from bot.nlu.found import DENIED_PLACE, ORDINARY_WORD, PLACE, SCHOOL
from bot.nlu.lexicon import Lexicon
from bot.nlu.normaliser import MASKED
from bot.safety.personal import mask

REFUSED, CHOICES = "geweigerd", "keuze niet genomen"
LONGEST = 200  # characters
MOST_WORDS = 10  # of the name of a school
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Random keys in their own order: not even the file tells which question came first in a day.
SCHEMA = """
CREATE TABLE IF NOT EXISTS question (
  id TEXT PRIMARY KEY, day TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Question:
    """One question as kept; `id` is random."""

    day: date
    text: str
    reason: str
    id: str = ""


def masked(text: str, names: Container[str], lexicon: Lexicon) -> str:
    """The text without personal data, schools and places, at most LONGEST characters.

    `names` are names of schools in the spelling of bot.catalogue.school_names. What was masked
    before stays as it is.
    """
    text = mask(text).text
    taken = [match.span() for match in MASKED.finditer(text)]
    marked: list[tuple[int, int, str]] = []

    def put(start: int, end: int, what: str) -> None:
        if not any(start < stop and begin < end for begin, stop in taken):
            taken.append((start, end))
            marked.append((start, end, what))

    for start, end in _schools(text, names):
        put(start, end, "[school]")
    for found in lexicon.find(text):
        if found.kind in (PLACE, DENIED_PLACE, SCHOOL):
            put(found.start, found.end, "[school]" if found.kind == SCHOOL else "[plaats]")
    for start, end, what in sorted(marked, reverse=True):
        text = text[:start] + what + text[end:]
    return short(text, LONGEST)


def _schools(text: str, names: Container[str]) -> Iterator[tuple[int, int]]:
    """Where names of schools stand, longest first; an ordinary word only with a capital."""
    words = [(match.group(), *match.span()) for match in WORD.finditer(text)]
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            window = words[at : at + size]
            name = spoken(" ".join(word for word, _, _ in window))
            if name in names and (size > 1 or window[0][0][0].isupper()
                                  or zipf_frequency(name, "nl") < ORDINARY_WORD):
                yield window[0][1], window[-1][2]


def save(file: Path, questions: Iterable[Question]) -> None:
    """Keep masked questions; the file is made when it is missing, for its owner only."""
    with _opened(file) as db:
        db.executemany("INSERT INTO question VALUES (?, ?, ?, ?)",
                       [(secrets.token_hex(8), q.day.isoformat(), q.text, q.reason)
                        for q in questions])


def read(file: Path) -> list[Question]:
    """Every question that is kept, newest day first."""
    if not file.exists():
        return []
    with _opened(file) as db:
        return [Question(date.fromisoformat(row[1]), row[2], row[3], row[0]) for row in db.execute(
            "SELECT * FROM question ORDER BY day DESC, text, id")]


def remove(file: Path, ids: Iterable[str]) -> int:
    """Delete questions and every trace of them; gives how many."""
    if not file.exists():
        return 0
    with _opened(file) as db:
        return sum(db.execute("DELETE FROM question WHERE id = ?", (one,)).rowcount for one in ids)


def purge(file: Path, before: date) -> int:
    """Delete what was asked before that day, and every trace of it; gives how many."""
    if not file.exists():
        return 0
    with _opened(file) as db:
        return db.execute("DELETE FROM question WHERE day < ?", (before.isoformat(),)).rowcount


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=5.0)) as db:
        file.chmod(0o600)
        db.execute("PRAGMA secure_delete = ON")
        with db:
            db.execute(SCHEMA)
            yield db
