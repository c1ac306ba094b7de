"""The trajectory catalogue as frozen values: what exists, where it is offered, what follows."""

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
class Link:
    """A step to or from a programme. `official` is False for links inferred from the field.

    `facts` are the lines of the dossiers it rests on, such as trajecten:Z20; `checked` is the date
    of the list of colleges.
    """

    kind: str
    title: str
    number: str | None
    official: bool
    dual: bool = False
    addresses: int | None = None
    colleges: tuple[str, ...] = ()
    url: str = ""
    reason: str = ""
    facts: tuple[str, ...] = ()
    checked: str = ""

    @property
    def status(self) -> str:
        """officieel or afgeleid."""
        return "officieel" if self.official else "afgeleid"


@dataclass(frozen=True)
class Pathway:
    """What comes before and after a programme, and the certificate it leads to (OK2, OK3, …)."""

    programme: Programme
    certificate: str
    rules: tuple[str, ...]
    after: tuple[Link, ...]
    before: tuple[Link, ...]


@dataclass(frozen=True)
class Route:
    """One way to a goal: where it starts, and what follows in order; the last step is the goal."""

    start: Programme
    steps: tuple[Link, ...]

    @property
    def official(self) -> bool:
        """True when every step is an official order."""
        return all(step.official for step in self.steps)


@dataclass(frozen=True)
class Goal:
    """A programme or a graduate programme that someone wants to reach, with ways to it.

    `target` is a programme number or the name of a graduate programme. `certificate` is what it
    gives, GRADUAAT for a graduate programme; `rules` who may start.
    """

    target: str
    title: str
    programme: Programme | None
    graduate: Graduate | None
    certificate: str
    rules: tuple[str, ...]
    routes: tuple[Route, ...]


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
