"""Rules about where a school is in words: province, municipality and postcode agree."""

from __future__ import annotations

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.report import Judge
from bot.catalogue.validation.rows import name_of


def judge_places(new: Staging, reference: Reference, judge: Judge) -> None:
    """Judge province, municipality and postcode, each and together."""
    provinces = {m.province for m in reference.municipalities.values()}
    judge("onbekende provincie", (
        f"{name_of(s)}: {s['provincie']}" for s in new.schools
        if s.get("provincie") and s["provincie"] not in provinces),
        f"Zet om naar een van: {', '.join(sorted(provinces))}.")
    judge("onbekende gemeente", (
        f"{name_of(s)}: {s['gemeente']}" for s in new.schools
        if s.get("gemeente") and not reference.named(s["gemeente"])),
        "Voeg de gemeente toe aan gemeenten.csv, of haar oude naam.")
    judge("postcode hoort niet bij de gemeente", (
        f"{name_of(s)}: {s['postcode']} {s.get('gemeente')}" for s in new.schools
        if s.get("postcode") and (named := reference.named(s.get("gemeente", "")))
        and not any(s["postcode"] in m.postcodes for m in named)),
        "Verbeter de postcode of voeg de plaats toe aan plaatsen.csv.")
    judge("provincie hoort niet bij de gemeente", (
        f"{name_of(s)}: {s.get('gemeente')} in {s['provincie']}" for s in new.schools
        if s.get("provincie") in provinces
        and (at := reference.at(s.get("gemeente", ""), s.get("postcode", "")))
        and s["provincie"] not in {m.province for m in at}),
        "Meld de school bij de bron; kijk na of de gemeente pas gefuseerd is.", False)
