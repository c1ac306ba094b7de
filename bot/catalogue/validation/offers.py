"""Rules about offers: their school, their programme, and whether the names agree on dual."""

from __future__ import annotations

import re

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Row, Staging
from bot.catalogue.validation.report import Judge
from bot.catalogue.validation.rows import name_of, school_of

DUAL = re.compile(r"(?i:\bdua(?:al|le)\b)|\bDL\b")


def judge_offers(new: Staging, reference: Reference, judge: Judge) -> None:
    """Judge what offers refer to, and whether group and programme agree on dual."""
    programmes = reference.programmes
    schools = {school_of(row) for row in new.schools}
    judge("aanbod zonder school", (
        f"{name_of(o)}: staat niet bij de scholen" for o in new.offers
        if school_of(o) not in schools),
        "Haal scholen en aanbod samen op, uit dezelfde bron.")
    judge("onbekende opleiding", (
        f"{name_of(o)}: nummer {o['nummer']} bestaat niet" for o in new.offers
        if o.get("nummer") and o["nummer"] not in programmes),
        "Voeg de opleiding toe aan opleidingen.csv of verbeter de koppeling.")
    judge("duaal past niet bij de naam", (
        f"{name_of(o)}: {known.title}, groep {_group(o) or 'zonder naam'}" for o in new.offers
        if (known := programmes.get(o.get("nummer", "")))
        and known.dual != bool(DUAL.search(_group(o)) or (known.dual and DUAL.search(known.title)))
    ), "Verbeter de koppeling van de groep met de opleiding.")


def _group(offer: Row) -> str:
    """The name of the administrative group; sources that give a code only have none."""
    return " ".join(value for name in ("administratieve_groep", "groep_naam")
                    if not (value := offer.get(name, "")).isdigit()).strip()
