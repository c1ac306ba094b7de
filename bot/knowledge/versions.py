"""Two versions of an answer side by side: what went, what came, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.knowledge.editing import FIELDS, NAMES
from bot.knowledge.model import Source, Topic

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 4000  # above it the whole text is shown as replaced: comparing would take seconds
KEPT, GONE, NEW = "", "del", "ins"


@dataclass(frozen=True)
class Piece:
    """A run of text with its HTML element: `del`, `ins`, or "" for what both versions have."""

    element: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that is not the same: its name for people, and the pieces in order of reading."""

    name: str
    pieces: tuple[Piece, ...]


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both texts; without `ins` it is the old one, without `del` the new one."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return tuple(p for p in (Piece(GONE, old), Piece(NEW, new)) if p.text)
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece(KEPT, "".join(before[a:b])))
            continue
        pieces += [Piece(GONE, "".join(before[a:b]))] if b > a else []
        pieces += [Piece(NEW, "".join(after[c:d]))] if d > c else []
    return tuple(pieces)


def compare(old: Topic, new: Topic) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the form; the example questions last."""
    attributes = [("text", "text"), *((f.key, f.attribute) for f in FIELDS)]
    pairs = [(NAMES[key], _shown(getattr(old, name)), _shown(getattr(new, name)))
             for key, name in attributes]
    gone = [e for e in old.examples if e not in new.examples]
    come = [e for e in new.examples if e not in old.examples]
    pairs.append(("voorbeeldvragen", "\n".join(gone), "\n".join(come)))
    return tuple(Difference(name, difference(before, after))
                 for name, before, after in pairs if before != after)


def _shown(value: Any) -> str:
    if isinstance(value, Source):
        return f"{value.title} | {value.url} | {value.published}"
    if isinstance(value, tuple):
        return "\n".join(map(_shown, value))
    return "" if value is None else str(value)
