"""A theme as a list of its topics to pick from."""

from __future__ import annotations

from bot.answers.compose.knowledge import topic_buttons
from bot.answers.model import Answer
from bot.answers.texts import Texts
from bot.knowledge.model import Knowledge


def compose_theme(theme: str, knowledge: Knowledge, texts: Texts) -> Answer:
    """The topics of a theme that have an answer, as buttons."""
    topics = [t for t in knowledge.themes().get(theme, []) if t.written]
    return Answer(
        kind="choice",
        text=texts.say("keuze", "thema", thema=texts.entry("keuze", "themas")[theme]),
        buttons=topic_buttons(topics),
    )
