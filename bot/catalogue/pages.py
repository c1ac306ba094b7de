"""Static pages of the catalogue: one for each dual programme, and an index; no JavaScript.

The pages link to each other and to the exports by file name: all stand in one folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Iterable, Mapping, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.answers.words import dutch_date, listing
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.export import CSV_NAME, JSON_NAME, LICENCE
from bot.catalogue.model import Hit, Link, Offered, OfferQuery, OfferResult, Programme, School
from bot.catalogue.pathways import RULES, before, certificate
from bot.catalogue.routes import (
    KINDS,
    UNKNOWN,
    following,
    labels,
    route_svg,
    status_text,
    years_text,
)
from bot.catalogue.search import search_offers
from bot.errors import CatalogueError

INDEX = "index.html"
NO_DOMAIN = "Zonder studiedomein"
FINALITIES = {
    "arbeidsmarkt": "arbeidsmarktfinaliteit: je leert een beroep",
    "dubbel": "dubbele finaliteit: je leert een beroep en kan ook verder studeren",
    "doorstroom": "doorstroomfinaliteit: je bereidt je voor op verder studeren",
}
OPEN = {True: "je kan je inschrijven", False: "je kan je nu niet inschrijven",
        None: "vraag de school of je je kan inschrijven"}
AVAILABLE = {True: "https://schema.org/InStock", False: "https://schema.org/OutOfStock"}


class NoProgrammePage(CatalogueError):
    """There is no page for that number: the programme is unknown or not dual."""


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


def page_numbers(catalogue: Catalogue) -> tuple[str, ...]:
    """Numbers of the programmes with a page: every dual one, also introductory years."""
    return tuple(number for number, p in catalogue.programmes.items() if p.dual)


def programme_page(catalogue: Catalogue, number: str, words: PathWords = NO_WORDS) -> str:
    """The page of one dual programme; NoProgrammePage for any other number."""
    programme = catalogue.programme(number)
    if programme is None or not programme.dual:
        raise NoProgrammePage(f"Opleiding {number} heeft geen pagina: ze staat niet als duale "
                              f"opleiding in de catalogus. Kies een nummer uit {INDEX}.")
    result = search_offers(catalogue, OfferQuery(programmes=(number,)), limit=None)
    later, earlier = following(catalogue, number), before(catalogue, number)
    told = [] if programme.introductory else _rules(programme, words)
    return _environment().get_template("opleiding.html.j2").render(
        name=labels(catalogue)[number], about=_about(programme), facts=_facts(programme),
        offers=[(hit.school, _url(hit.school.website), _url(hit.school.record_url),
                 [_offered(o) for o in hit.offered]) for hit in result.hits],
        complete=_completeness(result), school_year=catalogue.info.school_year,
        day=day_text(catalogue.info.date), rules=told, later=[_step(link) for link in later],
        earlier=[_step(link) for link in earlier], unknown=UNKNOWN,
        picture=route_svg(catalogue, number) if later else "",
        sources=_sources(catalogue, programme, (*later, *earlier), words if told else NO_WORDS),
        linked_data=linked_data(catalogue, result, programme), index=INDEX, licence=LICENCE,
    )


def index_page(catalogue: Catalogue) -> str:
    """All pages by domain, in the order of the alphabet."""
    domains: dict[str, list[tuple[str, str]]] = {}
    names = labels(catalogue)
    for number in page_numbers(catalogue):
        domain = catalogue.programmes[number].domain or NO_DOMAIN
        domains.setdefault(domain, []).append((names[number], page_name(number)))
    return _environment().get_template("index.html.j2").render(
        domains=[(f"domein-{place}", name, sorted(domains[name], key=lambda d: d[0].lower()))
                 for place, name in enumerate(sorted(domains), 1)],
        count=len(page_numbers(catalogue)), schools=len(catalogue.offers),
        school_year=catalogue.info.school_year, day=day_text(catalogue.info.date),
        source=catalogue.info.source, licence=LICENCE,
        json_name=JSON_NAME, csv_name=CSV_NAME,
    )


def linked_data(
    catalogue: Catalogue, result: OfferResult, programme: Programme
) -> dict[str, Any]:
    """The programme as an EducationalOccupationalProgram of schema.org, only what is known."""
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "EducationalOccupationalProgram",
        "name": programme.title, "identifier": programme.number,
        "description": _about(programme), "programType": "duaal leren",
    }
    if programme.qualification:
        data["occupationalCredentialAwarded"] = programme.qualification
    if result.hits:
        data["provider"] = [_provider(hit.school) for hit in result.hits]
        data["offers"] = [_offer_data(catalogue, hit, offered)
                          for hit in result.hits for offered in hit.offered]
    return data


def day_text(value: str) -> str:
    """"9 oktober 2026" for a day, "oktober 2026" for a month, other texts as they are."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return dutch_date(value)
    # 2024-25 is a school year, 2026-10 a month: a month never goes past 12.
    month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value)
    return dutch_date(f"{value}-01").partition(" ")[2] if month else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=PackageLoader("bot.catalogue", "templates"), autoescape=True,
                       trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)


def _url(value: str) -> str:
    """A web address that may become a link; anything else, such as javascript:, is empty."""
    return value if re.match(r"https?://", value, re.IGNORECASE) else ""


def _about(programme: Programme) -> str:
    if programme.introductory:
        return (f"{programme.title} is een aanloopjaar. Je bereidt je voor op de duale opleiding "
                f"en oefent voor de werkplek.")
    kind = ("een duale opleiding in het buitengewoon onderwijs (opleidingsvorm 3)"
            if programme.special_form else "een duale opleiding")
    return f"{programme.title} is {kind}. Je leert het vak op school en op een echte werkplek."


def _facts(programme: Programme) -> list[tuple[str, str]]:
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


def _offered(offered: Offered) -> str:
    years = f"{listing([f'{y}de' for y in offered.years])} jaar: " if offered.years else ""
    return f"{offered.title}, {years}{OPEN[offered.open]}"


def _completeness(result: OfferResult) -> str:
    """How many addresses are known; never "complete" on a total of nothing."""
    if not result.total:
        schools = "school" if result.known == 1 else "scholen"
        return (f"Ik ken {result.known} {schools}. Mijn lijst is niet volledig. "
                f"Hoeveel adressen er zijn, weet ik niet.")
    if result.complete:
        return f"Ik ken {result.known} adressen. De officiële telling is {result.total}."
    return (f"Ik ken {result.known} van de {result.total} adressen in Vlaanderen en Brussel. "
            f"Mijn lijst is niet volledig.")


def _rules(programme: Programme, words: PathWords) -> list[str]:
    kind = certificate(programme)
    told = (words.certificates.get(kind, ""), *(words.rules.get(r, "") for r in RULES[kind]))
    return [text for text in told if text]


def _step(link: Link) -> Step:
    colleges = f", bij {listing(link.colleges)}" if link.colleges else ""
    href = page_name(link.number) if link.number and link.dual else _url(link.url)
    return Step(link.title, href,
                f"{KINDS.get(link.kind, link.kind)}{colleges}: {status_text(link)}")


def _sources(
    catalogue: Catalogue, programme: Programme, links: tuple[Link, ...], words: PathWords
) -> list[SourceLine]:
    info = catalogue.info
    lines = [SourceLine(f"Opleiding: {programme.source}", "", day_text(programme.source_date)),
             SourceLine(f"Aanbod: {info.source}", "", day_text(info.date))]
    touching = {(row["source"], row["source_date"]) for row in catalogue.followups
                if programme.number in (row["from_number"], row["target"])}
    lines += [SourceLine(f"Wat ervoor en erna komt: {source}", "", day_text(day))
              for source, day in sorted(touching)]
    graduates = (catalogue.graduates.get(link.title.lower()) for link in links
                 if link.kind == "graduaat")
    lines += [SourceLine(f"Graduaat {g.name}: studiegids", _url(g.url), day_text(g.source_date))
              for g in graduates if g]
    return lines + [SourceLine(title, _url(url), day_text(checked))
                    for title, url, checked in words.sources]


def _provider(school: School) -> dict[str, Any]:
    more: Iterable[tuple[str, str]] = (("telephone", school.phone), ("url", _url(school.website)))
    return {
        "@type": "EducationalOrganization", "identifier": school.key, "name": school.name,
        "address": {
            "@type": "PostalAddress", "streetAddress": school.street,
            "postalCode": school.postcode, "addressLocality": school.municipality,
            "addressRegion": school.province, "addressCountry": "BE",
        },
        **{name: value for name, value in more if value},
    }


def _offer_data(catalogue: Catalogue, hit: Hit, offered: Offered) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Offer", "name": offered.title,
        "description": f"{_offered(offered)} (schooljaar {catalogue.info.school_year}, stand "
                       f"{day_text(catalogue.info.date)})",
        "offeredBy": {"@type": "EducationalOrganization", "identifier": hit.school.key,
                      "name": hit.school.name},
    }
    if offered.open is not None:
        data["availability"] = AVAILABLE[offered.open]
    return data
