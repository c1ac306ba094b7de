"""Opening a built catalogue: only one that is whole and of our version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.schema import VERSION
from bot.errors import CatalogueMissing


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
