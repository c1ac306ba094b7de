"""Judge fetched schools and offers before they replace the catalogue: a report by rule, in Dutch.

A hard rule refuses the whole retrieval, the previous catalogue then stays; a warning does not.
"""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue.reference import Reference
from bot.catalogue.staging import Staging
from bot.catalogue.validation.fields import doubles, empty, unexpected
from bot.catalogue.validation.offers import judge_offers
from bot.catalogue.validation.persons import persons
from bot.catalogue.validation.places import judge_places
from bot.catalogue.validation.positions import judge_positions
from bot.catalogue.validation.previous import judge_against
from bot.catalogue.validation.report import Judge, Report
from bot.catalogue.validation.school_year import judge_school_year


def validate(new: Staging, old: Staging | None, reference: Reference, today: str) -> Report:
    """Hold `new` against the rules, the previous retrieval and the reference.

    `today` is an ISO date. Raises CatalogueError when it is not; faults in the rows never raise,
    they are findings.
    """
    new, judge = _tidy(new), Judge()
    judge("verplicht veld is leeg", empty(new),
          "Haal opnieuw op; blijft het leeg, dan is het veld bij de bron hernoemd.")
    judge("dubbele sleutel", doubles(new),
          "Ontdubbel bij het ophalen; kijk na of een bladzijde twee keer kwam.")
    judge("onverwachte waarde", unexpected(new),
          "Pas de omzetting van de bron aan de nieuwe code aan.")
    judge_offers(new, reference, judge)
    judge_places(new, reference, judge)
    judge_school_year(new, old, today, judge)
    judge("gegeven van een persoon", persons(new),
          "Neem dit veld niet over bij het ophalen; bewaar het ook niet.")
    judge("niets opgehaald", (f"geen enkele rij met {what}" for what, rows in
                              (("scholen", new.schools), ("aanbod", new.offers)) if not rows),
          "Kijk de sleutel, het adres en de filters van de bron na.")
    if old:
        judge_against(new, _tidy(old), judge)
    cleaned = judge_positions(new, reference, judge)
    return Report(tuple(sorted(judge.findings, key=lambda f: not f.hard)), cleaned)


def _tidy(staging: Staging) -> Staging:
    """Without space around values; a row cut short in its file has empty values."""
    schools, offers = (
        tuple({name: (value or "").strip() for name, value in row.items() if name is not None}
              for row in rows) for rows in (staging.schools, staging.offers))
    return replace(staging, schools=schools, offers=offers)
