"""Parts that every catalogue answer shares: how fresh, from where, what was understood."""

from __future__ import annotations

from typing import Iterable

from bot.answers.model import AsOf, Button, Card, Source
from bot.answers.texts import Texts
from bot.answers.words import listing, short
from bot.catalogue.model import Info, Programme
from bot.catalogue.narrowing import Narrowing
from bot.catalogue.offers import OfferQuery

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


def group_words(by: Narrowing, unmet: Iterable[str], texts: Texts) -> tuple[str, ...]:
    """The group of programmes that is asked, in words: domain, finality, special education."""
    asked = {"domein": by.domain, "finaliteit": by.finality, "vorm": by.form}
    return tuple(texts.entry("filters", kind)[value] for kind, value in asked.items()
                 if value and kind not in unmet)


def search_words(query: OfferQuery, texts: Texts) -> tuple[str, ...]:
    """Year, net and "still open" in words."""
    words = []
    if query.years:
        words.append(texts.say("filters", "jaar", jaren=years_words(query.years)))
    if query.net:
        words.append(texts.entry("filters", "net")[query.net])
    if query.open_only:
        words.append(texts.say("filters", "open"))
    return tuple(words)


def unmet_words(by: Narrowing, unmet: Iterable[str], texts: Texts) -> tuple[str, ...]:
    """A sentence for each kind of filter that no programme meets."""
    return tuple(texts.entry("filters", "niet")[kind].format(jaren=years_words(by.years))
                 for kind in unmet)


def years_words(years: Iterable[int]) -> str:
    """"5de of 6de"."""
    return " of ".join(f"{year}de" for year in years)


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
