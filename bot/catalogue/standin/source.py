"""The built-in catalogue as the stand-in starts from it: rows of its CSV files."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.errors import CatalogueSourceError

Csv = dict[str, str]
DEFAULT_YEAR = "2026-2027"
STRUCTURE = {"DBSO": "312", "CDO": "312", "SYN": "315", "OV3": "321"}
SECONDARY = "311"
FINALITY = {"doorstroom": "DO", "dubbel": "DU", "arbeidsmarkt": "A"}


class Source:
    """The rows, and what is looked up in them; `year` is the first of the school year.

    Raises CatalogueSourceError for a file that cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.programmes = {row["nummer"]: row for row in _read(folder, "opleidingen.csv")}
        self.schools, self.offers = _read(folder, "scholen.csv"), _read(folder, "aanbod.csv")
        municipalities = _read(folder, "gemeenten.csv")
        self.provinces = {row["niscode"]: row["provincie"] for row in municipalities}
        names = {row["niscode"]: row["naam"] for row in municipalities}
        self.places = [p for p in _read(folder, "plaatsen.csv") if p["niscode"] in self.provinces]
        self.municipalities = [p for p in self.places if p["naam"] == names[p["niscode"]]]
        self.year = int(max((o["schooljaar"] for o in self.offers), default=DEFAULT_YEAR)[:4])

    def niscode(self, school: Csv, row: int) -> str:
        """The municipality of a school by its postcode; `row` is its line in the file."""
        found = [p for p in self.places if p["postcode"] == school["postcode"]]
        found.sort(key=lambda place: place["naam"] != school["gemeente"])
        if not found:
            raise CatalogueSourceError("scholen.csv", row, "postcode",
                                       f"{school['postcode']} staat niet in plaatsen.csv",
                                       "Verbeter de postcode of voeg de plaats toe.")
        return found[0]["niscode"]


def structure(variant: str) -> str:
    """The main structure of a variant."""
    return STRUCTURE.get(variant, SECONDARY)


def variants(programme: Csv) -> tuple[str, ...]:
    """The variants in which a programme is organised."""
    form = programme.get("onderwijsvorm") or "BSO"
    if programme.get("opleidingsvorm") == "OV3":
        return ("OV3",)
    if programme["zevende"] == "1":
        return ("", "CDO", "SYN") if programme["duaal"] == "1" else ("",)
    return (form, "DBSO", "SYN") if programme["duaal"] == "1" else (form,)


def _read(folder: Path, name: str) -> list[Csv]:
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueSourceError(name, 0, "", f"niet leesbaar ({error})",
                                   "Geef de map met de CSV-bestanden van de catalogus.") from error
