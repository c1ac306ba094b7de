"""Dialogue glue: going on with a task, starting again, and reaching a person."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asking import Events, ask_place, keep
from actions.followup import COMPARISON, OFFERS, WHERE, follow_up
from actions.query import Asked, asked, latest_names
from actions.tasks import show, show_comparison, show_handover, show_offers
from bot.nlu.prediction import IN_DOUBT, LEANING, RULE_AND_PATHWAY

# "Meer" that is no choice of the last answer: everything has been shown.
PAST_THE_LAST = 1_000_000
# Intents that an action answers, for a message that turns out to lean on nothing.
FORMS = {"aanbod": "aanbod_form", "opleiding_info": "opleiding_form", "pad": "pad_form",
         RULE_AND_PATHWAY: "pad_form"}
RESPONSES = {IN_DOUBT: "utter_keuze"}


class ActionComplete(Action):
    """A message of names and cues: goes on with the last task, or starts the one that fits."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_informeer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """The task that `follow_up` finds; without one the message is read on its own."""
        names, wanted = latest_names(tracker), asked(tracker)
        if "buitenland" in names and not WHERE & set(names):
            ask_place(dispatcher, tracker)
            return keep(tracker)
        task = follow_up(
            tracker.get_slot("taak"), set(names), set(names.get("wens", ())),
            programme=bool(wanted.programmes), somewhere=wanted.somewhere,
            school=bool(wanted.search.schools))
        going_on = tracker.get_slot("taak") or tracker.active_loop
        if not going_on and not tracker.latest_message.get("vast"):
            return alone(dispatcher, tracker, wanted)
        if task == OFFERS and not wanted.somewhere:
            return [FollowupAction("aanbod_form")]
        if task == OFFERS and "meer" in names.get("wens", ()):
            return show_offers(dispatcher, wanted, PAST_THE_LAST)
        return show(dispatcher, wanted, task, names) if task else alone(dispatcher, tracker, wanted)


def alone(dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Asked) -> Events:
    """What the classifier made of the message without what was said before."""
    if tracker.latest_message.get("weging"):  # what was shown before may say what is meant
        dispatcher.utter_message(response=f"utter_{LEANING}")
        return []
    label = str(tracker.latest_message.get("alleen") or "")
    if label in FORMS and (label != "aanbod" or wanted.programmes or not wanted.somewhere):
        return [FollowupAction(FORMS[label])]
    if label in FORMS:
        return show_offers(dispatcher, wanted)
    if label == COMPARISON:
        return show_comparison(dispatcher, wanted, latest_names(tracker))
    dispatcher.utter_message(response=RESPONSES.get(label, f"utter_{label}"))
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
