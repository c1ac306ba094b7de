"""Where an example question is written, whether it is there already, and whether it can be."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Iterable, Mapping

from bot import resources
from bot.errors import ContentError, InputError, KnowledgeError
from bot.files import write_atomically
from bot.knowledge.adding import add_examples
from bot.nlu.normaliser import normalise
from bot.settings import Settings
from bot.testbench.example import OUTSIDE

UNWRITABLE = "Deze vraag bevat tekens die niet in een bestand met voorbeelden passen."
# Two questions with the same key are one. Nineteen thousand are compared again and again;
# normalising them takes half a second.
key = lru_cache(maxsize=50_000)(normalise)


def place(settings: Settings, topic_id: str) -> tuple[Path, str]:
    """The file of a topic and its intent; InputError when there is no such topic."""
    if topic_id == OUTSIDE:
        return settings.root / "data" / "nlu" / "gesprek" / f"{OUTSIDE}.yml", OUTSIDE
    topic = resources.knowledge().get(topic_id)
    if topic is None:
        raise InputError("onderwerp", f"Het onderwerp {topic_id} bestaat niet.")
    return settings.knowledge_dir / topic.file, topic.label


def content_of(file: Path) -> tuple[str, str]:
    """The name of a file as people read it, and what it holds; ContentError when unreadable."""
    name = f"{file.parent.name}/{file.name}"
    try:
        return name, file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(name, "", "niet leesbaar", "zet het bestand terug") from error


def write(file: Path, name: str, content: str) -> None:
    """Replace a file; ContentError when that cannot be."""
    try:
        write_atomically(file, content.encode())
    except OSError as error:
        raise KnowledgeError(name, "", "kan niet geschreven worden. Er is niets gewijzigd",
                             "kijk of de schijf vol is en of de map geschreven mag worden"
                             ) from error


def holds(name: str, content: str, intent: str, text: str) -> bool:
    """True when a question can be written into a file and is read back as it is."""
    try:
        add_examples(name, content, intent, [text])
    except ContentError:
        return False
    return True


def known(text: str, questions: Mapping[str, Iterable[str]]) -> str | None:
    """The file that has this question already."""
    wanted = key(text)
    return next((file for file, examples in questions.items()
                 if any(key(example) == wanted for example in examples)), None)
