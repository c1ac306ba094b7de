"""A search for offers and what it found, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.model import Offered, Place, Programme, School


@dataclass(frozen=True)
class Hit:
    """One school with the trajectories asked for; distance in km as the crow flies."""

    school: School
    offered: tuple[Offered, ...]
    distance_km: float | None


@dataclass(frozen=True)
class Step:
    """One widening of a search: `kind` is gemeente, straal, provincie or overal."""

    kind: str
    radius_km: float | None = None
    province: str | None = None


@dataclass(frozen=True)
class OfferQuery:
    """A search. No programmes means every dual programme; no years means every year.

    `open_only` keeps what the source says one can enrol in. `dual_only` False also lists, when no
    programme is asked for, what is not dual. `net` keeps the schools of one of `nets.NETS`.
    """

    programmes: tuple[str, ...] = ()
    place: Place | None = None
    province: str | None = None
    radius_km: float | None = None
    years: tuple[int, ...] = ()
    open_only: bool = False
    dual_only: bool = True
    net: str = ""


@dataclass(frozen=True)
class OfferResult:
    """What was found, how far the search had to widen, and how complete the catalogue is.

    `hits` are one page of the `found` addresses, `nearest` is the first of all: the nearest when
    there is a place. `known` counts the addresses of these programmes without any filter; `total`
    is the official count.
    """

    query: OfferQuery
    programmes: tuple[Programme, ...]
    hits: tuple[Hit, ...]
    found: int
    nearest: Hit | None
    widened: tuple[Step, ...]
    known: int
    total: int | None
    related: tuple[Programme, ...]
    full_time: tuple[Programme, ...]

    @property
    def complete(self) -> bool:
        """True when every official address of these programmes is in the catalogue."""
        return self.total is not None and self.known >= self.total
