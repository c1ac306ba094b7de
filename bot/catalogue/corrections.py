"""Hand-made corrections that expire (afwijkingen.csv), laid over schools and offers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.catalogue.schema import TABLES, Column

Row = dict[str, Any]
Rows = dict[str, list[Row]]
FILE = "afwijkingen.csv"
FIRST_ROW = 2  # row 1 is the header
OPEN, REMOVE, ADD = "inschrijvingen_open", "verwijder", "toevoegen"
# The number of an offer that only a correction knows; no source numbers its groups like this.
ADDED = "afwijking "
_SCHOOL = ("naam", "straat", "huisnummer", "postcode", "gemeente", "provincie", "lat", "lon",
           "telefoon", "website")
_COLUMNS = {t.name: {c.source: c for c in t.columns} for t in TABLES}
_OPEN = _COLUMNS["offer"][OPEN]
# What may be corrected, and the column that says which values its correction may have.
FIELDS: dict[str, dict[str, Column]] = {
    "school": {name: _COLUMNS["school"][name] for name in _SCHOOL},
    "aanbod": {OPEN: replace(_OPEN, required=True), ADD: _OPEN,
               REMOVE: replace(_OPEN, name="removed")},
}


def column_of(correction: Row) -> Column | None:
    """What the value of a correction must be like; None for a kind or field that cannot be."""
    return FIELDS.get(correction["kind"], {}).get(correction["field"])


@dataclass(frozen=True)
class Corrected:
    """Rows by table with the corrections in them, and a Dutch line for each that did nothing.

    Of the corrections themselves only those that have not expired are left.
    """

    rows: Rows
    notes: tuple[str, ...]


def correct(rows: Rows, today: str) -> Corrected:
    """Lay the corrections that hold on `today` (ISO date) over the checked rows, one by one.

    The last day of a correction is geldig_tot. The rows that are given stay as they are.
    """
    schools = {(row["institution"], row["location"]): row for row in rows["school"]}
    offers = list(rows["offer"])
    valid, notes = [], []
    for number, correction in enumerate(rows["correction"], FIRST_ROW):
        if correction["valid_until"] < today:
            notes.append(f"{_name(number, correction)}: vervallen op {correction['valid_until']}, "
                         f"niet meer toegepast")
            continue
        valid.append(correction)
        if correction["kind"] == "school":
            reason = _correct_school(schools, correction)
        else:
            reason, offers = _correct_offers(offers, schools, number, correction)
        if reason:
            notes.append(f"{_name(number, correction)}: kan weg, {reason}")
    return Corrected({**rows, "school": list(schools.values()), "offer": offers,
                      "correction": valid}, tuple(notes))


def _correct_school(schools: dict[tuple[str, str], Row], correction: Row) -> str:
    """Why the correction does nothing, or nothing when it is made."""
    key = (correction["institution"], correction["location"])
    if key not in schools:
        return "de school staat niet in de bron"
    column, value = _typed(correction)
    if schools[key][column.name] == value:
        return "de bron zegt nu hetzelfde"
    schools[key] = {**schools[key], column.name: value}
    return ""


def _correct_offers(offers: list[Row], schools: dict[tuple[str, str], Row], number: int,
                    correction: Row) -> tuple[str, list[Row]]:
    """Why the correction does nothing, or nothing when it is made; and the offers after it."""
    meant = [row for row in offers
             if all(row[name] == correction[name] for name in ("institution", "location", "number"))
             and correction["year"] in ("", str(row["year"]))]
    column, value = _typed(correction)
    if correction["field"] == ADD:
        if meant:
            return "het aanbod staat nu in de bron", offers
        if (correction["institution"], correction["location"]) not in schools:
            return "de school staat niet in de bron", offers
        return "", [*offers, _added(offers, number, correction, value)]
    if not meant:
        return "het aanbod staat niet in de bron", offers
    gone = {id(row) for row in meant}
    if correction["field"] == REMOVE:
        return "", [row for row in offers if id(row) not in gone]
    if all(row[column.name] == value for row in meant):
        return "de bron zegt nu hetzelfde", offers
    return "", [{**row, column.name: value} if id(row) in gone else row for row in offers]


def _added(offers: list[Row], number: int, correction: Row, opened: Any) -> Row:
    same = ("institution", "location", "number", "source", "source_date")
    year = int(correction["year"]) if correction["year"] else None
    return {**{name: correction[name] for name in same}, "year": year, "variant": "",
            "open": opened,
            "school_year": max((row["school_year"] for row in offers), default=""),
            "group_code": f"{ADDED}{number}"}


def _typed(correction: Row) -> tuple[Column, Any]:
    column = FIELDS[correction["kind"]][correction["field"]]
    value = correction["value"]
    return column, column.kind(value) if value or column.kind is str else None


def _name(number: int, correction: Row) -> str:
    what = " ".join(filter(None, (
        f"{correction['institution']}-{correction['location']}", correction["number"],
        correction["field"])))
    return f"{FILE}, rij {number} ({what})"
