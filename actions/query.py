"""What the conversation asks for: slots and the latest names, looked up in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from bot import resources
from bot.catalogue.model import OfferQuery, Place, Programme

MAX_PROGRAMMES = 12


@dataclass(frozen=True)
class Asked:
    """The question as it stands after the latest message."""

    programmes: tuple[Programme, ...]
    interest: str
    places: tuple[Place, ...]
    place_text: str
    province: str | None
    radius_km: float | None
    years: tuple[int, ...] = ()
    open_only: bool = False

    @property
    def place(self) -> Place | None:
        """The place when it is certain which one is meant."""
        return self.places[0] if len(self.places) == 1 else None

    def query(self) -> OfferQuery:
        """The search for local offers."""
        return OfferQuery(tuple(p.number for p in self.programmes),
                          self.place if self.province is None else None, self.province,
                          self.radius_km or (self.place.radius_km if self.place else None),
                          years=self.years, open_only=self.open_only)


def asked(tracker: Tracker) -> Asked:
    """Read the slots; what the latest message names beats what was said before."""
    latest = latest_names(tracker)
    province, named = tracker.get_slot("provincie"), tracker.get_slot("plaats") or []
    places = [named] if isinstance(named, str) else [str(name) for name in named]
    if "plaats" in latest and "provincie" not in latest:
        province = None
    names = tracker.get_slot("opleiding") or []
    programmes, interest = find_programmes(names)
    return Asked(
        programmes=programmes,
        interest=interest,
        places=tuple(resources.catalogue().places.meant(places)),
        place_text=" ".join(places),
        province=str(province).removeprefix("provincie ") if province else None,
        radius_km=float(tracker.get_slot("straal")) if tracker.get_slot("straal") else None,
        years=tuple(int(year) for year in latest.get("jaar", [])),
        open_only="open" in latest,
    )


def latest_names(tracker: Tracker) -> dict[str, list[Any]]:
    """Entity values of the latest message by kind."""
    result: dict[str, list[Any]] = {}
    for entity in tracker.latest_message.get("entities") or []:
        result.setdefault(entity["entity"], []).append(entity["value"])
    return result


def find_programmes(names: list[str]) -> tuple[tuple[Programme, ...], str]:
    """Programmes for the names, in order, and the first name that counts as the interest.

    An official title says it all: other words beside it ("koeien", "winkel") then only explain.
    Interests that share programmes narrow each other down.
    """
    catalogue = resources.catalogue()
    wanted = [str(name) for name in names]
    wanted = [name for name in wanted if catalogue.is_title(name)] or wanted
    found = [{p.number: p for p in catalogue.find(name)} for name in wanted]
    chosen = {number: p for programmes in found for number, p in programmes.items()}
    shared = [number for number in chosen if all(number in programmes for programmes in found)]
    interest = "" if not wanted or wanted[0].isdigit() else wanted[0]
    return tuple(chosen[n] for n in shared or chosen)[:MAX_PROGRAMMES], interest
