"""Pathways: what follows and precedes a programme, and the ways to a goal."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.asking import Events, ask, ask_programme, remember, send
from actions.followup import PATHWAY
from actions.query import Asked, find_programmes
from actions.search import Said
from bot import resources
from bot.answers.compose.results import PathwayShown, Question
from bot.answers.model import Image
from bot.catalogue.goals import goal as to_goal
from bot.catalogue.model import Programme
from bot.catalogue.narrowing import SEVENTH
from bot.catalogue.pathways import pathway
from bot.catalogue.pictures import goal_picture, route_picture
from bot.catalogue.ways import Goal


def show_way(dispatcher: CollectingDispatcher, wanted: Asked, said: Said) -> Events:
    """The ways to a goal that the message names, else what follows and precedes a programme."""
    years = said.get("jaar", ())
    if said.get("doel"):
        return show_goal(dispatcher, wanted, str(said["doel"][0]))
    goal = _goal(said)
    if goal:
        return show_goal(dispatcher, wanted, goal)
    return show_pathway(dispatcher, wanted, int(years[0]) if years else None)


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


def show_pathway(dispatcher: CollectingDispatcher, wanted: Asked, year: int | None) -> Events:
    """What follows and precedes a programme; asks which when a name can mean several."""
    catalogue = resources.catalogue()
    if not wanted.programmes:
        return ask_programme(dispatcher, wanted, PATHWAY)
    single, chosen = _meant(wanted, year)
    if single is None:
        send(dispatcher, "utter_pad",
             PathwayShown(None, tuple(chosen), wanted.interest, catalogue.info))
        return remember(PATHWAY, wanted.search, "which_programme")
    send(dispatcher, "utter_pad",
         PathwayShown(pathway(catalogue, single.number), (), wanted.interest, catalogue.info,
                      image=Image(*route_picture(catalogue, single.number))))
    return remember(PATHWAY, replace(wanted.search, programmes=(single.number,)))


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
    """The ways to a programme number, or to a graduate programme by any of its names."""
    catalogue = resources.catalogue()
    graduate = catalogue.find_goal(goal)
    if graduate is None and goal not in catalogue.programmes:
        ask(dispatcher, Question("programme", unknown=goal))
        return remember(PATHWAY, wanted.search, "programme")
    found = to_goal(catalogue, graduate.name if graduate else goal)
    picture = goal_picture(found)
    send(dispatcher, "utter_pad",
         PathwayShown(None, (), goal if graduate else "", catalogue.info, found,
                      graduate is not None and goal.strip().lower() in catalogue.professions,
                      Image(*picture) if picture else None))
    return remember(PATHWAY, replace(wanted.search, programmes=_where_to_go_on(found)))


def _where_to_go_on(found: Goal) -> tuple[str, ...]:
    """What "waar kan dat" means after a goal: the goal, or the first programme of the 3rd grade."""
    if found.programme:
        return (found.programme.number,)
    steps = [number for route in found.routes[:1]
             for number in (route.start.number, *(step.number for step in route.steps)) if number]
    programmes = resources.catalogue().programmes
    return tuple([n for n in steps if programmes[n].grade == "3"] or steps)[:1]
