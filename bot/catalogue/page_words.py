"""What the page of a programme says in words: facts, rules, steps and sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Mapping, NamedTuple

from bot.answers.words import dutch_date, listing
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Offered, Programme
from bot.catalogue.offers import OfferResult
from bot.catalogue.pathways import RULES, certificate
from bot.catalogue.routes import KINDS, status_text, years_text
from bot.catalogue.ways import Link

FINALITIES = {
    "arbeidsmarkt": "arbeidsmarktfinaliteit: je leert een beroep",
    "dubbel": "dubbele finaliteit: je leert een beroep en kan ook verder studeren",
    "doorstroom": "doorstroomfinaliteit: je bereidt je voor op verder studeren",
}
OPEN = {True: "je kan je inschrijven", False: "je kan je nu niet inschrijven",
        None: "vraag de school of je je kan inschrijven"}


@dataclass(frozen=True)
class PathWords:
    """Rules in words: `certificates` and `rules` by code, `sources` as (title, url, checked).

    They are the entries bewijzen, regels and bronnen of data/teksten/pad.yml. Without them a page
    tells the links of the catalogue only.
    """

    certificates: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[tuple[str, str, str], ...] = ()


NO_WORDS = PathWords()


class Step(NamedTuple):
    """One step of a pathway as a page tells it; no href when it has no page."""

    title: str
    href: str
    about: str


class SourceLine(NamedTuple):
    """One source as a page tells it."""

    title: str
    url: str
    day: str


def page_name(number: str) -> str:
    """The file name of a programme's page."""
    return f"{number}.html"


def day_text(value: str) -> str:
    """"9 oktober 2026" for a day, "oktober 2026" for a month, other texts as they are."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return dutch_date(value)
    # 2024-25 is a school year, 2026-10 a month: a month never goes past 12.
    month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value)
    return dutch_date(f"{value}-01").partition(" ")[2] if month else value


def web_address(value: str) -> str:
    """A web address that may become a link; anything else, such as javascript:, is empty."""
    return value if re.match(r"https?://", value, re.IGNORECASE) else ""


def about(programme: Programme) -> str:
    """What kind of programme it is."""
    if programme.introductory:
        return (f"{programme.title} is een aanloopjaar. Je bereidt je voor op de duale opleiding "
                f"en oefent voor de werkplek.")
    kind = ("een duale opleiding in het buitengewoon onderwijs (opleidingsvorm 3)"
            if programme.special_form else "een duale opleiding")
    return f"{programme.title} is {kind}. Je leert het vak op school en op een echte werkplek."


def facts(programme: Programme) -> list[tuple[str, str]]:
    """What is known of a programme, each with its name; what is unknown is left out."""
    finality = ("7de jaar: je volgt dit na je 6de jaar" if programme.seventh
                else FINALITIES.get(programme.finality, programme.finality))
    return [(name, value) for name, value in (
        ("Titel", programme.title),
        ("Graad", f"{programme.grade}de graad" if programme.grade else ""),
        ("Jaren", years_text(programme)),
        ("Finaliteit", finality),
        ("Studiedomein", programme.domain),
        ("Beroepskwalificatie", programme.qualification),
        ("Officieel nummer", programme.number),
    ) if value]


def offered_text(offered: Offered) -> str:
    """A trajectory at one school: title, years, and whether one can enrol."""
    years = f"{listing([f'{y}de' for y in offered.years])} jaar: " if offered.years else ""
    return f"{offered.title}, {years}{OPEN[offered.open]}"


def completeness(result: OfferResult) -> str:
    """How many addresses are known; never "complete" on a total of nothing."""
    if not result.total:
        schools = "school" if result.known == 1 else "scholen"
        return (f"Ik ken {result.known} {schools}. Mijn lijst is niet volledig. "
                f"Hoeveel adressen er zijn, weet ik niet.")
    if result.complete:
        return f"Ik ken {result.known} adressen. De officiële telling is {result.total}."
    return (f"Ik ken {result.known} van de {result.total} adressen in Vlaanderen en Brussel. "
            f"Mijn lijst is niet volledig.")


def rules(programme: Programme, words: PathWords) -> list[str]:
    """What the programme gives and who may start; empty for what `words` does not tell."""
    kind = certificate(programme)
    told = (words.certificates.get(kind, ""), *(words.rules.get(r, "") for r in RULES[kind]))
    return [text for text in told if text]


def step(link: Link) -> Step:
    """A step with its colleges and its status; it links to our page, else to the college."""
    colleges = f", bij {listing(link.colleges)}" if link.colleges else ""
    href = page_name(link.number) if link.number and link.dual else web_address(link.url)
    return Step(link.title, href,
                f"{KINDS.get(link.kind, link.kind)}{colleges}: {status_text(link)}")


def sources(
    catalogue: Catalogue, programme: Programme, links: tuple[Link, ...], words: PathWords
) -> list[SourceLine]:
    """Whatever the page rests on, with the day of each."""
    info = catalogue.info
    lines = [SourceLine(f"Opleiding: {programme.source}", "", day_text(programme.source_date)),
             SourceLine(f"Aanbod: {info.source}", "", day_text(info.date))]
    touching = {(row["source"], row["source_date"]) for row in catalogue.followups
                if programme.number in (row["from_number"], row["target"])}
    lines += [SourceLine(f"Wat ervoor en erna komt: {source}", "", day_text(day))
              for source, day in sorted(touching)]
    graduates = (catalogue.graduates.get(link.title.lower()) for link in links
                 if link.kind == "graduaat")
    lines += [SourceLine(f"Graduaat {g.name}: studiegids", web_address(g.url),
                         day_text(g.source_date)) for g in graduates if g]
    return lines + [SourceLine(title, web_address(url), day_text(checked))
                    for title, url, checked in words.sources]
