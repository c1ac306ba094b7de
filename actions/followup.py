"""What a message that leans on the conversation asks for (no Rasa)."""

from __future__ import annotations

from typing import AbstractSet

from bot.nlu.cues import ALONG, AREA, DOMAIN, FILTERS, FINALITY, FORM, OPEN, RADIUS, YEAR

# Values of the slot `taak`.
OFFERS, PROGRAMME, PATHWAY, COMPARISON, SCHOOL, HANDOVER = (
    "aanbod", "opleiding", "pad", "vergelijk", "school", "overdracht")
ABOUT_SCHOOL = frozenset({"contact", "route", "clb", "daar_inschrijven"})
GROUPS = frozenset({DOMAIN, FINALITY, FORM})  # "wat is dat, dubbele finaliteit" asks the word
SEARCHING = frozenset({"dichtst", "verder", "scholen", "terug", "meer"})
WHERE = frozenset({"plaats", "niet_plaats", "provincie", RADIUS, AREA})


def follow_up(
    task: str | None, kinds: AbstractSet[str], wishes: AbstractSet[str], *, programme: bool,
    somewhere: bool, school: bool,
) -> str | None:
    """The task to do, or None when nothing before or in the message says which.

    `task` is the last one; `kinds` and `wishes` are what the message names. `programme`,
    `somewhere` and `school` tell what is known by now: programmes, where to search, and a school
    that was shown.
    """
    if "schoolnaam" in kinds:
        return SCHOOL
    if school and (wishes & ABOUT_SCHOOL or ("richtingen" in wishes and not kinds & FILTERS)):
        return SCHOOL
    if "clb" in wishes:
        return HANDOVER
    if "vergelijk" in wishes and programme:
        return COMPARISON
    if wishes & {"uitleg", "wat_is_dat"} and programme and not kinds & WHERE:
        return None if kinds & GROUPS and "opleiding" not in kinds else PROGRAMME
    if wishes & ALONG and (programme or "doel" in kinds):
        return PATHWAY
    if "voltijds" in wishes and programme:
        return COMPARISON
    if "van_naar" in wishes and programme and not kinds & WHERE:
        return PATHWAY
    if "welk_jaar" in wishes and programme:
        return PROGRAMME
    if kinds & WHERE:
        return HANDOVER if task == HANDOVER and "opleiding" not in kinds else OFFERS
    if OPEN in kinds and programme:
        return OFFERS
    if wishes & SEARCHING and (somewhere or (programme and wishes & {"scholen", "dichtst"})):
        return OFFERS
    if kinds & FILTERS or "zonder_filter" in wishes:
        return _filtered(task, kinds, programme, somewhere)
    if kinds & {"opleiding", "niet_opleiding", "niet_duaal"} or wishes & {"andere", "tweede"}:
        return task if task in (OFFERS, PROGRAMME, PATHWAY) else (
            OFFERS if somewhere else PROGRAMME)
    return task if wishes & {"richtingen", "keuze"} and task else None


def _filtered(
    task: str | None, kinds: AbstractSet[str], programme: bool, somewhere: bool
) -> str | None:
    if somewhere and (task in (OFFERS, SCHOOL) or "opleiding" in kinds):
        return OFFERS
    if task == PATHWAY and YEAR not in kinds:
        return PATHWAY
    return PROGRAMME if programme and (task or "opleiding" in kinds) else None
