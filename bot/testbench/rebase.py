"""A proposal put on the text of now, when only example questions came or went meanwhile."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import KnowledgeError
from bot.knowledge.editing import rewrite
from bot.knowledge.load import parse_topic
from bot.testbench.change import RESTORE, Change, ConflictError, fingerprint


def rebased(change: Change, base: str | None, now: str) -> Change:
    """The proposal as if it was made from `now`; `base` is the content that it was made from.

    ConflictError when the answer itself was changed, or when it would bring back an old version.
    """
    if base is None or change.kind == RESTORE:
        raise ConflictError
    before, current = parse_topic(change.file, base), parse_topic(change.file, now)
    mine = parse_topic(change.file, change.content)
    if replace(before, examples=()) != replace(current, examples=()):
        raise ConflictError
    try:
        content = rewrite(now, replace(mine, examples=current.examples))
    except KnowledgeError as error:
        raise ConflictError from error
    return replace(change, base=fingerprint(now), content=content, hash=fingerprint(content))
