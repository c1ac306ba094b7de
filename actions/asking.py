"""Questions back, and what a turn leaves behind for the next one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cattrs
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.query import STATE, Asked, asked, latest_names
from actions.search import Search
from bot import resources
from bot.answers.compose.results import ProgrammeShown, Question

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


def ask_programme(dispatcher: CollectingDispatcher, wanted: Asked, task: str) -> Events:
    """Which programme? Or that the one that was named cannot be done dual."""
    if wanted.not_dual:
        send(dispatcher, "utter_opleiding",
             ProgrammeShown(wanted.not_dual[:1], "", resources.catalogue().info, 0, ()))
        return remember(task, wanted.search)
    ask(dispatcher, Question("programme"))
    return remember(task, wanted.search, "programme")
