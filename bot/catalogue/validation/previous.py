"""Rules that hold a retrieval against the previous one: nothing much may disappear."""

from __future__ import annotations

from typing import Iterable

from bot.catalogue.staging import Row, Staging
from bot.catalogue.validation.report import Judge
from bot.catalogue.validation.rows import key_of, tables

MAX_SHRINKAGE = 0.15


def judge_against(new: Staging, old: Staging, judge: Judge) -> None:
    """Judge what was there the previous time and is no more: fields, products, values, rows."""
    judge("veld hernoemd of verdwenen", (
        f"{product}: {field} staat in geen enkel record meer" for product in sorted(old.seen)
        if product in new.seen for field in sorted(old.seen[product] - new.seen[product])),
        "Kijk in de documentatie van de bron hoe het veld nu heet en pas het ophalen aan.")
    judge("product niet meer opgehaald", (
        product for product in sorted(old.seen) if product not in new.seen),
        "Geen zorg na een wissel van bron; kijk anders na waarom het ontbreekt.", False)
    judge("kolom heeft geen enkele waarde meer", (
        f"{table.file}: {column.source}" for table, before, after in
        zip(tables(), (old.schools, old.offers), (new.schools, new.offers))
        for column in table.columns if not column.required
        and _filled(column.source, before) and after and not _filled(column.source, after)),
        "Kijk de omzetting van dit veld na.", False)
    for what, table, before, after in zip(("scholen", "aanbodrijen"), tables(),
                                          (old.schools, old.offers), (new.schools, new.offers)):
        # Rows that came twice must not hide what is gone.
        fields = [table.field(name) for name in table.key]
        was, now = (len({key_of(row, fields) for row in rows}) for rows in (before, after))
        shrunk = was - now > MAX_SHRINKAGE * was
        judge(f"te veel {what} verdwenen", [f"van {was} naar {now}"] if shrunk else [],
              "Haal opnieuw op; klopt het toch, vraag het na bij de bron.")


def _filled(name: str, rows: Iterable[Row]) -> bool:
    return any(row.get(name) for row in rows)
