"""The task answers themselves: ask the core, send facts, remember the task."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cattrs
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.followup import COMPARISON, HANDOVER, PATHWAY, PROGRAMME, SCHOOL
from actions.query import STATE, Asked, asked, find_programmes, latest_names
from actions.search import Said, Search
from bot import resources
from bot.answers.compose.results import (
    ComparisonShown,
    HandoverShown,
    OffersShown,
    OwnClb,
    PathwayShown,
    ProgrammeFacts,
    ProgrammeShown,
    Question,
    SchoolShown,
)
from bot.answers.model import Image
from bot.catalogue.goals import goal as to_goal
from bot.catalogue.model import Goal, Programme
from bot.catalogue.narrowing import EVERYWHERE, SEVENTH
from bot.catalogue.pathways import certificate, pathway
from bot.catalogue.pictures import goal_picture, route_picture
from bot.catalogue.search import PAGE, full_time, search_offers

Events = list[dict[str, Any]]


def send(dispatcher: CollectingDispatcher, response: str, result: object) -> None:
    """Hand facts to the way out."""
    dispatcher.utter_message(response=response, resultaat=cattrs.unstructure(result))


def ask(dispatcher: CollectingDispatcher, question: Question) -> None:
    """Ask a question back."""
    send(dispatcher, "utter_vraag", question)


def unknown_place(name: str) -> Question:
    """The question after a place that is not ours: not known, or outside Flanders and Brussels."""
    outside = {place.casefold() for place in resources.catalogue().outside}
    return Question("place", unknown=name, outside=name.strip().casefold() in outside)


def ask_place(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Ask for a place: with what is looked for, or why the place that was named is none of ours."""
    outside = latest_names(tracker).get("buitenland", [])
    if outside:
        ask(dispatcher, unknown_place(outside[0]))
        return
    ask(dispatcher, looking_for(Question("place"), asked(tracker)))


def looking_for(question: Question, wanted: Asked) -> Question:
    """The question with what is looked for, so that the person sees what was understood."""
    titles = tuple(dict.fromkeys(p.title for p in wanted.programmes))
    about = titles[0] if len(titles) == 1 else (
        f'opleidingen met "{wanted.interest}"' if titles and wanted.interest else "")
    return replace(question, about=about, titles=titles)


def remember(task: str, search: Search, awaiting: str | None = None) -> Events:
    """The task and the search that a following "en in Gent?" goes on with.

    The slots that the forms fill are emptied: what they held is in the search.
    """
    return [SlotSet("taak", task), SlotSet("gevraagd", awaiting),
            SlotSet(STATE, cattrs.unstructure(search)), SlotSet("opleiding", None),
            SlotSet("plaats", None)]


def programme_slots(tracker: Tracker) -> list[str]:
    """The slots a form must still ask for when all it needs is a programme or a goal."""
    wanted = asked(tracker)
    known = wanted.programmes or wanted.not_dual or "doel" in latest_names(tracker)
    return [] if known else ["opleiding"]


def keep(tracker: Tracker) -> Events:
    """The search with what the latest message adds, kept while a form asks on."""
    return [SlotSet(STATE, cattrs.unstructure(asked(tracker).search))]


def show_offers(dispatcher: CollectingDispatcher, wanted: Asked, start: int = 0) -> Events:
    """Local offers; asks which place when the name is ambiguous."""
    search = wanted.search
    if wanted.not_dual and not wanted.programmes:
        return ask_programme(dispatcher, wanted, "aanbod")
    if len(wanted.places) > 1 and search.by.area != EVERYWHERE:
        ask(dispatcher, looking_for(Question("which_place", places=wanted.places), wanted))
        return remember("aanbod", replace(search, choices=search.places), "which_place")
    if search.places and not wanted.places:
        ask(dispatcher, unknown_place(wanted.place_text))
        return remember("aanbod", replace(search, places=()), "place")
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
    return remember("aanbod", replace(search, schools=shown),
                    "which_programme" if len(wanted.programmes) > 1 else None)


def ask_programme(dispatcher: CollectingDispatcher, wanted: Asked, task: str) -> Events:
    """Which programme? Or that the one that was named cannot be done dual."""
    if wanted.not_dual:
        send(dispatcher, "utter_opleiding",
             ProgrammeShown(wanted.not_dual[:1], "", resources.catalogue().info, 0, ()))
        return remember(task, wanted.search)
    ask(dispatcher, Question("programme"))
    return remember(task, wanted.search, "programme")


def show_programme(
    dispatcher: CollectingDispatcher, wanted: Asked, start: int = 0
) -> Events:
    """One programme explained, or a page of the ones an interest can mean."""
    catalogue = resources.catalogue()
    if not wanted.programmes:
        return ask_programme(dispatcher, wanted, "opleiding")
    known = sum(any(p.number in offered for p in wanted.programmes)
                for offered in catalogue.offers.values())
    send(dispatcher, "utter_opleiding",
         ProgrammeShown(wanted.programmes, wanted.interest, catalogue.info, known,
                        full_time(catalogue, wanted.programmes[:1]), wanted.search.by,
                        wanted.unmet, min(start, max(0, len(wanted.programmes) - 1))))
    return remember("opleiding", wanted.search,
                    "which_programme" if len(wanted.programmes) > 1 else None)


def show_way(dispatcher: CollectingDispatcher, wanted: Asked, said: Said) -> Events:
    """The ways to a goal that the message names, else what follows and precedes a programme."""
    years = said.get("jaar", ())
    if said.get("doel"):
        return show_goal(dispatcher, wanted, str(said["doel"][0]))
    goal = _goal(said)
    if goal:
        return show_goal(dispatcher, wanted, goal)
    return show_pathway(dispatcher, wanted, int(years[0]) if years else None)


def show_pathway(dispatcher: CollectingDispatcher, wanted: Asked, year: int | None) -> Events:
    """What follows and precedes a programme; asks which when a name can mean several."""
    catalogue = resources.catalogue()
    if not wanted.programmes:
        return ask_programme(dispatcher, wanted, "pad")
    single, chosen = _meant(wanted, year)
    if single is None:
        send(dispatcher, "utter_pad",
             PathwayShown(None, tuple(chosen), wanted.interest, catalogue.info))
        return remember("pad", wanted.search, "which_programme")
    send(dispatcher, "utter_pad",
         PathwayShown(pathway(catalogue, single.number), (), wanted.interest, catalogue.info,
                      image=Image(*route_picture(catalogue, single.number))))
    return remember("pad", replace(wanted.search, programmes=(single.number,)))


def _goal(said: Said) -> str | None:
    """The programme number or graduate programme that the message wants to reach, if it says so.

    "Hoe word ik X" names it first; of two programmes in "van X naar Y" and "X, en daarna Y" it is
    the last.
    """
    names, wishes = said.get("opleiding", ()), set(said.get("wens", ()))
    if "hoe_word" not in wishes and (len(names) < 2 or not wishes & {"van_naar", "erna"}):
        return None
    if "hoe_word" in wishes:
        graduate = next((n for n in names if resources.catalogue().find_goal(str(n))), None)
        if graduate:
            return str(graduate)
    wanted = names[:1] if "hoe_word" in wishes else names[-1:]
    found, _ = find_programmes(tuple(wanted))
    return next((p.number for p in found), None)


def one_pathway(wanted: Asked, said: Said) -> bool:
    """True when it is certain which programme a question about what follows means."""
    years = said.get("jaar", ())
    year = int(years[0]) if years else None
    single, _ = _meant(wanted, year) if wanted.programmes else (None, [])
    return single is not None


def _meant(wanted: Asked, year: int | None) -> tuple[Programme | None, list[Programme]]:
    """The programme that a pathway is asked of, and the ones that it can be."""
    # "na restaurant en keuken, zonder zevende jaar kok": the 7th year is where it leads.
    asked_seventh = bool(wanted.named) and year == SEVENTH and not any(
        p.seventh for p in wanted.named)
    meant = wanted.named if asked_seventh else wanted.programmes
    named = [p for p in meant if not p.seventh] or list(meant)
    chosen = [p for p in named if year is None or year in p.years] or named
    # "elektriek" means a 3rd-grade programme before its 7th year: the pathway shows the rest.
    chosen = [p for p in chosen if len(p.years) != 1 or len(chosen) == 1] or chosen
    third = [p for p in chosen if p.grade == "3"] or chosen
    called = bool(wanted.interest) and wanted.interest in third[0].title.lower()
    single = third[0] if len(third) == 1 or called else None
    if single is None and len(wanted.named) == 1:
        single = wanted.named[0]  # its 7th years were shown: all that follows stands together
    return single, chosen


def show_goal(dispatcher: CollectingDispatcher, wanted: Asked, goal: str) -> Events:
    """The ways to a programme number, or to a graduate programme by any of its names.

    What follows is about the first programme of the first way.
    """
    catalogue = resources.catalogue()
    graduate = catalogue.find_goal(goal)
    if graduate is None and goal not in catalogue.programmes:
        ask(dispatcher, Question("programme", unknown=goal))
        return remember("pad", wanted.search, "programme")
    found = to_goal(catalogue, graduate.name if graduate else goal)
    picture = goal_picture(found)
    send(dispatcher, "utter_pad",
         PathwayShown(None, (), goal if graduate else "", catalogue.info, found,
                      graduate is not None and goal.strip().lower() in catalogue.professions,
                      Image(*picture) if picture else None))
    return remember("pad", replace(wanted.search, programmes=_where_to_go_on(found)))


def _where_to_go_on(found: Goal) -> tuple[str, ...]:
    """What "waar kan dat" means after a goal: the goal, or the first programme of the 3rd grade."""
    if found.programme:
        return (found.programme.number,)
    steps = [number for route in found.routes[:1]
             for number in (route.start.number, *(step.number for step in route.steps)) if number]
    programmes = resources.catalogue().programmes
    return tuple([n for n in steps if programmes[n].grade == "3"] or steps)[:1]


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
    return remember("school", replace(wanted.search, schools=(key,)))


def choose_school(dispatcher: CollectingDispatcher, wanted: Asked) -> Events:
    """The school that a name means, or which of several."""
    if len(wanted.schools) == 1:
        return show_school(dispatcher, wanted, wanted.schools[0].key)
    ask(dispatcher, Question("school", schools=wanted.schools))
    return remember("school", wanted.search, "school")


def show_comparison(dispatcher: CollectingDispatcher, wanted: Asked, said: Said) -> Events:
    """Two programmes side by side, or one dual programme beside its full-time counterpart."""
    catalogue = resources.catalogue()
    both = _compared(wanted, "voltijds" in said.get("wens", ()))
    if not both:
        return show_programme(dispatcher, wanted)
    facts = tuple(ProgrammeFacts(p, certificate(p))
                  for p in both)
    send(dispatcher, "utter_vergelijk", ComparisonShown(facts, catalogue.info))
    named = tuple(p.number for p in both if p.dual)
    return remember("vergelijk", replace(wanted.search, programmes=named[:1],
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
    return remember("overdracht", wanted.search)


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
