"""Dialogue `aanbod`: local offers, more of them, and one school."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asking import Events, ask, ask_place, keep
from actions.followup import PROGRAMME
from actions.query import asked, latest_names, may_be_place
from actions.tasks import choose_school, show_offers, show_programme, show_school
from bot.answers.compose.results import Question


class ActionOffers(Action):
    """Show the offers of what is known; "meer" goes on where the list stopped."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_aanbod"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Search and send."""
        wanted, start = asked(tracker), int(latest_names(tracker).get("vanaf", ["0"])[0])
        if wanted.schools:
            return choose_school(dispatcher, wanted)
        if start and tracker.get_slot("taak") == PROGRAMME:
            return show_programme(dispatcher, wanted, start)
        return show_offers(dispatcher, wanted, start)


class ActionSchool(Action):
    """Show one school."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_school"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Look up and send."""
        key = str(latest_names(tracker).get("school", [""])[0])
        return show_school(dispatcher, asked(tracker), key)


class ValidateOffersForm(FormValidationAction):
    """A search needs a place, and a programme only when no place was named first."""

    def name(self) -> str:
        """Rasa's name."""
        return "validate_aanbod_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> list[str]:
        """What is still needed."""
        wanted = asked(tracker)
        if wanted.somewhere or wanted.schools or wanted.not_dual:
            return []
        if wanted.programmes or tracker.get_slot("opleiding"):
            return ["plaats"]
        return list(domain_slots)

    def validate_opleiding(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Keep it: the search explains what it found."""
        return {"opleiding": value}

    def validate_plaats(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Keep a few words: an unknown place is answered by the search, with a way on.

        A whole sentence is no place: it gets the readings it may have, and the question again.
        """
        if not may_be_place(" ".join([value] if isinstance(value, str) else value)):
            dispatcher.utter_message(response="utter_keuze")
            return {"plaats": None}
        return {"plaats": value}


class AskPlace(Action):
    """Ask for the place."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_ask_aanbod_form_plaats"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        ask_place(dispatcher, tracker)
        return keep(tracker)


class AskProgrammeForOffers(Action):
    """Ask what the person wants to learn."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_ask_aanbod_form_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        if latest_names(tracker).get("buitenland"):
            ask_place(dispatcher, tracker)
        else:
            ask(dispatcher, Question("programme"))
        return keep(tracker)
