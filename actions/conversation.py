"""Dialogue glue: going on with a task, starting again, and reaching a person."""

from __future__ import annotations

import cattrs
from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asking import Events, ask_place, keep
from actions.followup import COMPARISON, OFFERS, WHERE, follow_up
from actions.query import Asked, asked, latest_names
from actions.tasks import show, show_comparison, show_handover, show_offers
from bot import resources
from bot.nlu.leaning import Evidence, read
from bot.nlu.linear import OUT_OF_SCOPE
from bot.nlu.prediction import RULE_AND_PATHWAY
from bot.shown import last_topic

# "Meer" that is no choice of the last answer: everything has been shown.
PAST_THE_LAST = 1_000_000
# Intents that an action answers, for a message that turns out to lean on nothing.
FORMS = {"aanbod": "aanbod_form", "opleiding_info": "opleiding_form", "pad": "pad_form",
         RULE_AND_PATHWAY: "pad_form"}
ACTIONS = {"overdracht": "action_overdracht", "opnieuw": "action_opnieuw"}
RESPONSES = {"twijfel": "utter_keuze"}
ERASE = "wis_gesprek"  # never on a guess


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
            return answer(dispatcher, tracker, wanted, alone(tracker))
        if task == OFFERS and not wanted.somewhere:
            return [FollowupAction("aanbod_form")]
        if task == OFFERS and "meer" in names.get("wens", ()):
            return show_offers(dispatcher, wanted, PAST_THE_LAST)
        if task:
            return show(dispatcher, wanted, task, names)
        return answer(dispatcher, tracker, wanted, alone(tracker))


def alone(tracker: Tracker) -> str:
    """What the classifier made of the message without what was said before."""
    latest = tracker.latest_message
    return str(latest.get("alleen") or latest["intent"]["name"])


def answer(dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Asked, label: str
           ) -> Events:
    """Answer as for a message of this label."""
    if label in FORMS and (label != "aanbod" or wanted.programmes or not wanted.somewhere):
        return [FollowupAction(FORMS[label])]
    if label in FORMS:
        return show_offers(dispatcher, wanted)
    if label in ACTIONS:
        return [FollowupAction(ACTIONS[label])]
    if label == COMPARISON:
        return show_comparison(dispatcher, wanted, latest_names(tracker))
    dispatcher.utter_message(response=RESPONSES.get(label, f"utter_{label}"))
    return []


class ActionLean(Action):
    """A question that may lean on the answer shown before it."""

    def name(self) -> str:
        """Rasa's name."""
        return "action_leunt"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """The topic it means after that answer; without one it is read on its own."""
        knowledge, found = resources.knowledge(), alone(tracker)
        shown = knowledge.get(last_topic(tracker.events) or "")
        weighed = tracker.latest_message.get("weging")
        if shown is None or shown.safety or not weighed:
            return answer(dispatcher, tracker, asked(tracker), found)
        under = [knowledge.topics[name].label for name in shown.followups
                 if name in knowledge.topics]
        reading = read(cattrs.structure(weighed, Evidence), shown.label, under)
        topic = knowledge.get((reading.label or "").partition("/")[2])
        if topic and not topic.safety:
            dispatcher.utter_message(response=f"utter_{topic.label}", verder=topic == shown)
            return []
        if reading.label and not topic and reading.label != ERASE:
            return answer(dispatcher, tracker, asked(tracker), reading.label)
        if found == OUT_OF_SCOPE:
            return answer(dispatcher, tracker, asked(tracker), found)
        dispatcher.utter_message(response="utter_keuze", keuzes=list(reading.choices))
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
