"""Local offers: from the municipality outwards until something is found."""

from __future__ import annotations

from typing import Iterable

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.grouping import without_covered_introductory
from bot.catalogue.model import Hit, Offered, OfferQuery, OfferResult, Programme, School, Step
from bot.catalogue.places import distance_km

RADII_KM = (10.0, 20.0, 40.0)
MAX_RELATED = 3


def search_offers(catalogue: Catalogue, query: OfferQuery) -> OfferResult:
    """Schools that offer a programme of the query, nearest first; widened until one is found.

    Distances are as the crow flies. Order: distance, then name; never preference.
    """
    everywhere = list(_all_hits(catalogue, query))
    hits, widened = _widen(catalogue, everywhere, query)
    programmes = tuple(catalogue.programmes[n] for n in query.programmes)
    return OfferResult(
        query=query,
        programmes=programmes,
        hits=tuple(sorted(hits, key=_order)),
        widened=widened,
        known=len(everywhere),
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


def _all_hits(catalogue: Catalogue, query: OfferQuery) -> Iterable[Hit]:
    wanted = with_introductory(catalogue, query.programmes)
    for key, offered in catalogue.offers.items():
        chosen = [o for n, o in offered.items() if _fits(catalogue, query, wanted, n, o)]
        if chosen:
            school = catalogue.schools[key]
            yield Hit(school, without_covered_introductory(chosen, catalogue.programmes),
                      _distance(school, query))


def _fits(
    catalogue: Catalogue, query: OfferQuery, wanted: frozenset[str], number: str, offered: Offered
) -> bool:
    if query.programmes:
        if number not in wanted:
            return False
    elif query.dual_only and not catalogue.programmes[number].dual:
        return False
    if query.years and not set(query.years) & set(offered.years):
        return False
    return offered.open is True or not query.open_only


def _distance(school: School, query: OfferQuery) -> float | None:
    if query.place is None:
        return None
    return distance_km(query.place.lat, query.place.lon, school.lat, school.lon)


def _municipality(catalogue: Catalogue, school: School) -> str:
    """The NIS code of a school's municipality, also when the source still uses an old name."""
    named = catalogue.places.resolve(school.municipality)
    same = [p for p in named if p.province == school.province] or named
    return same[0].niscode if same else ""


def _widen(
    catalogue: Catalogue, hits: list[Hit], query: OfferQuery
) -> tuple[list[Hit], tuple[Step, ...]]:
    if query.place is None:
        if query.province is None:
            return hits, ()
        inside = [h for h in hits if h.school.province == query.province]
        if inside:
            return inside, ()
        return hits, (Step("provincie", province=query.province), Step("overal"))
    place, tried = query.place, []
    if query.radius_km is None:
        inside = [h for h in hits if _municipality(catalogue, h.school) == place.niscode]
        if inside:
            return inside, ()
        tried.append(Step("gemeente"))
    asked = query.radius_km or 0.0
    for radius in (*([asked] if asked else []), *(r for r in RADII_KM if r > asked)):
        inside = [h for h in hits if h.distance_km is not None and h.distance_km <= radius]
        if inside:
            return inside, tuple(tried)
        tried.append(Step("straal", radius_km=radius))
    inside = [h for h in hits if h.school.province == place.province]
    if inside:
        return inside, tuple(tried)
    tried.append(Step("provincie", province=place.province))
    nearest = sorted(hits, key=_order)[:1]
    return nearest, (*tried, Step("overal"))


def _order(hit: Hit) -> tuple[float, str]:
    return (hit.distance_km if hit.distance_km is not None else 0.0, hit.school.name)


def _total(programmes: Iterable[Programme]) -> int | None:
    counts = [p.addresses for p in programmes if p.addresses is not None]
    return sum(counts) if counts else None


def _related(catalogue: Catalogue, programmes: tuple[Programme, ...]) -> tuple[Programme, ...]:
    """Dual programmes of the same discipline and finality, most widespread first."""
    if not programmes:
        return ()
    first, numbers = programmes[0], {p.number for p in programmes}
    near = [
        p for p in catalogue.programmes.values()
        if p.dual and not p.introductory and not p.special_form and p.number not in numbers
        and p.discipline == first.discipline and p.finality == first.finality
        and p.seventh == first.seventh and p.addresses
    ]
    return tuple(sorted(near, key=lambda p: (-(p.addresses or 0), p.title))[:MAX_RELATED])
