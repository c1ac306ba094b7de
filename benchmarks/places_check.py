"""Compare the built-in places with a reference list of postcodes, by totals only.

The reference (DUAALWIJZER_TESTGEGEVENS/catalogus/postcodes_be_geo.csv) has no licence: none of its
rows is copied or printed. Exit code 1 when a bar is missed, 2 when the reference is absent.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from bot.catalogue.places import distance_km

ROOT = Path(__file__).resolve().parent.parent
REGIONS = ("antwerpen", "limburg", "oost-vlaanderen", "west-vlaanderen", "vlaams-brabant",
           "brussels hoofdstedelijk gewest")
MIN_PRESENT, MAX_MEDIAN_KM, MAX_FAR = 0.97, 3.0, 0.01
FAR_KM = 10.0

Point = tuple[float, float]


def mean_points(rows: list[tuple[str, float, float]]) -> dict[str, Point]:
    grouped: dict[str, list[Point]] = defaultdict(list)
    for code, lat, lon in rows:
        grouped[code].append((lat, lon))
    return {code: (statistics.fmean(p[0] for p in points), statistics.fmean(p[1] for p in points))
            for code, points in grouped.items()}


def read(file: Path, keep: bool) -> dict[str, Point]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return mean_points([
            (row["postcode"], float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(handle)
            if row["lat"] and (keep or (row.get("provincie_2022") or "").lower() in REGIONS)
        ])


def compare(ours: dict[str, Point], reference: dict[str, Point]) -> tuple[float, float, float]:
    """Share of postcodes present, median distance in km, share over 10 km."""
    shared = [code for code in reference if code in ours]
    distances = [distance_km(*ours[code], *reference[code]) for code in shared]
    far = sum(d > FAR_KM for d in distances) / len(distances)
    return len(shared) / len(reference), statistics.median(distances), far


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    reference = Path(os.environ.get("DUAALWIJZER_TESTGEGEVENS", "")) / \
        "catalogus" / "postcodes_be_geo.csv"
    if not reference.exists():
        print("DUAALWIJZER_TESTGEGEVENS wijst niet naar de testgegevens.")
        return 2
    present, median, far = compare(read(ROOT / "data/catalogue/plaatsen.csv", keep=True),
                                   read(reference, keep=False))
    print(f"postcodes aanwezig  {present:.1%}  (minstens {MIN_PRESENT:.0%})")
    print(f"mediane afstand     {median:.2f} km  (onder {MAX_MEDIAN_KM:.0f} km)")
    print(f"verder dan 10 km    {far:.2%}  (hoogstens {MAX_FAR:.0%})")
    return int(not (present >= MIN_PRESENT and median < MAX_MEDIAN_KM and far <= MAX_FAR))


if __name__ == "__main__":
    sys.exit(main())
