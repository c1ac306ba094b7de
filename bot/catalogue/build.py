"""Build the catalogue file from its sources: checked hard, written aside, renamed into place."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Mapping

import sqlite_utils

from bot.catalogue.corrections import correct
from bot.catalogue.leftovers import unfinished
from bot.catalogue.schema import TABLES, VERSION, Table
from bot.catalogue.sources import Row, read_all
from bot.errors import CatalogueError

SQL_TYPES = {str: str, int: int, float: float}
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class BuildReport:
    """Rows by table, and a Dutch line for each correction that did nothing."""

    rows: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = (f"{name:<14}{count:>7}" for name, count in self.rows.items())
        return "\n".join((*counts, *self.notes))


def build(
    source_dir: Path, target: Path, *, today: str, fetched: Path | None = None,
    places: Path | None = None, progress: Progress | None = None,
) -> BuildReport:
    """Replace `target` by a new catalogue in one step; files in `fetched` go before the others.

    `places` is the folder of fetched places, the one beside `fetched` unless told. The corrections
    that hold on `today` (ISO date) are made; the catalogue keeps them, with the day they expire.

    Raises CatalogueSourceError when a source row cannot be trusted, CatalogueError when the file
    cannot be written; `target` is then untouched and nothing half-written stays behind.
    """
    corrected = correct(read_all(source_dir, fetched, places), today)
    rows = corrected.rows
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = unfinished(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        temporary.unlink(missing_ok=True)
        _write(temporary, rows, progress or (lambda done, total, table: None))
        _sync(temporary)
        temporary.replace(target)
        _sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise _unwritable(target, error) from error
    finally:
        for leftover in (temporary, temporary.with_name(f"{temporary.name}-journal")):
            leftover.unlink(missing_ok=True)
    return BuildReport({name: len(table) for name, table in rows.items()}, corrected.notes)


def _unwritable(target: Path, error: Exception) -> CatalogueError:
    return CatalogueError(f"De catalogus {target} kan niet geschreven worden ({error}). "
                          f"Controleer de schrijfrechten en de vrije ruimte.")


def _sync(path: Path) -> None:
    """Wait until a file or folder is on disk; a system without folder handles goes on."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(file: Path, rows: dict[str, list[Row]], progress: Progress) -> None:
    database = sqlite_utils.Database(file, strict=True)
    try:
        for done, table in enumerate(TABLES):
            progress(done, len(TABLES), table.name)
            _fill(database, table, rows[table.name])
        database.table("offer").create_index(["number"])
        database.table("place").create_index(["niscode"])
        _fill_search(database, rows)
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


def _fill_search(database: sqlite_utils.Database, rows: dict[str, list[Row]]) -> None:
    """Titles and aliases of the dual programmes, found without accents (not introductory ones)."""
    database.execute("CREATE VIRTUAL TABLE search USING fts5(number UNINDEXED, title, aliases, "
                     "tokenize = 'unicode61 remove_diacritics 2')")
    aliases: dict[str, list[str]] = {}
    for row in rows["alias"]:
        for number in row["numbers"].split("|"):
            aliases.setdefault(number, []).append(row["alias"])
    database.conn.executemany(
        "INSERT INTO search VALUES (?, ?, ?)",
        [(p["number"], p["title"], ", ".join(aliases.get(p["number"], ())))
         for p in rows["programme"] if p["dual"] and not p["introductory"]],
    )
