"""What the tests of proposals, versions and example questions share."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.files import digest
from bot.knowledge.editing import rewrite
from bot.knowledge.load import load_topic, parse_topic
from bot.settings import Settings
from bot.testbench.access import Person, Role
from bot.testbench.changes import Changes
from bot.testbench.database import Database
from bot.testbench.versions import Versions

NAME = "geld/startbonus.yml"
FIRST = Person("a1", "Redactie Proef", Role.EDITOR, "")
SECOND = Person("b2", "Tweede Proef", Role.EDITOR, "")
NEED = "een leerling schreef: ik word gepest op mijn werk en ik durf niet meer"


def observed(own: Settings) -> str:
    """The answer as it is in its file now."""
    return Versions(Database(own.testbench_file), time.time).observe(own.knowledge_dir, NAME)


def propose(changes: Changes, own: Settings, by: Person = FIRST, **values: object) -> int:
    content = observed(own)
    wanted = replace(parse_topic(NAME, content), **values)  # type: ignore[arg-type]
    return changes.propose(NAME, digest(content.encode()), rewrite(content, wanted), "proef", by)


def title(own: Settings) -> str:
    return load_topic(own.knowledge_dir / NAME).title
