"""Rules about coordinates; a single odd one is replaced, many refuse the retrieval."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.catalogue.places import distance_km
from bot.catalogue.reference import Municipality, Reference
from bot.catalogue.staging import Row, Staging
from bot.catalogue.validation.report import Judge
from bot.catalogue.validation.rows import POSITION, name_of

LAT, LON = (49.5, 51.6), (2.5, 6.0)  # Flanders and Brussels, with a margin
MAX_KM = 15.0
ODD_SHARE = 0.02


def judge_positions(new: Staging, reference: Reference, judge: Judge) -> Staging:
    """Judge the coordinates; give the rows back with the centre in place of an odd one."""
    missing: list[str] = []
    odd: list[str] = []
    schools: list[Row] = []
    for school in new.schools:
        at = reference.at(school.get("gemeente", ""), school.get("postcode", ""))
        absent = not all(school.get(name) for name in POSITION)
        problem = "ontbreekt" if absent else _odd(school, at)
        if problem:
            (missing if absent else odd).append(f"{name_of(school)}: {problem}")
        schools.append({**school, "lat": str(at[0].lat), "lon": str(at[0].lon)}
                       if problem and at else school)
    # The source is known to lack 1.5% of them: they may not use up the room of the odd ones.
    for rule, faults in (("coördinaat ontbreekt", missing), ("coördinaat klopt niet", odd)):
        hard = len(faults) >= ODD_SHARE * len(new.schools)
        judge(rule, faults, "Kijk het coördinatenstelsel en de volgorde lat, lon na." if hard else
              "Niets: het midden van de gemeente staat nu in de plaats.", hard)
    return replace(new, schools=tuple(schools))


def _odd(school: Row, at: Sequence[Municipality]) -> str:
    try:
        lat, lon = (float(school[name]) for name in POSITION)
    except ValueError:
        return f"{school['lat']}, {school['lon']} is geen getal"
    if not (LAT[0] <= lat <= LAT[1] and LON[0] <= lon <= LON[1]):
        return f"{lat}, {lon} ligt buiten Vlaanderen"
    away = min((distance_km(lat, lon, m.lat, m.lon) for m in at), default=0.0)
    return f"{away:.0f} km van het midden van {at[0].name}" if away >= MAX_KM else ""
