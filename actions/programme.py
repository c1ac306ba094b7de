"""Dialogue `opleiding`: one programme explained, and a programme chosen from a list."""

from __future__ import annotations

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asking import Events, ask, keep, programme_slots
from actions.followup import COMPARISON, PROGRAMME
from actions.query import asked, latest_names
from actions.tasks import show, show_comparison, show_programme
from bot.answers.compose.results import Question


class ActionProgramme(Action):
    """Explain the programme."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Look up and send."""
        return show_programme(dispatcher, asked(tracker))


class ActionChooseProgramme(Action):
    """A pressed programme: an answer to "welke?", else a wish to know more about it."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_kies_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Go on with the task that asked, or explain."""
        task = tracker.get_slot("taak")
        if tracker.get_slot("gevraagd") in {"which_programme", "programme"} and task:
            return show(dispatcher, asked(tracker), PROGRAMME if task == COMPARISON else task, {})
        return show_programme(dispatcher, asked(tracker))


class ActionCompare(Action):
    """Two programmes side by side."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_vergelijk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Look up and send."""
        return show_comparison(dispatcher, asked(tracker), latest_names(tracker))


class ValidateProgrammeForm(FormValidationAction):
    """Any programme name will do."""

    def name(self) -> str:
        """Rasa's name."""
        return "validate_opleiding_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> list[str]:
        """A programme, unless one is known from before."""
        return programme_slots(tracker)


class AskProgramme(Action):
    """Ask which programme."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_ask_opleiding_form_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        ask(dispatcher, Question("programme"))
        return keep(tracker)
