"""The conversations that people hold on the page now: in memory only, gone with the process."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Callable, Mapping, Sequence

from bot import resources
from bot.errors import InputError
from bot.testbench.database import Database
from bot.testbench.kept import turn_in_need
from bot.testbench.worker import Reply

MOST = 200  # conversations; the oldest goes
MOST_TURNS = 50
TOPIC = "onderwerp:"  # begins the payload of a button that leads to a topic
TYPED, PRESSED = "zeg", "druk"

Input = tuple[str, str]  # TYPED with the words, or PRESSED with the payload


@dataclass(frozen=True)
class Said:
    """One turn: what the person typed (as the bot may keep it) or pressed, and the reply.

    `examples` has for each label of the three nearest the example questions most like this one.
    """

    text: str
    reply: Reply
    payload: str = ""
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def crisis(self) -> bool:
        """True when it is about somebody in need: nothing of this turn may be kept."""
        return (turn_in_need(self.text, self.reply.parsed, self.reply.messages)
                or (not self.payload and _doubts_of_help(self.reply.messages)))

    @property
    def given(self) -> Input:
        """What must be said or pressed to get here again."""
        return (PRESSED, self.payload) if self.payload else (TYPED, self.text)


def _doubts_of_help(messages: Sequence[Mapping[str, Any]]) -> bool:
    """True when typed words may ask for an answer with help lines: the bot offers it as a choice.

    So it does for "ik word gepest op mijn werk", in which no pattern sees a cry for help.
    """
    topics = [resources.knowledge().get(str(button.get("payload")).removeprefix(TOPIC))
              for message in messages if message.get("kind") == "choice"
              for button in message.get("buttons") or ()]
    return any(topic is not None and topic.safety for topic in topics)


class Held:
    """Turns by person and sender, so that nobody reads along with somebody else."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Uses neither: nothing of a conversation goes to disk."""
        self._turns: OrderedDict[tuple[str, str], tuple[Said, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def turns(self, person: str, sender: str) -> tuple[Said, ...]:
        """The turns so far, the oldest first; empty for a conversation that is not there."""
        return self._turns.get((person, sender), ())

    def add(self, person: str, sender: str, said: Said) -> None:
        """One more turn; InputError when the conversation is too long to go on."""
        with self._lock:
            turns = self._turns.get((person, sender), ())
            if len(turns) >= MOST_TURNS:
                raise InputError("te_lang", f"Dit gesprek heeft al {MOST_TURNS} beurten. "
                                            "Begin een nieuw gesprek.")
            self._turns[person, sender] = (*turns, said)
            self._turns.move_to_end((person, sender))
            if len(self._turns) > MOST:
                self._turns.popitem(last=False)

    def until(self, person: str, sender: str, turn: int) -> tuple[Said, ...]:
        """The turns up to and with that number, from 0; InputError when it is gone."""
        turns = self.turns(person, sender)
        if not 0 <= turn < len(turns):
            raise InputError("weg", "Dit gesprek is er niet meer. Stel je vraag opnieuw.")
        return turns[: turn + 1]


def sender_of(text: str) -> str:
    """A sender id of a form; a new one when there is none. InputError when it is not ours."""
    if not text:
        return str(uuid.uuid4())
    try:
        value = uuid.UUID(text)
    except ValueError as error:
        raise InputError("gesprek", "Dit gesprek bestaat niet. Begin een nieuw.") from error
    if value.version != 4 or str(value) != text:
        raise InputError("gesprek", "Dit gesprek bestaat niet. Begin een nieuw.")
    return text
