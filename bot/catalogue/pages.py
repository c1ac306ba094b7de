"""Static pages of the catalogue: one for each dual programme, and an index; no JavaScript.

The pages link to each other and to the exports by file name: all stand in one folder.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.export import CSV_NAME, JSON_NAME, LICENCE
from bot.catalogue.linked_data import linked_data
from bot.catalogue.offers import OfferQuery
from bot.catalogue.page_words import (
    NO_WORDS,
    PathWords,
    about,
    completeness,
    day_text,
    facts,
    offered_text,
    page_name,
    rules,
    sources,
    step,
    web_address,
)
from bot.catalogue.pathways import before
from bot.catalogue.routes import UNKNOWN, following, labels, route_svg
from bot.catalogue.search import search_offers
from bot.errors import CatalogueError

INDEX = "index.html"
NO_DOMAIN = "Zonder studiedomein"


class NoProgrammePage(CatalogueError):
    """There is no page for that number: the programme is unknown or not dual."""


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
    told = [] if programme.introductory else rules(programme, words)
    return _environment().get_template("opleiding.html.j2").render(
        name=labels(catalogue)[number], about=about(programme), facts=facts(programme),
        offers=[(hit.school, web_address(hit.school.website), web_address(hit.school.record_url),
                 [offered_text(o) for o in hit.offered]) for hit in result.hits],
        complete=completeness(result), school_year=catalogue.info.school_year,
        day=day_text(catalogue.info.date), rules=told, later=[step(link) for link in later],
        earlier=[step(link) for link in earlier], unknown=UNKNOWN,
        picture=route_svg(catalogue, number) if later else "",
        sources=sources(catalogue, programme, (*later, *earlier), words if told else NO_WORDS),
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


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=PackageLoader("bot.catalogue", "templates"), autoescape=True,
                       trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
