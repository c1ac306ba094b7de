"""The task answers themselves: ask the core, send facts, remember the task."""

from __future__ import annotations

from typing import Any

import cattrs
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.query import Asked, asked, latest_names
from bot import resources
from bot.answers.compose.results import (
    HandoverShown,
    OffersShown,
    PathwayShown,
    ProgrammeShown,
    Question,
    SchoolShown,
)
from bot.catalogue.pathways import pathway
from bot.catalogue.places import distance_km
from bot.catalogue.search import full_time, search_offers

Events = list[dict[str, Any]]
CLB_RADIUS_KM = 15.0


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
    wanted = asked(tracker)
    about = wanted.programmes[0].title if len(wanted.programmes) == 1 else (
        f'opleidingen met "{wanted.interest}"' if wanted.programmes and wanted.interest else "")
    ask(dispatcher, Question("place", about=about))


def remember(task: str, awaiting: str | None = None) -> Events:
    """The task that a following "en in Gent?" goes on with."""
    return [SlotSet("taak", task), SlotSet("gevraagd", awaiting)]


def show_offers(dispatcher: CollectingDispatcher, wanted: Asked, start: int = 0) -> Events:
    """Local offers; asks which place when the name is ambiguous."""
    if len(wanted.places) > 1 and wanted.province is None:
        ask(dispatcher, Question("which_place", places=wanted.places))
        return remember("aanbod", "which_place")
    if wanted.place_text and not wanted.places:
        ask(dispatcher, unknown_place(wanted.place_text))
        return [*remember("aanbod", "place"), SlotSet("plaats", None)]
    result = search_offers(resources.catalogue(), wanted.query())
    send(dispatcher, "utter_aanbod",
         OffersShown(result, resources.catalogue().info, wanted.interest, start,
                     resources.offers_outdated()))
    return remember("aanbod", "which_programme" if len(wanted.programmes) > 1 else None)


def show_programme(dispatcher: CollectingDispatcher, wanted: Asked) -> Events:
    """One programme explained, or the ones an interest can mean."""
    catalogue = resources.catalogue()
    if not wanted.programmes:
        ask(dispatcher, Question("programme"))
        return remember("opleiding", "programme")
    known = sum(any(p.number in offered for p in wanted.programmes)
                for offered in catalogue.offers.values())
    send(dispatcher, "utter_opleiding",
         ProgrammeShown(wanted.programmes, wanted.interest, catalogue.info, known,
                        full_time(catalogue, wanted.programmes[:1])))
    return remember("opleiding", "which_programme" if len(wanted.programmes) > 1 else None)


def show_pathway(dispatcher: CollectingDispatcher, wanted: Asked, year: int | None) -> Events:
    """What follows and precedes a programme; asks which when a name can mean several."""
    catalogue = resources.catalogue()
    if not wanted.programmes:
        ask(dispatcher, Question("programme"))
        return remember("pad", "programme")
    # "na restaurant en keuken, zonder zevende jaar kok": the 7th year is where it leads.
    named = [p for p in wanted.programmes if not p.seventh] or list(wanted.programmes)
    chosen = [p for p in named if year is None or year in p.years] or named
    # "elektriek" means a 3rd-grade programme before its 7th year: the pathway shows the rest.
    chosen = [p for p in chosen if len(p.years) != 1 or len(chosen) == 1] or chosen
    third = [p for p in chosen if p.grade == "3"] or chosen
    single = third[0] if len(third) == 1 or wanted.interest in third[0].title.lower() else None
    if single is None:
        send(dispatcher, "utter_pad",
             PathwayShown(None, tuple(chosen), wanted.interest, catalogue.info))
        return remember("pad", "which_programme")
    send(dispatcher, "utter_pad",
         PathwayShown(pathway(catalogue, single.number), (), wanted.interest, catalogue.info))
    return [*remember("pad"), SlotSet("opleiding", [single.number])]


def show_school(dispatcher: CollectingDispatcher, key: str) -> Events:
    """One school with its dual offer."""
    catalogue = resources.catalogue()
    school = catalogue.schools.get(key)
    if school is None:
        ask(dispatcher, Question("school", unknown=key))
        return []
    offered = tuple(sorted(catalogue.offers[key].values(), key=lambda o: o.title))
    send(dispatcher, "utter_school", SchoolShown(school, offered, catalogue.info))
    return []


def show_handover(dispatcher: CollectingDispatcher, wanted: Asked) -> Events:
    """The CLB locations known near the place, nearest first."""
    catalogue, place = resources.catalogue(), wanted.places[0] if wanted.places else None
    near = []
    if place:
        for clb in catalogue.clbs:
            at = catalogue.places.resolve(clb.postcode)
            if at:
                distance = distance_km(place.lat, place.lon, at[0].lat, at[0].lon)
                if distance <= CLB_RADIUS_KM:
                    near.append((distance, clb.name, clb))
    clbs = tuple(clb for _, _, clb in sorted(near, key=lambda n: n[:2]))
    send(dispatcher, "utter_overdracht", HandoverShown(clbs, place))
    return remember("overdracht")


def repeat(dispatcher: CollectingDispatcher, tracker: Tracker, task: str) -> Events:
    """The same task again with what is known now."""
    wanted = asked(tracker)
    if task == "opleiding":
        return show_programme(dispatcher, wanted)
    if task == "pad":
        return show_pathway(dispatcher, wanted, None)
    if task == "overdracht":
        return show_handover(dispatcher, wanted)
    return show_offers(dispatcher, wanted)
