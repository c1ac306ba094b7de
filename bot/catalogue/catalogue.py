"""The built catalogue, opened read-only and held as frozen values."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import Any, Iterator

from bot.catalogue.corrections import ADDED
from bot.catalogue.grouping import OfferRow, trajectories
from bot.catalogue.index import OfferIndex
from bot.catalogue.model import Clb, Graduate, Info, Offered, Place, Programme, School
from bot.catalogue.places import PlaceIndex, distance_km
from bot.catalogue.programme_names import ProgrammeNames
from bot.catalogue.schema import VERSION
from bot.catalogue.school_names import school_names
from bot.errors import CatalogueMissing


class Catalogue:
    """All of one catalogue file. The file is small: it is read once and kept in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use `open_catalogue` instead."""
        connection.row_factory = sqlite3.Row
        self._db = connection
        self.programmes: dict[str, Programme] = {
            row["number"]: _programme(row) for row in self._rows("programme")
        }
        self.schools: dict[str, School] = {_key(row): _school(row) for row in self._rows("school")}
        self.places = self._places()
        self.outside: tuple[str, ...] = tuple(row["name"] for row in self._rows("outside"))
        self.info = self._info()

    def _rows(self, table: str) -> Iterator[sqlite3.Row]:
        yield from self._db.execute(f"SELECT * FROM {table} ORDER BY rowid")

    def _places(self) -> PlaceIndex:
        municipalities = {row["niscode"]: row for row in self._rows("municipality")}
        places = [
            Place(row["name"], row["postcode"], row["niscode"],
                  municipalities[row["niscode"]]["name"],
                  municipalities[row["niscode"]]["province"], row["lat"], row["lon"])
            for row in self._rows("place")
        ]
        named = {(p.name, p.niscode) for p in places}
        places += [Place(m["name"], None, m["niscode"], m["name"], m["province"], m["lat"],
                         m["lon"])
                   for m in municipalities.values() if (m["name"], m["niscode"]) not in named]
        # A search in a region starts from the municipality in its middle.
        places += [Place(row["name"], None, m["niscode"], m["name"], m["province"], m["lat"],
                         m["lon"], row["radius_km"])
                   for row in self._rows("region") for m in [municipalities[row["niscode"]]]]
        old = [(name.strip(), m["niscode"]) for m in municipalities.values()
               for name in m["old_names"].split("|") if name.strip()]
        return PlaceIndex(places, old)

    def _info(self) -> Info:
        row = self._db.execute(
            # The day of a correction is not the day of the whole, unless there is nothing else.
            "SELECT school_year, count(*) AS n, "
            "coalesce(max(source_date) FILTER (WHERE fetched), max(source_date)) AS date, "
            "coalesce(max(source) FILTER (WHERE fetched), max(source)) AS source "
            "FROM (SELECT *, group_code NOT LIKE ? AS fetched FROM offer) "
            "GROUP BY school_year ORDER BY school_year DESC", (f"{ADDED}%",)
        ).fetchone()
        if row is None:
            raise CatalogueMissing("De catalogus bevat geen aanbod. Bouw ze opnieuw met: "
                                   "duaalwijzer catalogue build")
        return Info(row["school_year"], row["date"], row["n"], row["source"])

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
        return trajectories(
            (OfferRow(_key(row), row["number"], row["year"],
                      None if row["open"] is None else bool(row["open"]))
             for row in self._rows("offer")),
            self.programmes,
        )

    @cached_property
    def index(self) -> OfferIndex:
        """The offers by programme and by address, for the search."""
        return OfferIndex(self.offers, self.schools, self.programmes, self.places)

    @cached_property
    def graduates(self) -> dict[str, Graduate]:
        """Graduate programmes by their name in lower case."""
        return {
            row["name"].lower(): Graduate(
                row["name"], row["field"], row["credits"],
                tuple(c for c in row["colleges"].split("|") if c), row["url"], row["source_date"])
            for row in self._rows("graduate")
        }

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
        return tuple(
            Clb(row["name"], row["net"], f"{row['street']} {row['house_number']}".strip(),
                row["postcode"], row["municipality"], row["phone"], row["website"],
                row["source_url"], row["source_date"])
            for row in self._rows("clb")
        )

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
        rows = self._db.execute(
            "SELECT number FROM search WHERE search MATCH ? ORDER BY rank, number LIMIT ?",
            (match, limit))
        return tuple(self.programmes[row["number"]] for row in rows)

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


def open_catalogue(file: Path) -> Catalogue:
    """Open a built catalogue read-only; CatalogueMissing says why it cannot be used."""
    advice = "Bouw ze opnieuw met: duaalwijzer catalogue build"
    if not file.is_file():
        raise CatalogueMissing(f"Er is geen catalogus in {file}. {advice}")
    connection = None
    try:
        # as_uri: a folder may have "#", "?" or "%" in its name
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True,
                                     check_same_thread=False)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            raise CatalogueMissing(f"De catalogus {file} is van versie {version}, ik lees "
                                   f"versie {VERSION}. {advice}")
        fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise CatalogueMissing(f"De catalogus {file} is beschadigd ({fault}). {advice}")
        return Catalogue(connection)
    except CatalogueMissing:
        if connection:
            connection.close()
        raise
    except (sqlite3.Error, LookupError, OSError) as error:
        if connection:
            connection.close()
        raise CatalogueMissing(f"De catalogus {file} is beschadigd ({error}). {advice}") from error


def _key(row: sqlite3.Row) -> str:
    return f"{row['institution']}-{row['location']}"


def _programme(row: Any) -> Programme:
    return Programme(
        row["number"], row["title"], row["group_number"], row["grade"],
        tuple(int(y) for y in row["years"].split("|") if y), row["finality"], row["domain"],
        row["discipline"], bool(row["dual"]), bool(row["introductory"]), bool(row["seventh"]),
        row["seventh_type"], row["special_form"], row["qualification"], row["addresses"],
        row["source"], row["source_date"],
    )


def _school(row: Any) -> School:
    return School(
        _key(row), row["name"], f"{row['street']} {row['house_number']}".strip(),
        row["postcode"], row["municipality"], row["province"], row["lat"], row["lon"],
        row["net"], row["phone"], row["website"], row["record_url"],
    )
