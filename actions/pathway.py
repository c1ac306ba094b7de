"""Dialogue `pad`: what follows or precedes a programme."""

from __future__ import annotations

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asking import Events, ask, keep, programme_slots
from actions.query import asked, latest_names
from actions.ways import one_pathway, show_way
from bot.answers.compose.results import Question


class ActionPathway(Action):
    """Show the pathway."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_pad"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Look up and send; "na 6 bakkerij" means the programme of the 6th year."""
        return show_way(dispatcher, asked(tracker), latest_names(tracker))


class ActionPathwayBeside(Action):
    """After the general rule: what it means for the programme that was named."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_pad_erbij"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Nothing when it is not certain which programme is meant: the rule has been told."""
        wanted, names = asked(tracker), latest_names(tracker)
        if "doel" in names or one_pathway(wanted, names):
            return show_way(dispatcher, wanted, names)
        return []


class ValidatePathwayForm(FormValidationAction):
    """Any programme name will do."""

    def name(self) -> str:
        """Rasa's name."""
        return "validate_pad_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> list[str]:
        """A programme, unless one is known from before."""
        return programme_slots(tracker)


class AskProgrammeForPathway(Action):
    """Ask which programme."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_ask_pad_form_opleiding"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        ask(dispatcher, Question("programme"))
        return keep(tracker)
