"""Rules about the school year: one, written well, not over, not before the previous one."""

from __future__ import annotations

import re
from datetime import date

from bot.catalogue.staging import Staging
from bot.catalogue.validation.report import Judge
from bot.errors import CatalogueError


def judge_school_year(new: Staging, old: Staging | None, today: str, judge: Judge) -> None:
    """Judge the school years of the offers; CatalogueError when `today` is no ISO date."""
    try:
        day = date.fromisoformat(today)
    except ValueError as error:
        raise CatalogueError(f"De datum van vandaag is geen datum: {today}. "
                             f"Schrijf ze als 2026-11-26.") from error
    start = day.year if day.month >= 9 else day.year - 1
    years = _school_years(new)
    judge("meer dan één schooljaar", (
        f"{year}: {sum(o.get('schooljaar') == year for o in new.offers)} rijen"
        for year in years if len(years) > 1), "Haal één schooljaar op.")
    judge("schooljaar is fout geschreven", (y for y in years if not _is_school_year(y)),
          "Schrijf het schooljaar als 2026-2027.")
    before = max(_school_years(old), default="") if old else ""
    judge("schooljaar ouder dan dat van de vorige ophaling", (
        f"{year}, vorige keer {before}" for year in years if _is_school_year(year)
        and year < before), "Haal het lopende schooljaar op.")
    judge("schooljaar is voorbij", (
        f"{year}, vandaag {today}" for year in years
        if _is_school_year(year) and int(year[:4]) < start),
        "Haal opnieuw op zodra de bron het nieuwe schooljaar heeft.", False)


def _school_years(staging: Staging) -> list[str]:
    return sorted({o["schooljaar"] for o in staging.offers if o.get("schooljaar")})


def _is_school_year(text: str) -> bool:
    return bool(re.fullmatch(r"20\d\d-20\d\d", text)) and int(text[5:]) == int(text[:4]) + 1
