"""Frozen values made of the rows of a catalogue file."""

from __future__ import annotations

import sqlite3
from typing import Any, Iterator

from bot.catalogue.corrections import ADDED
from bot.catalogue.grouping import OfferRow
from bot.catalogue.model import Clb, Graduate, Info, Place, Programme, School
from bot.catalogue.places import PlaceIndex
from bot.errors import CatalogueMissing


def table(db: sqlite3.Connection, name: str) -> Iterator[sqlite3.Row]:
    """The rows of a table, in the order of its source."""
    yield from db.execute(f"SELECT * FROM {name} ORDER BY rowid")


def places(db: sqlite3.Connection) -> PlaceIndex:
    """Every place and its municipality, regions, and the names of before."""
    municipalities = {row["niscode"]: row for row in table(db, "municipality")}
    found = [
        Place(row["name"], row["postcode"], row["niscode"],
              municipalities[row["niscode"]]["name"],
              municipalities[row["niscode"]]["province"], row["lat"], row["lon"])
        for row in table(db, "place")
    ]
    named = {(p.name, p.niscode) for p in found}
    found += [Place(m["name"], None, m["niscode"], m["name"], m["province"], m["lat"], m["lon"])
              for m in municipalities.values() if (m["name"], m["niscode"]) not in named]
    # A search in a region starts from the municipality in its middle.
    found += [Place(row["name"], None, m["niscode"], m["name"], m["province"], m["lat"],
                    m["lon"], row["radius_km"])
              for row in table(db, "region") for m in [municipalities[row["niscode"]]]]
    old = [(name.strip(), m["niscode"]) for m in municipalities.values()
           for name in m["old_names"].split("|") if name.strip()]
    return PlaceIndex(found, old)


def info(db: sqlite3.Connection) -> Info:
    """School year and date of the offers; CatalogueMissing when there are none."""
    row = db.execute(
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


def key(row: sqlite3.Row) -> str:
    """The key of the school of a row, instellingsnummer-vestigingsnummer."""
    return f"{row['institution']}-{row['location']}"


def programme(row: Any) -> Programme:
    """One structuuronderdeel."""
    return Programme(
        row["number"], row["title"], row["group_number"], row["grade"],
        tuple(int(y) for y in row["years"].split("|") if y), row["finality"], row["domain"],
        row["discipline"], bool(row["dual"]), bool(row["introductory"]), bool(row["seventh"]),
        row["seventh_type"], row["special_form"], row["qualification"], row["addresses"],
        row["source"], row["source_date"],
    )


def school(row: Any) -> School:
    """One location of a school."""
    return School(
        key(row), row["name"], f"{row['street']} {row['house_number']}".strip(),
        row["postcode"], row["municipality"], row["province"], row["lat"], row["lon"],
        row["net"], row["phone"], row["website"], row["record_url"],
    )


def offer(row: Any) -> OfferRow:
    """One group that a school organises."""
    return OfferRow(key(row), row["number"], row["year"],
                    None if row["open"] is None else bool(row["open"]))


def graduate(row: Any) -> Graduate:
    """One graduate programme."""
    return Graduate(
        row["name"], row["field"], row["credits"],
        tuple(c for c in row["colleges"].split("|") if c), row["url"], row["source_date"])


def clb(row: Any) -> Clb:
    """One location of a CLB."""
    return Clb(
        row["name"], row["net"], f"{row['street']} {row['house_number']}".strip(),
        row["postcode"], row["municipality"], row["phone"], row["website"],
        row["source_url"], row["source_date"])
