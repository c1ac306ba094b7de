"""Dialogue `opleiding`: one programme explained, and a programme chosen from a list."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.query import asked
from actions.tasks import Events, ask, repeat, show_programme
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
            return repeat(dispatcher, tracker, task)
        return show_programme(dispatcher, asked(tracker))


class ValidateProgrammeForm(FormValidationAction):
    """Any programme name will do."""

    def name(self) -> str:
        """Rasa's name."""
        return "validate_opleiding_form"

    def validate_opleiding(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Keep it: an unknown name is asked again by the action."""
        return {"opleiding": value}


class AskProgramme(Action):
    """Ask which programme."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_ask_opleiding_form_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        ask(dispatcher, Question("programme"))
        return []
