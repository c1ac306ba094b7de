"""Generated schools and offers on the built-in municipalities and programmes.

Nothing of it is real; `municipality_of` is the truth a search is held against.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.build import build
from bot.catalogue.schema import TABLES
from bot.settings import Settings

SOURCE = {"bron": "gegenereerd", "bron_datum": "2026-09-01"}
PROVINCES = {"Antwerpen", "Limburg", "Oost-Vlaanderen", "West-Vlaanderen", "Vlaams-Brabant",
             "Brussel"}
NETS = ("GO!", "Vrij gesubsidieerd", "Vrij gesubsidieerd", "Officieel gesubsidieerd", "")
KINDS = (*["School"] * 8, "CDO", "Syntra")
VARIANTS = ("BSO", "TSO", "KSO", "DBSO", "CDO", "SYN", "OV3", "")


@dataclass(frozen=True, repr=False)
class Generated:
    """A built catalogue file, its two generated tables and each school's NIS code by its key."""

    file: Path
    schools: tuple[dict[str, str], ...]
    offers: tuple[dict[str, str], ...]
    municipality_of: dict[str, str]


def generate(
    folder: Path, schools: int, offers: int, seed: int, numbers: Sequence[str] | None = None
) -> Generated:
    """Build a catalogue of that many locations and offer rows in the folder.

    Several locations share an address or a name, some schools stand under the former name of
    their municipality. `numbers` limits the programmes; without it all built-in ones are used.
    """
    chance = random.Random(seed)
    source = folder / "bron"
    source.mkdir(parents=True)
    for table in TABLES:
        shutil.copy(Settings().catalogue_source / table.file, source / table.file)
    places = read(source / "plaatsen.csv")
    towns = {t["niscode"]: t for t in read(source / "gemeenten.csv")
             if t["provincie"] in PROVINCES}
    places = [p for p in places if p["niscode"] in towns]
    programmes = [p for p in read(source / "opleidingen.csv")
                  if numbers is None or p["nummer"] in numbers]
    located: list[dict[str, str]] = []
    truth: dict[str, str] = {}
    for i in range(schools):
        school = _school(chance, i, located, places, towns, truth)
        located.append(school)
    rows = _offers(chance, located, programmes, offers)
    _write(source / "scholen.csv", located)
    _write(source / "aanbod.csv", rows)
    file = folder / "catalogus.sqlite"
    build(source, file, today=SOURCE["bron_datum"])
    return Generated(file, tuple(located), tuple(rows), truth)


def _school(
    chance: random.Random, number: int, before: list[dict[str, str]],
    places: list[dict[str, str]], towns: dict[str, dict[str, str]], truth: dict[str, str],
) -> dict[str, str]:
    if before and chance.random() < 0.15:  # another school at an address that is already there
        twin = chance.choice(before)
        school = {**twin, "instelling": str(30000 + number), "vestiging": "1"}
        if chance.random() < 0.5:
            school["naam"] = f"{chance.choice(KINDS)} {number % 37} {twin['gemeente']}"
        truth[_key(school)] = truth[_key(twin)]
        return school
    place = chance.choice(places)
    town = towns[place["niscode"]]
    former = [n for n in town["oude_namen"].split("|") if n]
    name = chance.choice(former) if former and chance.random() < 0.2 else town["naam"]
    school = {
        "instelling": str(30000 + number), "vestiging": str(chance.randrange(1, 20)),
        "naam": f"{chance.choice(KINDS)} {number % 37} {town['naam']}", "straat": "Dorp",
        "huisnummer": str(number), "postcode": place["postcode"], "gemeente": name,
        "provincie": town["provincie"],
        "lat": f"{float(place['lat']) + chance.uniform(-0.02, 0.02):.5f}",
        "lon": f"{float(place['lon']) + chance.uniform(-0.03, 0.03):.5f}",
        "net": chance.choice(NETS), "telefoon": "", "website": "",
        "fiche_url": "https://example.org", **SOURCE,
    }
    truth[_key(school)] = place["niscode"]
    return school


def _offers(
    chance: random.Random, schools: list[dict[str, str]], programmes: list[dict[str, str]],
    count: int,
) -> list[dict[str, str]]:
    result = []
    for i in range(count):
        # Some schools have a lot and some programmes are nearly everywhere; most are not.
        school = schools[min(int(chance.expovariate(2) * len(schools)), len(schools) - 1)]
        programme = programmes[min(int(chance.expovariate(4) * len(programmes)),
                                   len(programmes) - 1)]
        years = [y for y in programme["leerjaren"].split("|") if y]
        result.append({
            "instelling": school["instelling"], "vestiging": school["vestiging"],
            "nummer": programme["nummer"], "schooljaar": "2026-2027",
            "leerjaar": chance.choice([*years, ""]) if years else "",
            "variant": chance.choice(VARIANTS),
            "inschrijvingen_open": chance.choice(("1", "0", "0", "")),
            "administratieve_groep": str(i), **SOURCE,
        })
    return result


def _key(school: dict[str, str]) -> str:
    return f"{school['instelling']}-{school['vestiging']}"


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a source file."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _write(file: Path, rows: Iterable[dict[str, str]]) -> None:
    table = list(rows)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
