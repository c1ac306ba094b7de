"""The programmes of the stand-in, in groups, as the product about qualifications has them."""

from __future__ import annotations

from typing import Mapping

from bot.catalogue.standin.product import Entry, Record
from bot.catalogue.standin.source import FINALITY, Csv, structure, variants


def units(programmes: Mapping[str, Csv]) -> list[Entry]:
    """Groups of programmes, minimal: titles, grade, finality, dual, years, main structures."""
    grouped: dict[str, Record] = {}
    for number, row in programmes.items():
        name = row["groep"] or f"G-{9000 + int(number)}"
        group: Record = {"structuuronderdeel_groep_nummer": name,
                         "titel": row["titel"].removesuffix(" duaal")}
        optional = {"graad": row["graad"],
                    "finaliteit": FINALITY.get(row["finaliteit"], ""),
                    "opleidingsvorm": row.get("opleidingsvorm", ""),
                    "type_7de_leerjaar": row["type_7de"]}
        group |= {key: {"code": value} for key, value in optional.items() if value}
        unit = {
            "structuuronderdeel_nummer": int(number), "titel": row["titel"],
            "duaal": row["duaal"] == "1", "aanloop": row["aanloop"] == "1",
            "begindatum": row.get("begindatum", ""),
            "leerjaren": [{"code": year} for year in row["leerjaren"].split("|") if year],
            "hoofdstructuren": sorted({structure(v) for v in variants(row)}),
        }
        grouped.setdefault(name, group | {"structuuronderdelen": []})[
            "structuuronderdelen"].append(unit)
    return [Entry(record) for record in grouped.values()]
