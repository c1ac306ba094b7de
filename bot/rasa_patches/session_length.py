"""Start a new session after a number of turns.

RulePolicy rebuilds the states of the whole session for every prediction, so that a turn of a long
conversation costs up to nine times a first one. Slots are carried over: the search goes on.
"""

from __future__ import annotations

from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import resources

ORIGINAL = MessageProcessor._has_session_expired
ORIGINAL_SHA256 = "aa0e659a9cfa1f70616523da75045bd87d4424a03432726722c7dc80a9869200"


def _has_session_expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
    turns = sum(isinstance(event, UserUttered) for event in tracker.applied_events())
    limit = resources.settings().max_turns
    # A running form ends with its session: it gets some turns more to be answered first.
    too_long = turns >= limit + (10 if tracker.active_loop_name else 0)
    return too_long or bool(ORIGINAL(self, tracker))


def apply() -> None:
    """Replace `MessageProcessor._has_session_expired`."""
    MessageProcessor._has_session_expired = _has_session_expired
