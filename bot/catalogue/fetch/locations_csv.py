"""The list of school locations of data-onderwijs.vlaanderen.be (CSV), turned into schools.

Directors and e-mail addresses in the list are not taken over.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pyproj import Transformer

from bot.catalogue.fetch.groups import NETS
from bot.catalogue.fetch.tables import csv_rows, filled, retrieval, whole_number
from bot.catalogue.places import resolve_province
from bot.catalogue.sources import POSTCODE, Faults
from bot.catalogue.staging import Row, Staging

SOURCE = "Onderwijs Vlaanderen, lijst van vestigingsplaatsen"
URL = "https://data-onderwijs.vlaanderen.be/onderwijsaanbod/csv.ashx?s=01&n=2&hs=311+312+315+321"
RECORD_URL = "https://data-onderwijs.vlaanderen.be/onderwijsaanbod/instelling?sn="
REQUIRED = ("schoolnummer", "intern_vplnummer", "net", "naam", "straat", "huisnummer",
            "postcode", "gemeente", "provincie", "lx", "ly", "telefoon", "website",
            "einddatum", "ingerichte hoofdstructuren")
SECONDARY = {"311", "312", "315", "321"}
# Belgium in Lambert 72, in metres.
X, Y = (0.0, 300_000.0), (0.0, 260_000.0)
FIX = "Verbeter de waarde of download het bestand opnieuw."


def read_locations(file: Path, today: str) -> Staging:
    """Schools for secondary education that still exist on `today` (ISO date).

    An unknown position leaves lat and lon empty. Raises CatalogueSourceError with all faults.
    """
    seen: set[str] = set()
    faults = Faults()
    schools: dict[tuple[str, str], Row] = {}
    number = 1
    for number, row in filled(csv_rows(file, REQUIRED), seen):
        structures = set(re.findall(r"\d+", row["ingerichte hoofdstructuren"]))
        if not structures & SECONDARY or _ended(file, number, row, today, faults):
            continue
        school = _school(file, number, row, today, faults)
        key = school["instelling"], school["vestiging"]
        if schools.get(key, school) != school:
            faults.add(file.name, number, "schoolnummer + intern_vplnummer",
                       f"dubbele sleutel {'-'.join(key)}", "Schrap een van de twee rijen.")
        schools[key] = school
    faults.stop()
    return Staging(tuple(schools.values()), (),
                   (retrieval(file, SOURCE, URL, today, number - 1),),
                   {"vestigingen": frozenset(seen)})


def wgs84(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a Lambert 72 position in metres (EPSG:31370)."""
    lon, lat = _transformer().transform(x, y)
    return lat, lon


def _school(file: Path, number: int, row: Row, today: str, faults: Faults) -> Row:
    def fault(field: str, reason: str) -> None:
        faults.add(file.name, number, field, reason, FIX)

    for field in ("naam", "straat", "gemeente"):
        if not row[field]:
            fault(field, "is leeg")
    keys = {}
    for field in ("schoolnummer", "intern_vplnummer"):
        value = whole_number(row[field])
        if value is None:
            fault(field, f"is geen geheel getal: {row[field]}" if row[field] else "is leeg")
        keys[field] = value or f"?{number}"
    province = resolve_province(row["provincie"])
    if province is None:
        fault("provincie", f"{row['provincie']} is geen Vlaamse provincie of Brussel")
    if not POSTCODE.fullmatch(row["postcode"]):
        fault("postcode", f"{row['postcode']} is geen postcode")
    lat, lon = _position(file, number, row, faults)
    website = row["website"]
    return {
        "instelling": keys["schoolnummer"], "vestiging": keys["intern_vplnummer"],
        "naam": row["naam"], "straat": row["straat"],
        "huisnummer": row["huisnummer"], "postcode": row["postcode"],
        "gemeente": row["gemeente"], "provincie": province or "", "lat": lat, "lon": lon,
        "net": NETS.get(row["net"], row["net"]), "telefoon": row["telefoon"],
        "website": website if not website or "://" in website else f"https://{website}",
        "fiche_url": RECORD_URL + keys["schoolnummer"], "bron": SOURCE, "bron_url": URL,
        "bron_datum": today}


def _position(file: Path, number: int, row: Row, faults: Faults) -> tuple[str, str]:
    """Latitude and longitude as text with 5 decimals (a metre); empty when unknown."""
    metres = []
    for field, (low, high) in (("lx", X), ("ly", Y)):
        try:
            value = float(row[field].replace(",", ".") or 0)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            faults.add(file.name, number, field,
                       f"is geen Lambert 72-coördinaat in België: {row[field]}", FIX)
            return "", ""
        metres.append(value)
    if 0 in metres:
        return "", ""
    lat, lon = wgs84(*metres)
    return f"{lat:.5f}", f"{lon:.5f}"


def _ended(file: Path, number: int, row: Row, today: str, faults: Faults) -> bool:
    """Whether the location has closed; the list writes 31/12/4444 for "no end"."""
    if not row["einddatum"]:
        return False
    try:
        # A time may follow the day.
        end = datetime.strptime(row["einddatum"].split()[0], "%d/%m/%Y").date()
    except ValueError:
        faults.add(file.name, number, "einddatum", f"is geen datum: {row['einddatum']}",
                   "Schrijf dag/maand/jaar.")
        return False
    return end.isoformat() < today


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:31370", "EPSG:4326", always_xy=True)
