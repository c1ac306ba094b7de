"""Local offers: from the municipality outwards until something is found."""

from __future__ import annotations

from typing import Iterable

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.grouping import without_covered_introductory
from bot.catalogue.index import Site
from bot.catalogue.model import Hit, OfferQuery, OfferResult, Place, Programme, School, Step
from bot.catalogue.places import distance_km

RADII_KM = (10.0, 20.0, 40.0)
MAX_RELATED = 3
KM_PER_DEGREE = 111.0  # of latitude; a little short, so that rounding never loses an address


def search_offers(catalogue: Catalogue, query: OfferQuery) -> OfferResult:
    """Schools that offer a programme of the query, nearest first; widened until one is found.

    Distances are as the crow flies. Order: distance, then name; never preference; two schools
    of one name at one address stand by number.
    """
    wanted = with_introductory(catalogue, query.programmes)
    everywhere = catalogue.index.matching(query, wanted)
    sites, widened = _widen(everywhere, query)
    programmes = tuple(catalogue.programmes[n] for n in query.programmes)
    return OfferResult(
        query=query,
        programmes=programmes,
        hits=tuple(sorted((_hit(catalogue, query, wanted, s) for s in sites), key=_order)),
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


def _distance(school: School, query: OfferQuery) -> float | None:
    if query.place is None:
        return None
    return distance_km(query.place.lat, query.place.lon, school.lat, school.lon)


def _hit(catalogue: Catalogue, query: OfferQuery, wanted: frozenset[str], site: Site) -> Hit:
    chosen = catalogue.index.chosen(site, query, wanted)
    return Hit(site.school, without_covered_introductory(chosen, catalogue.programmes),
               _distance(site.school, query))


def _widen(sites: list[Site], query: OfferQuery) -> tuple[list[Site], tuple[Step, ...]]:
    if query.place is None:
        if query.province is None:
            return sites, ()
        inside = [s for s in sites if s.school.province == query.province]
        if inside:
            return inside, ()
        return sites, (Step("provincie", province=query.province), Step("overal"))
    place, tried = query.place, []
    if query.radius_km is None:
        inside = [s for s in sites if s.niscode == place.niscode]
        if inside:
            return inside, ()
        tried.append(Step("gemeente"))
    asked = query.radius_km or 0.0
    for radius in (*([asked] if asked else []), *(r for r in RADII_KM if r > asked)):
        inside = _within(sites, place, radius)
        if inside:
            return inside, tuple(tried)
        tried.append(Step("straal", radius_km=radius))
    inside = [s for s in sites if s.school.province == place.province]
    if inside:
        return inside, tuple(tried)
    tried.append(Step("provincie", province=place.province))
    nearest = min(sites, default=None,
                  key=lambda s: _key(distance_km(place.lat, place.lon, s.school.lat,
                                                 s.school.lon), s.school))
    return [nearest] if nearest else [], (*tried, Step("overal"))


def _within(sites: list[Site], place: Place, radius_km: float) -> list[Site]:
    """The addresses within a radius; the latitude alone already rules most of them out."""
    south, north = place.lat - radius_km / KM_PER_DEGREE, place.lat + radius_km / KM_PER_DEGREE
    return [s for s in sites if south <= s.school.lat <= north
            and distance_km(place.lat, place.lon, s.school.lat, s.school.lon) <= radius_km]


def _order(hit: Hit) -> tuple[float, str, str]:
    return _key(hit.distance_km or 0.0, hit.school)


def _key(distance: float, school: School) -> tuple[float, str, str]:
    """Distance, then name; the number of the school makes the order the same every time."""
    return (distance, school.name, school.key)


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
