"""Dialogue glue: going on with a task, starting again, and reaching a person."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.query import asked, latest_names
from actions.tasks import Events, ask, repeat, show_handover, show_offers, show_programme
from bot.answers.compose.results import Question


class ActionComplete(Action):
    """A message of names only: goes on with the last task, or starts the one that fits."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_informeer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """A place leads to offers; a programme alone to its explanation."""
        names, task = latest_names(tracker), tracker.get_slot("taak")
        wanted = asked(tracker)
        place_named = any(kind in names for kind in ("plaats", "provincie", "straal"))
        if place_named and task != "overdracht":
            return show_offers(dispatcher, wanted)
        if task:
            return repeat(dispatcher, tracker, task)
        if wanted.programmes:
            return show_programme(dispatcher, wanted)
        ask(dispatcher, Question("programme"))
        return []


class ActionRestart(Action):
    """Forget what was searched."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_opnieuw"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Say so and clear the slots."""
        dispatcher.utter_message(response="utter_opnieuw")
        return [AllSlotsReset()]


class ActionHandover(Action):
    """Show how to reach a person."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_overdracht"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Look up and send."""
        return show_handover(dispatcher, asked(tracker))
