"""Offers by programme and by address, made once so that a search looks at few of them.

An address is a number: its place in the order of name, then key. Arrays over all addresses choose
which ones answer a search; only the few that are shown are looked at one by one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Iterable, Mapping, NamedTuple, Sequence

import numpy as np
import numpy.typing as npt

from bot.catalogue.model import Offered, Place, Programme, School
from bot.catalogue.nets import NETS, belongs
from bot.catalogue.offers import OfferQuery
from bot.catalogue.places import EARTH_KM, PlaceIndex, distance_km, municipality_code

ANY = 1  # the bit of "no year asked"; year y has bit 1 << y
# Distances of the arrays only preselect: they differ from `distance_km` by far less than this.
MARGIN_KM = 1e-6

Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint16]
Floats = npt.NDArray[np.float64]


class Site(NamedTuple):
    """One address with its trajectories by title."""

    school: School
    offered: tuple[Offered, ...]
    dual: tuple[Offered, ...]


class Offering(NamedTuple):
    """The addresses of one programme with the bits of its years, all and only where open."""

    sites: Numbers
    years: tuple[Bits, Bits]


class OfferIndex:
    """Every address with offers, and which of them offer a programme."""

    def __init__(
        self, offers: Mapping[str, Mapping[str, Offered]], schools: Mapping[str, School],
        programmes: Mapping[str, Programme], places: PlaceIndex,
    ) -> None:
        self.sites: list[Site] = []
        by_number: dict[str, list[tuple[int, Offered]]] = {}
        for key in sorted(offers, key=lambda k: (schools[k].name, k)):
            offered = tuple(sorted(offers[key].values(), key=lambda o: (o.title, o.number)))
            for one in offered:
                by_number.setdefault(one.number, []).append((len(self.sites), one))
            self.sites.append(Site(schools[key], offered,
                                   tuple(o for o in offered if programmes[o.number].dual)))
        self._offerings = {
            number: Offering(np.array([site for site, _ in found], np.int64),
                             _both([(one,) for _, one in found]))
            for number, found in by_number.items()
        }
        # By dual only, then open only: the years in which an address offers something.
        self._years = (_both([site.offered for site in self.sites]),
                       _both([site.dual for site in self.sites]))
        located = [site.school for site in self.sites]
        self._points = _points([s.lat for s in located], [s.lon for s in located])
        self._province = np.array([s.province for s in located], object)
        towns = [(s.municipality, s.postcode, s.province) for s in located]
        codes = {town: municipality_code(places, *town) for town in set(towns)}
        self._niscode = np.array([codes[town] for town in towns], object)
        self._related: dict[tuple[str, str, bool], list[Programme]] = {}
        for programme in sorted(programmes.values(), key=lambda p: (-(p.addresses or 0), p.title)):
            if (programme.dual and not programme.introductory and not programme.special_form
                    and programme.addresses):
                self._related.setdefault(_kin(programme), []).append(programme)
        self._net = {net: np.array([belongs(s, net) for s in located], bool) for net in NETS}

    def matching(self, query: OfferQuery, wanted: frozenset[str]) -> Numbers:
        """The addresses with a trajectory that fits; `wanted` is ignored without programmes."""
        bits = _asked(query.years)
        if query.programmes:
            chosen = np.zeros(len(self.sites), bool)
            for offering in self._of(wanted):
                chosen[offering.sites[offering.years[query.open_only] & bits != 0]] = True
        else:
            chosen = self._years[query.dual_only][query.open_only] & bits != 0
        if query.net:
            chosen &= self._net[query.net]
        return np.flatnonzero(chosen)

    def known(self, query: OfferQuery, wanted: frozenset[str]) -> int:
        """How many addresses offer it at all, whatever the year, the net and being open."""
        if not query.programmes:
            return int(np.count_nonzero(self._years[query.dual_only][False]))
        chosen = np.zeros(len(self.sites), bool)
        for offering in self._of(wanted):
            chosen[offering.sites] = True
        return int(np.count_nonzero(chosen))

    def chosen(self, site: Site, query: OfferQuery, wanted: frozenset[str]) -> list[Offered]:
        """The trajectories of one address that fit, by title."""
        bits = _asked(query.years)
        if query.programmes:
            return [o for o in site.offered if o.number in wanted and fits(o, query, bits)]
        return [o for o in (site.dual if query.dual_only else site.offered)
                if fits(o, query, bits)]

    def in_municipality(self, sites: Numbers, niscode: str) -> Numbers:
        """Those in a municipality."""
        return sites[self._niscode[sites] == niscode]

    def in_province(self, sites: Numbers, province: str) -> Numbers:
        """Those in a province."""
        return sites[self._province[sites] == province]

    def within(self, sites: Numbers, place: Place, radius_km: float) -> Numbers:
        """Those within a radius as the crow flies."""
        far = self._about(sites, place)
        inside = far <= radius_km
        for i in np.flatnonzero(np.abs(far - radius_km) <= MARGIN_KM):
            inside[i] = self.distance(int(sites[i]), place) <= radius_km
        return sites[inside]

    def first(self, sites: Numbers, place: Place, count: int | None) -> list[int]:
        """The nearest ones in order: distance, then name, then key; all without a count."""
        if count is not None and count < len(sites):
            far = self._about(sites, place)
            sites = sites[far <= np.partition(far, count - 1)[count - 1] + MARGIN_KM]
        # The number of an address is its place by name and key.
        return sorted(map(int, sites), key=lambda i: (self.distance(i, place), i))[:count]

    def distance(self, site: int, place: Place) -> float:
        """Kilometres as the crow flies from a place to an address."""
        school = self.sites[site].school
        return distance_km(place.lat, place.lon, school.lat, school.lon)

    def related(self, programme: Programme) -> Sequence[Programme]:
        """Dual programmes of its discipline and finality, itself too, most widespread first."""
        return self._related.get(_kin(programme), ())

    def _of(self, wanted: Iterable[str]) -> list[Offering]:
        return [self._offerings[number] for number in wanted if number in self._offerings]

    def _about(self, sites: Numbers, place: Place) -> Floats:
        """Kilometres to each address, within MARGIN_KM."""
        apart = self._points[sites] - _points([place.lat], [place.lon])
        half = np.sqrt(np.einsum("ij,ij->i", apart, apart)) / 2
        far: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(half, 1.0))
        return far


def fits(offered: Offered, query: OfferQuery, bits: int) -> bool:
    """True when the trajectory is open if that is asked, in one of the years asked."""
    return (offered.open is True or not query.open_only) and bool(_bits(offered.years) & bits)


def _kin(programme: Programme) -> tuple[str, str, bool]:
    return programme.discipline, programme.finality, programme.seventh


def _asked(years: Iterable[int]) -> int:
    return _union(1 << year for year in years) or ANY


@lru_cache(maxsize=256)
def _bits(years: tuple[int, ...]) -> int:
    return _union(1 << year for year in years) | ANY


def _union(bits: Iterable[int]) -> int:
    result = 0
    for some in bits:
        result |= some
    return result


def _both(rows: Sequence[Sequence[Offered]]) -> tuple[Bits, Bits]:
    """The years of each row of trajectories: of all, and of those one can enrol in."""
    return (np.array([_union(_bits(o.years) for o in row) for row in rows], np.uint16),
            np.array([_union(_bits(o.years) for o in row if o.open is True) for row in rows],
                     np.uint16))


def _points(lat: list[float], lon: list[float]) -> Floats:
    """Positions in degrees as points on a sphere of radius 1, one a row."""
    up, round_ = np.radians(lat), np.radians(lon)
    return np.stack((np.cos(up) * np.cos(round_), np.cos(up) * np.sin(round_), np.sin(up)), 1)
