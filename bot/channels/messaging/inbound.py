"""What a platform's webhook brings, in one form for all platforms (pure)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Iterator, Mapping

ID = re.compile(r"[\x21-\x7e]{1,512}")
LARGEST = 2**53  # the largest whole number that JSON carries safely

# What a person may send that is not text; the words stand in data/teksten/kanalen.yml.
PICTURE, VOICE, VIDEO, STICKER, DOCUMENT, OTHER = (
    "foto", "spraak", "video", "sticker", "document", "ander")

# What an app's start button says for a person.
HELLO = "hallo"


@dataclass(frozen=True)
class Event:
    """One message of one person.

    `id` is unique within the platform, `person` is the platform's name for the sender and `to`
    what a reply needs to reach them. `order` sorts the messages of one person as they were sent;
    `sent` is in seconds since the epoch. `ack` is a call that only confirms the event.
    """

    id: str
    person: str
    to: Mapping[str, str]
    sent: float | None
    order: float
    text: str | None = None
    payload: str | None = None
    location: tuple[float, float] | None = None
    media: str | None = None
    ack: Mapping[str, Any] | None = None

    @property
    def empty(self) -> bool:
        """True when there is nothing to answer."""
        return self.text is self.payload is self.location is self.media is None


def mapping(value: Any, *path: str) -> Mapping[str, Any]:
    """The object at that path; an empty one when there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def objects(value: Any, key: str) -> Iterator[Mapping[str, Any]]:
    """The objects in a list under a key; whatever else stands there is passed over."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return (item for item in found if isinstance(item, Mapping)) \
        if isinstance(found, list) else iter(())


def words(value: Mapping[str, Any], key: str) -> str | None:
    """A text that is not empty, or None."""
    found = value.get(key)
    return found if isinstance(found, str) and found else None


def name(value: Mapping[str, Any], key: str) -> str | None:
    """An identifier of a platform: printable ASCII without spaces; a whole number becomes text."""
    found = value.get(key)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < LARGEST:
        return str(found)
    return found if isinstance(found, str) and ID.fullmatch(found) else None


def number(value: Any) -> float | None:
    """A number that can be reckoned with, also when it is written as text."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and abs(found) < LARGEST else None


def position(value: Mapping[str, Any], lat: str, lon: str) -> tuple[float, float] | None:
    """A position on earth, rounded to 0.01 degree (about 1 km) before anyone else sees it."""
    north, east = number(value.get(lat)), number(value.get(lon))
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    return round(north, 2), round(east, 2)
