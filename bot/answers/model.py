"""One bot message, in the form of the answer contract (v1)."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Mapping


@dataclass(frozen=True)
class Button:
    """A choice. `title` holds at most 20 characters, `label` is the readable form (72)."""

    title: str
    payload: str
    label: str | None = None


@dataclass(frozen=True)
class Source:
    """`checked` is the day one of us last read it; `published` the source's own date."""

    title: str
    checked: str
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True)
class Card:
    """One school, programme or step. `open` is None when the source does not say."""

    id: str
    title: str
    subtitle: str | None = None
    lines: tuple[str, ...] = ()
    url: str | None = None
    phone: str | None = None
    programme: str | None = None
    school: str | None = None
    municipality: str | None = None
    postcode: str | None = None
    distance_km: float | None = None
    open: bool | None = None
    lat: float | None = None
    lon: float | None = None
    payload: str | None = None


@dataclass(frozen=True)
class AsOf:
    """How fresh and how complete catalogue data are."""

    school_year: str
    date: str
    complete: bool | None = None
    known: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class Understood:
    """What a catalogue question was taken to mean."""

    programmes: tuple[str, ...] = ()
    interest: str | None = None
    municipality: str | None = None
    postcode: str | None = None
    province: str | None = None
    radius_km: float | None = None
    years: tuple[int, ...] = ()
    filters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Image:
    """A picture: its path on the server, with .png for .svg also as PNG, and the same in words."""

    url: str
    alt: str


@dataclass(frozen=True)
class Answer:
    """A whole message; `text` is never empty. Absent parts are left out of the JSON."""

    kind: str
    text: str
    title: str | None = None
    topic: str | None = None
    bullets: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    as_of: AsOf | None = None
    understood: Understood | None = None
    widened: tuple[str, ...] = ()
    image: Image | None = None
    map: Mapping[str, str] | None = None
    ask: str | None = None
    confidence: float | None = None
    lang: str | None = None
    ask_location: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return {"v": 1, **_plain(self)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        parts = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {k: v for k, v in parts.items() if v is not None and v != []}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value
