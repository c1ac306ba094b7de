"""Rules about single fields: filled where they must be, with keys and values that can be."""

from __future__ import annotations

from typing import Iterator

from bot.catalogue.staging import Staging
from bot.catalogue.validation.rows import POSITION, key_of, name_of, tables

VALUES = {
    "leerjaar": {"", "1", "2", "3", "4", "5", "6", "7"},
    "variant": {"", "BSO", "TSO", "KSO", "DBSO", "CDO", "SYN", "OV3"},
    "inschrijvingen_open": {"", "0", "1"},
}
LINKS = ("website", "fiche_url")


def empty(staging: Staging) -> Iterator[str]:
    """Required fields without a value; coordinates have rules of their own."""
    for table, rows in zip(tables(), (staging.schools, staging.offers)):
        required = [c.source for c in table.columns if c.required and c.source not in POSITION]
        for row in rows:
            for name in required:
                if not row.get(name):
                    yield f"{name_of(row)}: {name}"


def doubles(staging: Staging) -> Iterator[str]:
    """Keys that came before, each time they come again."""
    for table, rows in zip(tables(), (staging.schools, staging.offers)):
        fields = [table.field(name) for name in table.key]
        met: set[tuple[str, ...]] = set()
        for row in rows:
            key = key_of(row, fields)
            if key in met:
                yield f"{table.file}: {', '.join(key)}"
            met.add(key)


def unexpected(staging: Staging) -> Iterator[str]:
    """Codes that nobody knows, and links that are no web address."""
    for offer in staging.offers:
        for name, allowed in VALUES.items():
            if offer.get(name, "") not in allowed:
                yield f"{name_of(offer)}: {name} is {offer[name]}"
    for school in staging.schools:
        for name in LINKS:
            value = school.get(name, "")
            if value and not value.lower().startswith(("https://", "http://")):
                yield f"{name_of(school)}: {name} is geen webadres ({value})"
