"""What the conversation says about the turn that is being answered."""

from __future__ import annotations

from typing import Callable, Iterator, NamedTuple

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.insight import REFUSED
from bot.nlu.normaliser import MASKED
from bot.nlu.prediction import CRISIS
from bot.shown import KIND, last_topic

# Replies by which the bot did not help.
FAILED = frozenset(REFUSED)


class Said(NamedTuple):
    """One reply: the name of the response behind it, and its kind in the contract."""

    name: str
    kind: str


def first_of_turn(tracker: DialogueStateTracker) -> bool:
    """True while nothing has been said yet on the latest message."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return False
        if isinstance(event, UserUttered):
            return True
    return True


def failures_in_a_row(tracker: DialogueStateTracker) -> int:
    """How many turns just before the latest message the bot did not help."""
    return _in_a_row(tracker, lambda said: said.name in FAILED and said.kind != "knowledge")


def doubts_in_a_row(tracker: DialogueStateTracker) -> int:
    """How many turns just before the latest message the bot offered choices."""
    return _in_a_row(tracker, lambda said: said.kind == "choice")


def topic_shown(tracker: DialogueStateTracker) -> str | None:
    """The id of the topic that the latest message may lean on."""
    return last_topic(event.as_dict() for event in reversed(tracker.events))


def personal_data_is_new(tracker: DialogueStateTracker) -> bool:
    """True when the latest message is the first from which personal data was taken out."""
    masked = [bool(MASKED.search(str(e.text or "").lower())) for e in tracker.events
              if isinstance(e, UserUttered) and e.intent.get("name") != CRISIS]
    latest = tracker.latest_message
    crisis = latest is not None and latest.intent.get("name") == CRISIS
    return bool(masked) and not crisis and masked[-1] and not any(masked[:-1])


def _in_a_row(tracker: DialogueStateTracker, fits: Callable[[Said], bool]) -> int:
    count = 0
    for said in _earlier_turns(tracker):
        if not any(map(fits, said)):
            break
        count += 1
    return count


def _earlier_turns(tracker: DialogueStateTracker) -> Iterator[list[Said]]:
    """The replies of each earlier turn, latest turn first."""
    said: list[Said] = []
    current = True
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            metadata = event.metadata or {}
            said.append(Said(str(metadata.get("utter_action")), str(metadata.get(KIND))))
        elif isinstance(event, UserUttered):
            if not current:
                yield said
            current, said = False, []
