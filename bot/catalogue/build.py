"""Build the catalogue file from its sources: checked hard, written aside, renamed into place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

import sqlite_utils

from bot.catalogue.schema import TABLES, VERSION, Table
from bot.catalogue.sources import Row, read_all

SQL_TYPES = {str: str, int: int, float: float}


@dataclass(frozen=True)
class BuildReport:
    """Rows by table."""

    rows: Mapping[str, int]

    def __str__(self) -> str:
        return "\n".join(f"{name:<14}{count:>7}" for name, count in self.rows.items())


def build(source_dir: Path, target: Path) -> BuildReport:
    """Replace `target` by a new catalogue in one step.

    Raises CatalogueSourceError when a source row cannot be trusted; `target` is then untouched.
    """
    rows = read_all(source_dir)
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        _write(temporary, rows)
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return BuildReport({name: len(table) for name, table in rows.items()})


def _write(file: Path, rows: dict[str, list[Row]]) -> None:
    database = sqlite_utils.Database(file, strict=True)
    try:
        for table in TABLES:
            _fill(database, table, rows[table.name])
        database.table("offer").create_index(["number"])
        database.table("place").create_index(["niscode"])
        database.execute(f"PRAGMA user_version = {VERSION}")
        database.analyze()
        database.conn.commit()
    finally:
        database.close()


def _fill(database: sqlite_utils.Database, table: Table, rows: list[Row]) -> None:
    database.table(table.name).create(
        {c.name: SQL_TYPES[c.kind] for c in table.columns},
        pk=table.key if len(table.key) > 1 else table.key[0],
        not_null={c.name for c in table.columns if c.required},
        foreign_keys=[(c, t, tc) for c, t, tc in table.references],
        strict=True,
    )
    database.table(table.name).insert_all(rows)
