"""Add example questions to a file of data/nlu; every other byte of the file stays as it is."""

from __future__ import annotations

import re
from typing import Any, Sequence

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.editing import end_of, entries
from bot.knowledge.load import LOADER, parse_examples

LAST_LINE = re.compile(r"[^\n]*\Z")


def add_examples(name: str, content: str, intent: str, texts: Sequence[str]) -> str:
    """The content of a file `name` with these questions after those of the intent.

    KnowledgeError when the file is written in a way in which this cannot be done.
    """
    before = parse_examples(name, content)
    try:
        end = end_of(content, _examples(content, intent))
    except (KeyError, StopIteration, AttributeError, TypeError) as error:
        raise _refused(name) from error
    last = LAST_LINE.search(content, 0, end)
    indent = re.match(r" *(?=- )", last[0]) if last else None
    if indent is None:
        raise _refused(name)
    made = content[:end] + "".join(f"\n{indent[0]}- {text}" for text in texts) + content[end:]
    if sorted(parse_examples(name, made)) != sorted([*before, *texts]):
        raise _refused(name)
    return made


def _examples(content: str, intent: str) -> Any:
    items = entries(yaml.compose(content, Loader=LOADER))["nlu"][1].value
    item = next(i for i in map(entries, items) if i["intent"][1].value == intent)
    return item["examples"][1]


def _refused(name: str) -> KnowledgeError:
    return KnowledgeError(name, "examples", "is anders opgebouwd dan de andere bestanden",
                          "voeg de vraag met de hand toe")
