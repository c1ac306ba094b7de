"""The task answers themselves: ask the core, send facts, remember the task."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.asking import (
    Events,
    ask,
    ask_programme,
    looking_for,
    remember,
    send,
    unknown_place,
)
from actions.followup import COMPARISON, HANDOVER, OFFERS, PATHWAY, PROGRAMME, SCHOOL
from actions.query import Asked, find_programmes
from actions.search import Said
from actions.ways import show_way
from bot import resources
from bot.answers.compose.results import (
    ComparisonShown,
    HandoverShown,
    OffersShown,
    OwnClb,
    ProgrammeFacts,
    ProgrammeShown,
    Question,
    SchoolShown,
)
from bot.catalogue.model import Programme
from bot.catalogue.narrowing import EVERYWHERE
from bot.catalogue.pathways import certificate
from bot.catalogue.search import PAGE, full_time, search_offers


def show_offers(dispatcher: CollectingDispatcher, wanted: Asked, start: int = 0) -> Events:
    """Local offers; asks which place when the name is ambiguous."""
    search = wanted.search
    if wanted.not_dual and not wanted.programmes:
        return ask_programme(dispatcher, wanted, OFFERS)
    if len(wanted.places) > 1 and search.by.area != EVERYWHERE:
        ask(dispatcher, looking_for(Question("which_place", places=wanted.places), wanted))
        return remember(OFFERS, replace(search, choices=search.places), "which_place")
    if search.places and not wanted.places:
        ask(dispatcher, unknown_place(wanted.place_text))
        return remember(OFFERS, replace(search, places=()), "place")
    catalogue = resources.catalogue()
    result = search_offers(catalogue, wanted.query(), start)
    past = bool(start and result.found and not result.hits)
    if past:
        start = (result.found - 1) // PAGE * PAGE
        result = search_offers(catalogue, wanted.query(), start)
    send(dispatcher, "utter_aanbod",
         OffersShown(result, catalogue.info, wanted.interest, start,
                     resources.offers_outdated(catalogue.info), search.by, wanted.unmet, past))
    shown = tuple(hit.school.key for hit in result.hits)
    return remember(OFFERS, replace(search, schools=shown),
                    "which_programme" if len(wanted.programmes) > 1 else None)


def show_programme(dispatcher: CollectingDispatcher, wanted: Asked, start: int = 0) -> Events:
    """One programme explained, or a page of the ones an interest can mean."""
    catalogue = resources.catalogue()
    if not wanted.programmes:
        return ask_programme(dispatcher, wanted, PROGRAMME)
    known = sum(any(p.number in offered for p in wanted.programmes)
                for offered in catalogue.offers.values())
    send(dispatcher, "utter_opleiding",
         ProgrammeShown(wanted.programmes, wanted.interest, catalogue.info, known,
                        full_time(catalogue, wanted.programmes[:1]), wanted.search.by,
                        wanted.unmet, min(start, max(0, len(wanted.programmes) - 1))))
    return remember(PROGRAMME, wanted.search,
                    "which_programme" if len(wanted.programmes) > 1 else None)


def show_school(dispatcher: CollectingDispatcher, wanted: Asked, key: str) -> Events:
    """One school with its dual offer."""
    catalogue = resources.catalogue()
    school = catalogue.schools.get(key)
    if school is None:
        ask(dispatcher, Question("school", unknown=key))
        return []
    # A new catalogue may have the school without any offer.
    offered = tuple(sorted(catalogue.offers.get(key, {}).values(), key=lambda o: o.title))
    send(dispatcher, "utter_school",
         SchoolShown(school, offered, catalogue.info, catalogue.clbs_near(school.lat, school.lon)))
    return remember(SCHOOL, replace(wanted.search, schools=(key,)))


def choose_school(dispatcher: CollectingDispatcher, wanted: Asked) -> Events:
    """The school that a name means, or which of several."""
    if len(wanted.schools) == 1:
        return show_school(dispatcher, wanted, wanted.schools[0].key)
    ask(dispatcher, Question("school", schools=wanted.schools))
    return remember(SCHOOL, wanted.search, "school")


def show_comparison(dispatcher: CollectingDispatcher, wanted: Asked, said: Said) -> Events:
    """Two programmes side by side, or one dual programme beside its full-time counterpart."""
    catalogue = resources.catalogue()
    both = _compared(wanted, "voltijds" in said.get("wens", ()))
    if not both:
        return show_programme(dispatcher, wanted)
    facts = tuple(ProgrammeFacts(p, certificate(p)) for p in both)
    send(dispatcher, "utter_vergelijk", ComparisonShown(facts, catalogue.info))
    named = tuple(p.number for p in both if p.dual)
    return remember(COMPARISON, replace(wanted.search, programmes=named[:1],
                                         before=named[1:] or wanted.search.before),
                    "which_programme")


def _compared(wanted: Asked, with_full_time: bool) -> tuple[Programme, ...]:
    """One programme for each of the names that are compared; empty when there is nothing to.

    A single name stands beside the one before it, or `with_full_time` beside its counterpart.
    """
    names = wanted.search.programmes
    if len(names) < 2 and not with_full_time:
        names = (*names, *wanted.search.before)
    chosen = {}
    for name in names:
        found, _ = find_programmes((name,))
        if found:
            chosen[found[0].number] = found[0]
    if len(chosen) > 1:
        return tuple(chosen.values())[:2]
    counterpart = full_time(resources.catalogue(), wanted.programmes[:1])
    return (wanted.programmes[0], counterpart[0]) if wanted.programmes and counterpart else ()


def show_handover(dispatcher: CollectingDispatcher, wanted: Asked) -> Events:
    """The school's own CLB, and the CLB locations known near the place, nearest first."""
    settings = resources.settings()
    own = None
    if settings.clb_name:
        own = OwnClb(settings.clb_name, settings.clb_phone, settings.clb_url)
    place = wanted.places[0] if wanted.places else None
    clbs = resources.catalogue().clbs_near(place.lat, place.lon) if place else ()
    send(dispatcher, "utter_overdracht", HandoverShown(clbs, place, own))
    return remember(HANDOVER, wanted.search)


def show(dispatcher: CollectingDispatcher, wanted: Asked, task: str, said: Said) -> Events:
    """Do one task with what is known; `said` is what the latest message names."""
    if task == SCHOOL and wanted.schools:
        return choose_school(dispatcher, wanted)
    if task == SCHOOL and said.get("schoolnaam"):  # names that no school has together
        return show_school(dispatcher, wanted, " ".join(said["schoolnaam"]))
    if task == SCHOOL and wanted.search.schools:
        last, rank = wanted.search.schools, int((said.get("rang") or ["1"])[0])
        return show_school(dispatcher, wanted, last[min(rank, len(last)) - 1])
    if task == PATHWAY:
        return show_way(dispatcher, wanted, said)
    if task == COMPARISON:
        return show_comparison(dispatcher, wanted, said)
    tasks = {PROGRAMME: show_programme, HANDOVER: show_handover}
    return tasks.get(task, show_offers)(dispatcher, wanted)
