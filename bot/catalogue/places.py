"""Places by name or postcode, with distances. Ambiguous names give several places."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Iterable, Sequence

from bot.catalogue.model import Place

EARTH_KM = 6371.0
PROVINCES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "West-Vlaanderen", "Vlaams-Brabant",
             "Brussel")
SHORT = {"st": "sint", "ste": "sint", "sinte": "sint", "o": "onze", "lvv": "lieve"}


def distance_km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Distance as the crow flies, in km."""
    lat1, lat2 = math.radians(a_lat), math.radians(b_lat)
    dlat, dlon = lat2 - lat1, math.radians(b_lon - a_lon)
    h = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def place_key(name: str) -> str:
    """A name without case, accents, hyphens and the short forms of "Sint"."""
    plain = unicodedata.normalize("NFKD", name.lower())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(SHORT.get(word, word) for word in words)


def resolve_province(text: str) -> str | None:
    """The province a text names ("limburg", "provincie West-Vlaanderen", "Brussels Gewest")."""
    words = [w for w in place_key(text).split() if w not in {"provincie", "de", "in"}]
    if words[:1] in (["brussel"], ["brussels"]):
        return "Brussel" if {*words[1:]} <= {"hoofdstedelijk", "gewest"} else None
    key = " ".join(words)
    return next((p for p in PROVINCES if place_key(p) == key), None)


class PlaceIndex:
    """All places by name, postcode and NIS code."""

    def __init__(self, places: Iterable[Place], old_names: Sequence[tuple[str, str]] = ()) -> None:
        """`old_names` are (name, niscode) pairs: former municipalities and other spellings."""
        self.all: tuple[Place, ...] = tuple(places)
        self._by_name: dict[str, list[Place]] = {}
        self._by_postcode: dict[str, list[Place]] = {}
        self._municipality: dict[str, Place] = {}
        for place in self.all:
            self._by_name.setdefault(place_key(place.name), []).append(place)
            if place.postcode:
                self._by_postcode.setdefault(place.postcode, []).append(place)
            if place.is_municipality:
                self._municipality.setdefault(place.niscode, place)
        self.old_names: tuple[str, ...] = tuple(name for name, _ in old_names)
        for name, niscode in old_names:
            known = self._by_name.setdefault(place_key(name), [])
            if niscode in self._municipality and all(p.niscode != niscode for p in known):
                known.append(self._municipality[niscode])

    def municipality(self, niscode: str) -> Place | None:
        """The municipality with that NIS code."""
        return self._municipality.get(niscode)

    def niscodes(self, postcode: str) -> frozenset[str]:
        """The NIS codes of the municipalities with a place of that postcode."""
        return frozenset(p.niscode for p in self._by_postcode.get(postcode, ()))

    def resolve(self, text: str) -> list[Place]:
        """Every place the text can mean, municipalities first; empty when it is none.

        Takes a NIS code (5 digits), a postcode (4 digits), a name or a full name such as
        "Hofstade (Zemst)".
        """
        value = text.strip()
        if re.fullmatch(r"\d{5}", value):
            found = self._municipality.get(value)
            return [found] if found else []
        if re.fullmatch(r"\d{4}", value):
            return self._by_code(value)
        full = re.fullmatch(r"(.+) \((.+)\)", value)
        if full:
            return [p for p in self.resolve(full[1]) if place_key(p.municipality)
                    == place_key(full[2])]
        return _distinct(self._by_name.get(place_key(value), []))

    def meant(self, names: Sequence[str]) -> list[Place]:
        """What several names of one message mean together; see `resolve`.

        Names that share a municipality narrow each other down ("9300 Aalst", "Antwerpen Deurne");
        of names apart the first counts ("Aarschot of Leuven").
        """
        best, *others = [found for found in map(self.resolve, names) if found] or [[]]
        for other in others:
            shared = {p.niscode for p in best} & {p.niscode for p in other}
            if shared:
                both = sorted((*best, *other), key=lambda p: p.is_municipality)
                best = list({p.niscode: p for p in reversed(both) if p.niscode in shared}.values())
        return best

    def _by_code(self, postcode: str) -> list[Place]:
        places = self._by_postcode.get(postcode, [])
        if not places:
            return []
        # A postcode is one place for a searcher: its municipality, or its first part.
        own = [p for p in places if p.is_municipality]
        lat = sum(p.lat for p in places) / len(places)
        lon = sum(p.lon for p in places) / len(places)
        best = own[0] if own else places[0]
        return [Place(best.name, postcode, best.niscode, best.municipality, best.province, lat,
                      lon)]

    def nearest(self, lat: float, lon: float, limit_km: float = 15.0) -> Place | None:
        """The municipality nearest to a position, or None when it is too far."""
        best = min(self._municipality.values(),
                   key=lambda p: distance_km(lat, lon, p.lat, p.lon), default=None)
        if best is None or distance_km(lat, lon, best.lat, best.lon) > limit_km:
            return None
        return best


def _distinct(places: list[Place]) -> list[Place]:
    """One place for each municipality, municipalities before parts."""
    chosen: dict[str, Place] = {}
    for place in sorted(places, key=lambda p: (not p.is_municipality, p.postcode or "")):
        chosen.setdefault(place.niscode, place)
    return list(chosen.values())


def municipality_code(places: PlaceIndex, name: str, postcode: str, province: str) -> str:
    """The NIS code of the municipality of an address, also under an old name; else empty.

    A name can be that of several municipalities and parts, also in one province ("Beveren"): the
    postcode tells them apart, and the province where no namesake has the postcode.
    """
    named, here = places.resolve(name), places.niscodes(postcode)
    same = [p for p in named if p.niscode in here] or [
        p for p in named if p.province == province] or named
    return same[0].niscode if same else ""
