"""Places from GeoNames (CC BY 4.0): the gazetteer and the postal dump, both called BE.txt.

The postal dump knows postcodes, the gazetteer knows municipalities. The municipality of a place is
the one of our own list, else that of a namesake nearby in the gazetteer or in our list, else the
only one that has the postcode.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Collection, Iterator, Sequence
from zipfile import BadZipFile, ZipFile, is_zipfile

from bot.catalogue.places import distance_km, place_key
from bot.catalogue.sources import LAT, LON, POSTCODE, Faults
from bot.catalogue.staging import Row
from bot.errors import CatalogueSourceError

SOURCE = "GeoNames, CC BY 4.0 (coördinaat afgerond op 0,01 graad)"
MEMBER = "BE.txt"
GAZETTEER, POSTAL = 19, 12  # numbers of columns
WALLONIA = "WAL"
COLUMNS = ("naam", "postcode", "niscode", "lat", "lon", "bron", "bron_datum")
SHOWN = 5
FAR_KM = 15.0  # no part of a municipality lies farther from its middle
NEAR_KM = 5.0  # one place seen in both files; places of the same name lie farther apart
FIX = "Download BE.zip opnieuw bij GeoNames."


@dataclass(frozen=True)
class _Place:
    names: tuple[str, ...]
    postcode: str
    niscode: str
    lat: float
    lon: float


def read_places(files: Sequence[Path], municipalities: Sequence[Row], places: Sequence[Row],
                today: str) -> tuple[tuple[Row, ...], list[str]]:
    """Rows for a new plaatsen.csv, and a Dutch report of the places that were left out.

    `files` are the postal dump and, if at hand, the gazetteer, unpacked or as zip and in any
    order; their content says which is which. `municipalities` and `places` are the rows of our
    own gemeenten.csv and plaatsen.csv; a place of ours that GeoNames does not have stays as it is.
    Raises CatalogueSourceError on a fault in a file, without a postal dump, and when a
    municipality has not one place in it.
    """
    postal: list[_Place] = []
    by_name: dict[str, list[_Place]] = {}
    nis = {row["niscode"] for row in municipalities}
    for file in files:
        for place in _read(file):
            if place.postcode:
                postal.append(place)
            elif place.niscode in nis:
                for key in {place_key(name) for name in place.names if name}:
                    by_name.setdefault(key, []).append(place)
    if not postal:
        name = files[0].name if files else "BE.txt"
        raise CatalogueSourceError(name, 0, "postcode", "geen enkel bestand heeft postcodes",
                                   "Geef ook BE.txt uit de postcodemap van GeoNames mee.")
    for row in municipalities:
        own = _Place((row["naam"],), "", row["niscode"], float(row["lat"]), float(row["lon"]))
        by_name.setdefault(place_key(row["naam"]), []).append(own)
    known = {_key(row["naam"], row["postcode"]): row for row in places}
    with_postcode: dict[str, set[str]] = {}
    for row in places:
        with_postcode.setdefault(row["postcode"], set()).add(row["niscode"])
    middles = {row["niscode"]: (float(row["lat"]), float(row["lon"])) for row in municipalities}
    rows: dict[tuple[str, str], Row] = {
        (row["naam"], row["postcode"]): {name: row[name] for name in COLUMNS} for row in places}
    report, met = [], set()
    for place in postal:
        ours = known.get(_key(place.names[0], place.postcode))
        found = ours["niscode"] if ours else (_municipality(place, by_name)
                                              or _only(with_postcode.get(place.postcode)))
        if found and distance_km(place.lat, place.lon, *middles[found]) > FAR_KM:
            report.append(f"{place.postcode} {place.names[0]}: meer dan {FAR_KM:.0f} km van het "
                          "midden van de gemeente, niet overgenomen")
        elif found:
            met.add(found)
            name = ours["naam"] if ours else place.names[0]
            rows[name, place.postcode] = {
                "naam": name, "postcode": place.postcode, "niscode": found,
                "lat": f"{place.lat:.2f}", "lon": f"{place.lon:.2f}", "bron": SOURCE,
                "bron_datum": today}
        else:
            report.append(f"{place.postcode} {place.names[0]}: gemeente niet zeker, "
                          "niet overgenomen")
    lost = [row["naam"] for row in municipalities if row["niscode"] not in met]
    if lost:
        more = f" en {len(lost) - SHOWN} andere" if len(lost) > SHOWN else ""
        raise CatalogueSourceError(MEMBER, 0, "plaats", f"geen enkele plaats van "
                                   f"{', '.join(lost[:SHOWN])}{more}", FIX)
    return tuple(rows.values()), report


def _key(name: str, postcode: str) -> tuple[str, str]:
    return place_key(name), postcode


def _municipality(place: _Place, by_name: dict[str, list[_Place]]) -> str:
    """The NIS code of the one municipality with a place of that name near it, or nothing."""
    near = {other.niscode for other in by_name.get(place_key(place.names[0]), ())
            if distance_km(place.lat, place.lon, other.lat, other.lon) <= NEAR_KM}
    return _only(near)


def _only(niscodes: Collection[str] | None) -> str:
    return next(iter(niscodes)) if niscodes and len(niscodes) == 1 else ""


def _read(file: Path) -> Iterator[_Place]:
    """Places outside Wallonia; the first line says which of both files it is."""
    try:
        lines = _text(file).split("\n")
    except (OSError, UnicodeDecodeError, BadZipFile, KeyError) as error:
        raise CatalogueSourceError(file.name, 0, "bestand", f"niet leesbaar ({error})",
                                   FIX) from error
    width = len(lines[0].split("\t"))
    if width not in (GAZETTEER, POSTAL):
        raise CatalogueSourceError(
            file.name, 1, "kolommen", f"zijn er {width}; GeoNames heeft er {GAZETTEER} "
            f"(plaatsen) of {POSTAL} (postcodes)", FIX)
    faults = Faults()
    for number, line in enumerate(lines, 1):
        values = line.rstrip("\r").split("\t")
        if values == [""]:
            continue
        if len(values) != width:
            faults.add(file.name, number, "rij",
                       f"heeft {len(values)} velden in plaats van {width}", FIX)
            continue
        place = (_postal if width == POSTAL else _gazetteer)(file, number, values, faults)
        if place:
            yield place
    faults.stop()


def _text(file: Path) -> str:
    if not is_zipfile(file):
        return file.read_text(encoding="utf-8-sig")
    with ZipFile(file) as archive, archive.open(MEMBER) as member:
        return TextIOWrapper(member, encoding="utf-8-sig").read()


def _postal(file: Path, number: int, values: list[str], faults: Faults) -> _Place | None:
    _, postcode, name, _, region, *_ = values
    if region == WALLONIA:
        return None
    if not POSTCODE.fullmatch(postcode) or not name:
        faults.add(file.name, number, "postcode", f"{postcode} {name} is geen postcode met plaats",
                   FIX)
        return None
    return _place(file, number, (name,), postcode, "", values[9:11], faults)


def _gazetteer(file: Path, number: int, values: list[str], faults: Faults) -> _Place | None:
    populated = values[6] == "P"
    if not populated or values[10] == WALLONIA:
        return None
    names = (values[1], values[2], *values[3].split(","))
    return _place(file, number, names, "", values[13], values[4:6], faults)


def _place(file: Path, number: int, names: tuple[str, ...], postcode: str, niscode: str,
           position: list[str], faults: Faults) -> _Place | None:
    degrees = []
    for field, text, (low, high) in zip(("lat", "lon"), position, (LAT, LON)):
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not low <= value <= high:
            faults.add(file.name, number, field, f"ligt niet in België: {text}", FIX)
            return None
        degrees.append(value)
    return _Place(names, postcode, niscode, *degrees)
