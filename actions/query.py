"""What the conversation asks for: the search so far, looked up in the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import cattrs
from rasa_sdk import Tracker

from actions.search import Search
from bot import resources
from bot.catalogue.model import Place, Programme, School
from bot.catalogue.narrowing import EVERYWHERE, PROVINCE, in_years, narrow
from bot.catalogue.offers import OfferQuery
from bot.catalogue.places import distance_km, resolve_province
from bot.catalogue.school_names import named as schools_named

MAX_PROGRAMMES = 12
MAX_PLACE_WORDS = 4
NEIGHBOUR_KM = 20.0
THAT_ONE = re.compile(r"\bdie (?:in|bij|van|uit)\b")  # "ik bedoel die in Limburg"
ALSO = re.compile(r"\book\b|^en\b")  # "mag ook Sint-Niklaas zijn" is another place, not which one
STATE = "zoekvraag"
# Messages that start a search of their own when they name a programme.
STARTING = frozenset({"aanbod", "opleiding_info", "pad"})


@dataclass(frozen=True)
class Asked:
    """The question as it stands after the latest message.

    `named` are the programmes before the filters; `unmet` the kinds of filter that no programme
    meets, which are not in the query; `not_dual` what the message names that is never dual.
    """

    search: Search
    named: tuple[Programme, ...]
    programmes: tuple[Programme, ...]
    interest: str
    places: tuple[Place, ...]
    province: str | None
    unmet: tuple[str, ...] = ()
    not_dual: tuple[Programme, ...] = ()
    schools: tuple[School, ...] = ()

    @property
    def place(self) -> Place | None:
        """The place when it is certain which one is meant."""
        return self.places[0] if len(self.places) == 1 else None

    @property
    def place_text(self) -> str:
        """The place in the person's own words."""
        return " ".join(self.search.places)

    @property
    def somewhere(self) -> bool:
        """True when it is said where to search, be it everywhere."""
        return bool(self.search.places or self.province or self.search.by.area == EVERYWHERE)

    def query(self) -> OfferQuery:
        """The search for local offers."""
        by, place = self.search.by, self.place
        province = self.province
        if by.area == PROVINCE and place:
            province = place.province
        if by.area == EVERYWHERE or province:
            place = None
        return OfferQuery(
            tuple(p.number for p in self.programmes), place,
            None if by.area == EVERYWHERE else province,
            (self.search.radius_km or place.radius_km) if place else None,
            years=() if "jaar" in self.unmet else by.years, open_only=by.open_only, net=by.net)


def asked(tracker: Tracker) -> Asked:
    """The search so far with what the latest message adds, looked up."""
    catalogue, latest = resources.catalogue(), latest_names(tracker)
    search = _search(tracker, latest)
    instead = () if "opleiding" in latest else tuple(
        catalogue.names.not_dual[name] for name in latest.get("niet_duaal", ())
        if name in catalogue.names.not_dual)
    named, interest = find_programmes(() if instead else search.programmes)
    taken_back = {p.number for name in search.without for p in catalogue.find(name)}
    named = tuple(p for p in named if p.number not in taken_back) or named
    if "opleiding" in latest and "jaar" not in latest and not any(
            in_years(p, search.by.years) for p in named):
        search = replace(search, by=replace(search.by, years=()))  # the year was of another one
    programmes, unmet = narrow(catalogue, named, search.by)
    places = catalogue.places.meant(search.places)
    province = resolve_province(search.province) if search.province else None
    if places and province:
        places, province = [p for p in places if p.province == province] or places, None
    schools = schools_named(catalogue.school_names, catalogue.schools,
                            latest.get("schoolnaam", ()),
                            (p.municipality for p in places) if "plaats" in latest else ())
    return Asked(search, named, programmes, interest, tuple(places), province, unmet, instead,
                 schools)


def _search(tracker: Tracker, latest: dict[str, list[Any]]) -> Search:
    """The search with the names of the latest message, and the place it chooses or was asked."""
    before, message = kept(tracker), tracker.latest_message
    text = str(message.get("text") or "").lower()
    # A programme with its place is a whole new search, however short.
    starting = (message.get("intent") or {}).get("name") in STARTING or "plaats" in latest
    search = before.after(latest, starting and "opleiding" in latest)
    typed = tracker.get_slot("plaats")
    if typed and "plaats" not in latest:  # an unknown place, typed when asked
        name = " ".join([typed] if isinstance(typed, str) else typed)
        search = replace(search, places=(name,) if may_be_place(name) else ())
    another = "andere" in latest.get("wens", ())
    which = tracker.get_slot("gevraagd") == "which_place" and not ALSO.search(text)
    if search.choices and (another or which or THAT_ONE.search(text)):
        search = _pick(search, latest, before.places if another else ())
    return search


def may_be_place(text: str) -> bool:
    """True for a few words: a whole sentence is no place."""
    return len(text.split()) <= MAX_PLACE_WORDS


def kept(tracker: Tracker) -> Search:
    """The search as the turns before left it."""
    return cattrs.structure(tracker.get_slot(STATE) or {}, Search)


def latest_names(tracker: Tracker) -> dict[str, list[Any]]:
    """Entity values of the latest message by kind."""
    result: dict[str, list[Any]] = {}
    for entity in tracker.latest_message.get("entities") or []:
        result.setdefault(entity["entity"], []).append(entity["value"])
    return result


def find_programmes(names: tuple[str, ...]) -> tuple[tuple[Programme, ...], str]:
    """Programmes for the names, in order, and the interest: the first name, or all of them.

    An official title says it all: other words beside it ("koeien", "winkel") then only explain.
    Interests that share programmes narrow each other down.
    """
    catalogue = resources.catalogue()
    wanted = [str(name) for name in names]
    wanted = [name for name in wanted if catalogue.names.is_title(name)] or wanted
    found = [{p.number: p for p in catalogue.find(name)} for name in wanted]
    chosen = {number: p for programmes in found for number, p in programmes.items()}
    shared = [number for number in chosen if all(number in programmes for programmes in found)]
    meant = [name for name, programmes in zip(wanted, found) if programmes]
    interest = " of ".join(dict.fromkeys(meant)) if meant and not shared else "".join(wanted[:1])
    if wanted and wanted[0].isdigit():
        interest = ""
    return tuple(chosen[n] for n in shared or chosen)[:MAX_PROGRAMMES], interest


def _pick(search: Search, latest: dict[str, list[Any]], current: tuple[str, ...]) -> Search:
    """The place that is meant after "welke plaats bedoel je?": by province, part or neighbour.

    `current` is the one that was chosen before, when another is asked for.
    """
    index = resources.catalogue().places
    taken = {p.niscode for p in index.meant(current)}
    candidates = [p for p in index.meant(search.choices) if p.niscode not in taken]
    if "plaats" in latest:
        # "Halle bij Beersel": the other name tells which.
        others = [name for name in search.places if name not in search.choices]
        candidates = _named_or_near(candidates, index.meant(others or search.places))
    elif "provincie" in latest:
        candidates = [p for p in candidates if p.province == resolve_province(search.province)]
    if len(candidates) != 1:
        return search
    return replace(search, places=(candidates[0].full_name,), province="")


def _named_or_near(candidates: list[Place], said: list[Place]) -> list[Place]:
    """The candidates in the municipality that is said, else the one that is near it."""
    codes = {place.niscode for place in said}
    named = [p for p in candidates if p.niscode in codes]
    if named or not said:
        return named

    def distance(place: Place) -> float:
        return distance_km(place.lat, place.lon, said[0].lat, said[0].lon)

    return [p for p in sorted(candidates, key=distance)[:1] if distance(p) <= NEIGHBOUR_KM]
