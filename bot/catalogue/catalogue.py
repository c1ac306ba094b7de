"""The built catalogue, held as frozen values."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from typing import Iterator

from bot.catalogue import rows
from bot.catalogue.grouping import trajectories
from bot.catalogue.index import OfferIndex
from bot.catalogue.model import Clb, Graduate, Offered, Place, Programme, School
from bot.catalogue.places import distance_km
from bot.catalogue.programme_names import ProgrammeNames
from bot.catalogue.school_names import school_names


class Catalogue:
    """All of one catalogue file. The file is small: it is read once and kept in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use `opening.open_catalogue` instead."""
        connection.row_factory = sqlite3.Row
        self._db = connection
        self.programmes: dict[str, Programme] = {
            row["number"]: rows.programme(row) for row in self._rows("programme")
        }
        self.schools: dict[str, School] = {
            rows.key(row): rows.school(row) for row in self._rows("school")
        }
        self.places = rows.places(connection)
        self.outside: tuple[str, ...] = tuple(row["name"] for row in self._rows("outside"))
        self.info = rows.info(connection)

    def _rows(self, table: str) -> Iterator[sqlite3.Row]:
        return rows.table(self._db, table)

    @cached_property
    def expires(self) -> str:
        """The last day (ISO date) that all its corrections hold; empty when it has none."""
        row = self._db.execute("SELECT min(valid_until) FROM correction").fetchone()
        return row[0] or ""

    @cached_property
    def corrections(self) -> int:
        """How many corrections held when it was built."""
        return int(self._db.execute("SELECT count(*) FROM correction").fetchone()[0])

    def expired(self, today: str) -> bool:
        """True when one of its corrections holds no longer on `today` (ISO date): build anew."""
        return bool(self.expires) and self.expires < today

    @cached_property
    def place_sources(self) -> tuple[tuple[str, str, int], ...]:
        """Source, date and number of places, most places first: whom to name for them."""
        return tuple(tuple(row) for row in self._db.execute(
            "SELECT source, max(source_date), count(*) AS n FROM place GROUP BY source "
            "ORDER BY n DESC, source"))

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Programme numbers by alias as people type it."""
        return {row["alias"]: tuple(row["numbers"].split("|")) for row in self._rows("alias")}

    @cached_property
    def offers(self) -> dict[str, dict[str, Offered]]:
        """Trajectories by school key and programme number; years and variants together."""
        return trajectories(map(rows.offer, self._rows("offer")), self.programmes)

    @cached_property
    def index(self) -> OfferIndex:
        """The offers by programme and by address, for the search."""
        return OfferIndex(self.offers, self.schools, self.programmes, self.places)

    @cached_property
    def graduates(self) -> dict[str, Graduate]:
        """Graduate programmes by their name in lower case."""
        return {row["name"].lower(): rows.graduate(row) for row in self._rows("graduate")}

    @cached_property
    def goals(self) -> dict[str, Graduate]:
        """Graduate programmes by every name in lower case, also by what one becomes.

        An official name that programmes have as well is left to them.
        """
        own = {name: g for key, g in self.graduates.items() for name in (key, f"graduaat {key}")
               if name not in self.names.all}
        return own | {row["alias"].lower(): self.graduates[row["graduate"].lower()]
                      for row in self._rows("goal")}

    @cached_property
    def professions(self) -> frozenset[str]:
        """The names in `goals` that say what someone becomes."""
        return frozenset(row["alias"].lower() for row in self._rows("goal")
                         if row["kind"] == "beroep")

    def find_goal(self, value: str) -> Graduate | None:
        """The graduate programme that a name means, or None."""
        return self.goals.get(value.strip().lower())

    @cached_property
    def clbs(self) -> tuple[Clb, ...]:
        """Known CLB locations; far from complete."""
        return tuple(map(rows.clb, self._rows("clb")))

    def clbs_near(self, lat: float, lon: float, limit_km: float = 15.0) -> tuple[Clb, ...]:
        """Known CLB locations within the limit of a position, nearest first."""
        near = []
        for clb in self.clbs:
            at = self.places.resolve(clb.postcode)
            distance = distance_km(lat, lon, at[0].lat, at[0].lon) if at else None
            if distance is not None and distance <= limit_km:
                near.append((distance, clb.name, clb))
        return tuple(clb for _, _, clb in sorted(near, key=lambda n: n[:2]))

    @cached_property
    def relations(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """(kind, other number) pairs by programme number, as the official source has them."""
        result: dict[str, list[tuple[str, str]]] = {}
        for row in self._rows("relation"):
            result.setdefault(row["from_number"], []).append((row["kind"], row["to_number"]))
        return {number: tuple(pairs) for number, pairs in result.items()}

    @cached_property
    def followups(self) -> tuple[sqlite3.Row, ...]:
        """Rows from_number, target, kind, status, reason, fact: what follows what."""
        return tuple(self._rows("followup"))

    def programme(self, number: str) -> Programme | None:
        """The programme with that number."""
        return self.programmes.get(number)

    def school(self, key: str) -> School | None:
        """The school location with that key, instellingsnummer-vestigingsnummer."""
        return self.schools.get(key)

    def municipality(self, niscode: str) -> Place | None:
        """The municipality with that NIS code."""
        return self.places.municipality(niscode)

    def search(self, match: str, limit: int) -> tuple[Programme, ...]:
        """Programmes for an FTS5 expression, best first; `query.find_programmes` writes it."""
        found = self._db.execute(
            "SELECT number FROM search WHERE search MATCH ? ORDER BY rank, number LIMIT ?",
            (match, limit))
        return tuple(self.programmes[row["number"]] for row in found)

    @cached_property
    def names(self) -> ProgrammeNames:
        """What people call a programme; see `bot.catalogue.programme_names`."""
        return ProgrammeNames(self.programmes, self.aliases)

    def find(self, value: str) -> tuple[Programme, ...]:
        """Programmes for a number, a title (with or without "duaal") or an alias; dual first."""
        return self.names.find(value)

    @cached_property
    def school_names(self) -> dict[str, tuple[str, ...]]:
        """School keys by each name a school goes by; see `bot.catalogue.school_names`."""
        return school_names({key: self.schools[key] for key in self.offers})

    def close(self) -> None:
        """Close the file."""
        self._db.close()
