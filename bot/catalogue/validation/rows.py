"""What the rules share about rows: their tables, their keys, and how an editor knows them."""

from __future__ import annotations

from typing import Sequence

from bot.catalogue.schema import TABLES, Table
from bot.catalogue.staging import Row

POSITION = ("lat", "lon")  # judged by rules of their own


def tables() -> tuple[Table, Table]:
    """The tables of schools and of offers."""
    school, offer = (next(t for t in TABLES if t.name == name) for name in ("school", "offer"))
    return school, offer


def key_of(row: Row, fields: Sequence[str]) -> tuple[str, ...]:
    """The values of these fields; a missing one is empty."""
    return tuple(row.get(field, "") for field in fields)


def school_of(row: Row) -> tuple[str, ...]:
    """The key of the school that a row is or belongs to."""
    return key_of(row, ("instelling", "vestiging"))


def name_of(row: Row) -> str:
    """What an editor recognises a row by."""
    return " ".join(filter(None, ("-".join(school_of(row)), row.get("naam") or
                                  row.get("administratieve_groep"))))
