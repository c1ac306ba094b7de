"""Offers by programme and by address, made once so that a search looks at few of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Iterable, Mapping, NamedTuple

from bot.catalogue.model import Offered, OfferQuery, Programme, School
from bot.catalogue.places import PlaceIndex

ANY = 1  # the bit of "no year asked"; year y has bit 1 << y


class Site(NamedTuple):
    """One address with its trajectories by title.

    `years` has, by (dual only, open only), the bits of the years in which something is offered;
    so one look tells whether the address answers a search without programme.
    """

    school: School
    niscode: str
    offered: tuple[Offered, ...]
    dual: tuple[Offered, ...]
    years: tuple[tuple[int, int], tuple[int, int]]


class OfferIndex:
    """Every address with offers, and which of them offer a programme."""

    def __init__(
        self, offers: Mapping[str, Mapping[str, Offered]], schools: Mapping[str, School],
        programmes: Mapping[str, Programme], places: PlaceIndex,
    ) -> None:
        self._by_number: dict[str, list[tuple[Site, Offered]]] = {}
        self.sites: list[Site] = []
        known: dict[tuple[str, str], str] = {}
        for key, trajectories in offers.items():
            school = schools[key]
            town = (school.municipality, school.province)
            if town not in known:
                known[town] = municipality_code(places, *town)
            offered = tuple(sorted(trajectories.values(), key=lambda o: (o.title, o.number)))
            dual = tuple(o for o in offered if programmes[o.number].dual)
            site = Site(school, known[town], offered, dual, _years(offered, programmes))
            self.sites.append(site)
            for one in offered:
                self._by_number.setdefault(one.number, []).append((site, one))

    def matching(self, query: OfferQuery, wanted: frozenset[str]) -> list[Site]:
        """The addresses with a trajectory that fits; `wanted` is ignored without programmes."""
        bits = _asked(query.years)
        if not query.programmes:
            dual, is_open = query.dual_only, query.open_only
            return [site for site in self.sites if site.years[dual][is_open] & bits]
        found = {site.school.key: site for number in wanted
                 for site, offered in self._by_number.get(number, ())
                 if fits(offered, query, bits)}
        return list(found.values())

    def chosen(self, site: Site, query: OfferQuery, wanted: frozenset[str]) -> list[Offered]:
        """The trajectories of one address that fit, by title."""
        bits = _asked(query.years)
        if query.programmes:
            return [o for o in site.offered if o.number in wanted and fits(o, query, bits)]
        return [o for o in (site.dual if query.dual_only else site.offered)
                if fits(o, query, bits)]


def fits(offered: Offered, query: OfferQuery, bits: int) -> bool:
    """True when the trajectory is open if that is asked, in one of the years asked."""
    return (offered.open is True or not query.open_only) and bool(_bits(offered.years) & bits)


def municipality_code(places: PlaceIndex, name: str, province: str) -> str:
    """The NIS code of a municipality, also when the source still uses an old name; else empty."""
    named = places.resolve(name)
    same = [p for p in named if p.province == province] or named
    return same[0].niscode if same else ""


def _asked(years: Iterable[int]) -> int:
    return sum(1 << year for year in set(years)) or ANY


@lru_cache(maxsize=256)
def _bits(years: tuple[int, ...]) -> int:
    return sum(1 << year for year in set(years)) | ANY


def _years(
    offered: Iterable[Offered], programmes: Mapping[str, Programme]
) -> tuple[tuple[int, int], tuple[int, int]]:
    result = [[0, 0], [0, 0]]
    for one in offered:
        for dual in {False, programmes[one.number].dual}:
            for is_open in {False, one.open is True}:
                result[dual][is_open] |= _bits(one.years)
    return (result[0][0], result[0][1]), (result[1][0], result[1][1])
