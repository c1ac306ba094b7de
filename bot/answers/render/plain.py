"""Any answer as plain text: whole for every channel that shows text only."""

from __future__ import annotations

from bot.answers.model import Answer, Card, Source
from bot.answers.words import dutch_date

UNDATED = "zonder datum"


def plain(answer: Answer) -> str:
    """Title, text, bullets, cards, choices and sources, in that order."""
    parts = [answer.title or "", answer.text]
    parts.append("\n".join(f"- {b}" for b in answer.bullets))
    parts.append("\n".join(_card(i, c) for i, c in enumerate(answer.cards, 1)))
    parts.append("\n".join(f"{i}. {b.label or b.title}" for i, b in enumerate(answer.buttons, 1)))
    parts.append("\n".join(_source(s) for s in answer.sources))
    return "\n\n".join(part for part in parts if part)


def _card(number: int, card: Card) -> str:
    lines = [f"{number}) {card.title}", card.subtitle or "", *card.lines, card.phone or "",
             card.url or ""]
    return "\n   ".join(line for line in lines if line)


def _source(source: Source) -> str:
    published = f", bron van {source.published}" if source.published else ""
    if source.published == UNDATED:
        published = f", bron {UNDATED}"
    address = f" {source.url}" if source.url else ""
    return f"Bron: {source.title}{published} (nagekeken {dutch_date(source.checked)}){address}"
