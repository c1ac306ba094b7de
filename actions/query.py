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

    @property
    def place(self) -> Place | None:
        """The place when it is certain which one is meant."""
        return self.places[0] if len(self.places) == 1 else None

    def query(self) -> OfferQuery:
        """The search for local offers."""
        return OfferQuery(tuple(p.number for p in self.programmes),
                          self.place if self.province is None else None, self.province,
                          self.radius_km)


def asked(tracker: Tracker) -> Asked:
    """Read the slots; what the latest message names beats what was said before."""
    latest = latest_names(tracker)
    province, place_text = tracker.get_slot("provincie"), tracker.get_slot("plaats") or ""
    if "plaats" in latest and "provincie" not in latest:
        province = None
    names = tracker.get_slot("opleiding") or []
    programmes, interest = find_programmes(names)
    return Asked(
        programmes=programmes,
        interest=interest,
        places=tuple(resources.catalogue().places.resolve(place_text)) if place_text else (),
        place_text=place_text,
        province=str(province).removeprefix("provincie ") if province else None,
        radius_km=float(tracker.get_slot("straal")) if tracker.get_slot("straal") else None,
    )


def latest_names(tracker: Tracker) -> dict[str, list[Any]]:
    """Entity values of the latest message by kind."""
    result: dict[str, list[Any]] = {}
    for entity in tracker.latest_message.get("entities") or []:
        result.setdefault(entity["entity"], []).append(entity["value"])
    return result


def find_programmes(names: list[str]) -> tuple[tuple[Programme, ...], str]:
    """Programmes for the names, in order, and the first name as the person's interest."""
    catalogue = resources.catalogue()
    found: dict[str, Programme] = {}
    for name in names:
        for programme in catalogue.find(str(name)):
            found[programme.number] = programme
    interest = "" if not names or str(names[0]).isdigit() else str(names[0])
    return tuple(found.values())[:MAX_PROGRAMMES], interest
