"""The trajectory catalogue as frozen values: what exists and where it is offered.

Searches and what they find are in `offers`, what leads where in `ways`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Programme:
    """One structuuronderdeel. `years` are school years 3 to 7; `addresses` the official count."""

    number: str
    title: str
    group: str
    grade: str
    years: tuple[int, ...]
    finality: str
    domain: str
    discipline: str
    dual: bool
    introductory: bool
    seventh: bool
    seventh_type: str
    special_form: str
    qualification: str
    addresses: int | None
    source: str
    source_date: str


@dataclass(frozen=True)
class Place:
    """A municipality, a part of one, a postcode or a region; a name can be several places.

    A region has the position of the municipality in its middle and a radius around it.
    """

    name: str
    postcode: str | None
    niscode: str
    municipality: str
    province: str
    lat: float
    lon: float
    radius_km: float | None = None

    @property
    def is_municipality(self) -> bool:
        """True when the name is that of the municipality itself."""
        return self.name == self.municipality

    @property
    def full_name(self) -> str:
        """The name with its municipality, "Hofstade (Zemst)", which names one place only."""
        return f"{self.name} ({self.municipality})"


@dataclass(frozen=True)
class School:
    """One location of a school; `key` is instellingsnummer-vestigingsnummer."""

    key: str
    name: str
    street: str
    postcode: str
    municipality: str
    province: str
    lat: float
    lon: float
    net: str
    phone: str
    website: str
    record_url: str


@dataclass(frozen=True)
class Offered:
    """One trajectory at one school: all years and variants together, as a pupil sees it."""

    number: str
    title: str
    years: tuple[int, ...]
    open: bool | None


@dataclass(frozen=True)
class Graduate:
    """A graduate programme with the colleges known to organise it."""

    name: str
    field: str
    credits: str
    colleges: tuple[str, ...]
    url: str
    source_date: str


@dataclass(frozen=True)
class Clb:
    """One location of a CLB; `source_date` may be "zonder datum"."""

    name: str
    net: str
    street: str
    postcode: str
    municipality: str
    phone: str
    website: str
    source_url: str
    source_date: str


@dataclass(frozen=True)
class Info:
    """School year and date of the offers in the catalogue."""

    school_year: str
    date: str
    offers: int
    source: str
