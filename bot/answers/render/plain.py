"""Any answer as plain text: whole for every channel that shows text only."""

from __future__ import annotations

from bot.answers.model import Answer
from bot.answers.render.parts import blocks


def plain(answer: Answer) -> str:
    """Everything a person may read, in the order of reading, with a number for each choice."""
    return "\n\n".join(part.raw for part in blocks(answer.to_dict(), spelled=True))
