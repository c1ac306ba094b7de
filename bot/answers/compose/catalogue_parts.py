"""Parts that every catalogue answer shares: how fresh, from where, what was understood."""

from __future__ import annotations

from typing import Iterable

from bot.answers.model import AsOf, Button, Card, Source
from bot.answers.words import listing, short
from bot.catalogue.model import Info, Programme

OFFICIAL_URL = "https://data-onderwijs.vlaanderen.be/onderwijsaanbod/lijsten"
TITLE, LABEL = 20, 72


def source(info: Info) -> Source:
    """The source of the offers; `checked` is the date of the data."""
    return Source(info.source, info.date, OFFICIAL_URL, info.date)


def programme_source(programme: Programme) -> Source:
    """The source of a programme."""
    return Source(programme.source, programme.source_date, published=programme.source_date)


def as_of(info: Info, known: int | None = None, total: int | None = None) -> AsOf:
    """School year, date and how complete the answer is."""
    complete = total is not None and known is not None and known >= total
    return AsOf(info.school_year, info.date, complete, known, total)


def years_text(years: Iterable[int]) -> str:
    """"5de en 6de jaar"; empty without years."""
    names = [f"{year}de" for year in years]
    return f"{listing(names)} jaar" if names else ""


def button(programme: Programme) -> Button:
    """A button that chooses a programme."""
    name = programme.title.removesuffix(" duaal")
    years = years_text(programme.years)
    label = f"{programme.title} ({years})" if years else programme.title
    return Button(short(name, TITLE), f"opleiding:{programme.number}", short(label, LABEL))


def programme_card(programme: Programme, lines: tuple[str, ...] = ()) -> Card:
    """A card that leads to the explanation of a programme."""
    return Card(id=f"opleiding-{programme.number}", title=programme.title,
                subtitle=years_text(programme.years) or None, lines=lines,
                programme=programme.number, payload=f"opleiding:{programme.number}")
