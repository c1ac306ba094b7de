"""Fixed messages (small talk, help, questions back, refusals), straight from data/teksten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Mapping

from bot.answers.model import Answer, Button, Source
from bot.answers.texts import Texts


def compose_fixed(entry: Mapping[str, Any], **values: object) -> Answer:
    """One fixed message. `values` fill the `{slots}` of its text."""
    return Answer(
        kind=str(entry["soort"]),
        text=str(entry["tekst"]).strip().format(**values),
        title=entry.get("titel"),
        bullets=tuple(entry.get("punten") or ()),
        buttons=buttons(entry.get("knoppen") or ()),
        sources=sources(entry.get("bronnen") or ()),
        ask=entry.get("vraagt"),
        ask_location=True if entry.get("locatie") else None,
    )


def buttons(rows: Any) -> tuple[Button, ...]:
    """Buttons as written in a text file: knop, doel, optional label."""
    return tuple(Button(r["knop"], r["doel"], r.get("label")) for r in rows)


def sources(rows: Any) -> tuple[Source, ...]:
    """Sources as written in a text file: titel, nagekeken, optional url and stand."""
    return tuple(Source(b["titel"], b["nagekeken"], b.get("url"), b.get("stand")) for b in rows)


def stuck_entry(failures: int) -> str:
    """The fixed message after `failures` turns in a row without help: themes, then a person."""
    return f"mislukt_{failures + 1}" if failures < 3 else f"mislukt_{3 + failures % 2}"


def compose_language(language: str, texts: Texts) -> Answer:
    """The short card in another language: what this is, that it answers in Dutch, who helps."""
    card = texts.entry("talen", language)
    return replace(
        compose_fixed({"soort": "language", "knoppen": texts.entry("talen", "knoppen"),
                       "bronnen": texts.entry("talen", "bronnen"), **card}), lang=language)
