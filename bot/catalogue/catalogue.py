"""The built catalogue, opened read-only and held as frozen values."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import Any, Iterator

from bot.catalogue.grouping import OfferRow, trajectories
from bot.catalogue.index import OfferIndex
from bot.catalogue.model import Clb, Graduate, Info, Offered, Place, Programme, School
from bot.catalogue.places import PlaceIndex, distance_km
from bot.catalogue.schema import VERSION
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
            "SELECT school_year, max(source_date) AS date, count(*) AS n, max(source) AS source "
            "FROM offer GROUP BY school_year ORDER BY school_year DESC"
        ).fetchone()
        if row is None:
            raise CatalogueMissing("De catalogus bevat geen aanbod. Bouw ze opnieuw met: "
                                   "duaalwijzer catalogue build")
        return Info(row["school_year"], row["date"], row["n"], row["source"])

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
    def clbs(self) -> tuple[Clb, ...]:
        """Known CLB locations; far from complete."""
        return tuple(
            Clb(row["name"], row["net"], f"{row['street']} {row['house_number']}".strip(),
                row["postcode"], row["municipality"], row["phone"], row["website"],
                row["source_url"], row["source_date"])
            for row in self._rows("clb")
        )

    def clbs_near(self, place: Place, limit_km: float = 15.0) -> tuple[tuple[Clb, float], ...]:
        """Known CLB locations within the limit with their distance in km, nearest first."""
        near = []
        for clb in self.clbs:
            at = self.places.resolve(clb.postcode)
            distance = distance_km(place.lat, place.lon, at[0].lat, at[0].lon) if at else None
            if distance is not None and distance <= limit_km:
                near.append((clb, distance))
        return tuple(sorted(near, key=lambda n: (n[1], n[0].name)))

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

    def find(self, value: str) -> tuple[Programme, ...]:
        """Programmes for a number, a title (with or without "duaal") or an alias; dual first."""
        if value in self.programmes:
            return (self.programmes[value],)
        wanted = value.strip().lower()
        if wanted in self._titles:
            return self._titles[wanted]
        return tuple(self.programmes[n] for n in self.aliases.get(wanted, ()))

    def is_title(self, value: str) -> bool:
        """True for the number or the official title of a programme, False for an alias."""
        return value in self.programmes or value.strip().lower() in self._titles

    @cached_property
    def _titles(self) -> dict[str, tuple[Programme, ...]]:
        result: dict[str, list[Programme]] = {}
        for programme in self.programmes.values():
            if programme.introductory or not programme.dual:
                continue
            title = programme.title.lower()
            for name in {title, title.removesuffix(" duaal")}:
                result.setdefault(name, []).append(programme)
        # The ordinary programme stands for its name; the OV3 ones only when there is no other.
        return {name: tuple([p for p in found if not p.special_form] or found)
                for name, found in result.items()}

    @property
    def programme_names(self) -> dict[str, str]:
        """Every name a programme is recognised by, with the value that `find` takes."""
        names = {name: name for name in self._titles}
        names.update({alias: alias for alias in self.aliases})
        return names

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
