"""A proposal to change an answer, and a version of an answer, as the store gives them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError

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
