"""Local offers: from the municipality outwards until something is found."""

from __future__ import annotations

from itertools import islice
from typing import Iterable

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.grouping import without_covered_introductory
from bot.catalogue.index import Numbers, OfferIndex
from bot.catalogue.model import Programme
from bot.catalogue.offers import Hit, OfferQuery, OfferResult, Step

RADII_KM = (10.0, 20.0, 40.0)
MAX_RELATED = 3
PAGE = 5


def search_offers(
    catalogue: Catalogue, query: OfferQuery, start: int = 0, limit: int | None = PAGE
) -> OfferResult:
    """Schools that offer a programme of the query, nearest first; widened until one is found.

    The hits are those from `start` on, `limit` at most and all of them without a limit; a start
    past the last gives none. Distances are as the crow flies. Order: distance, then name; never
    preference; two schools of one name at one address stand by number.
    """
    index = catalogue.index
    wanted = with_introductory(catalogue, query.programmes)
    sites, widened = _widen(index, index.matching(query, wanted), query)
    end = None if limit is None else start + limit
    ordered = _first(index, sites, query, end)
    programmes = tuple(catalogue.programmes[n] for n in query.programmes)
    return OfferResult(
        query=query,
        programmes=programmes,
        hits=tuple(_hit(catalogue, query, wanted, site) for site in ordered[start:end]),
        found=len(sites),
        nearest=_hit(catalogue, query, wanted, ordered[0]) if ordered else None,
        widened=widened,
        known=index.known(query, wanted),
        total=_total(programmes),
        related=_related(catalogue, programmes),
        full_time=full_time(catalogue, programmes),
    )


def full_time(catalogue: Catalogue, programmes: Iterable[Programme]) -> tuple[Programme, ...]:
    """The programmes that are the same without dual learning."""
    found: dict[str, Programme] = {}
    for programme in programmes:
        for kind, other in catalogue.relations.get(programme.number, ()):
            candidate = catalogue.programmes[other]
            if kind == "zelfde_groep" and not candidate.dual and not candidate.introductory:
                found[other] = candidate
    return tuple(found.values())


def with_introductory(catalogue: Catalogue, numbers: Iterable[str]) -> frozenset[str]:
    """The numbers with their introductory year (aanloop): the same trajectory for a pupil."""
    result = set(numbers)
    for number in tuple(result):
        for kind, other in catalogue.relations.get(number, ()):
            if kind == "voorbereidend" and catalogue.programmes[other].introductory:
                result.add(other)
    return frozenset(result)


def _first(
    index: OfferIndex, sites: Numbers, query: OfferQuery, count: int | None
) -> list[int]:
    """The first addresses in order, one at least when there is one; all without a count."""
    count = None if count is None else max(count, 1)
    if query.place is None:
        return [int(site) for site in sites[:count]]
    return index.first(sites, query.place, count)


def _hit(catalogue: Catalogue, query: OfferQuery, wanted: frozenset[str], number: int) -> Hit:
    site = catalogue.index.sites[number]
    chosen = catalogue.index.chosen(site, query, wanted)
    return Hit(site.school, without_covered_introductory(chosen, catalogue.programmes),
               catalogue.index.distance(number, query.place) if query.place else None)


def _widen(
    index: OfferIndex, sites: Numbers, query: OfferQuery
) -> tuple[Numbers, tuple[Step, ...]]:
    if query.place is None:
        if query.province is None:
            return sites, ()
        inside = index.in_province(sites, query.province)
        if inside.size:
            return inside, ()
        return sites, (Step("provincie", province=query.province), Step("overal"))
    place, tried = query.place, []
    if query.radius_km is None:
        inside = index.in_municipality(sites, place.niscode)
        if inside.size:
            return inside, ()
        tried.append(Step("gemeente"))
    asked = query.radius_km or 0.0
    for radius in (*([asked] if asked else []), *(r for r in RADII_KM if r > asked)):
        inside = index.within(sites, place, radius)
        if inside.size:
            return inside, tuple(tried)
        tried.append(Step("straal", radius_km=radius))
    inside = index.in_province(sites, place.province)
    if inside.size:
        return inside, tuple(tried)
    tried.append(Step("provincie", province=place.province))
    nearest = index.first(sites, place, 1)
    return sites[sites == nearest[0]] if nearest else sites, (*tried, Step("overal"))


def _total(programmes: Iterable[Programme]) -> int | None:
    counts = [p.addresses for p in programmes if p.addresses is not None]
    return sum(counts) if counts else None


def _related(catalogue: Catalogue, programmes: tuple[Programme, ...]) -> tuple[Programme, ...]:
    """Dual programmes of the same discipline and finality, most widespread first."""
    if not programmes:
        return ()
    numbers = {p.number for p in programmes}
    near = catalogue.index.related(programmes[0])
    return tuple(islice((p for p in near if p.number not in numbers), MAX_RELATED))
