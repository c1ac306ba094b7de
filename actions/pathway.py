"""Dialogue `pad`: what follows or precedes a programme."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.query import asked, latest_names
from actions.tasks import Events, ask, show_pathway
from bot.answers.compose.results import Question


class ActionPathway(Action):
    """Show the pathway."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_pad"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Look up and send; "na 6 bakkerij" means the programme of the 6th year."""
        years = latest_names(tracker).get("jaar", [])
        return show_pathway(dispatcher, asked(tracker), int(years[0]) if years else None)


class ValidatePathwayForm(FormValidationAction):
    """Any programme name will do."""

    def name(self) -> str:
        """Rasa's name."""
        return "validate_pad_form"

    def validate_opleiding(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        """Keep it: an unknown name is asked again by the action."""
        return {"opleiding": value}


class AskProgrammeForPathway(Action):
    """Ask which programme."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_ask_pad_form_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        ask(dispatcher, Question("programme"))
        return []
