"""What every finished turn leaves behind, on every channel: counts, and questions without answer.

The one place where turns of all channels pass. Nothing here may slow a turn or break it: numbers
and questions wait in memory and are written some seconds later, in another thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Awaitable, Callable

from bot import resources, unanswered
from bot.channels.output import Collected
from bot.failures import log_failure
from bot.insight import Counters, Outcome, counted, outcome_of
from bot.nlu.prediction import CRISIS
from bot.settings import Settings
from bot.unanswered import CHOICES, REFUSED, Question

logger = logging.getLogger(__name__)
EVERY = 5.0  # seconds between two writes
PATIENCE = 3600.0  # seconds after which nobody takes a choice any more
MOST = 5000  # conversations of which the open choices are remembered
# Refused, but no question: "geen van deze", "dat klopt niet".
NO_QUESTION = frozenset({"utter_andere_keuze", "utter_klacht_bot"})


@dataclass(frozen=True)
class Open:
    """Choices that were offered and not yet taken; `text` is empty when it is not kept."""

    day: date
    at: float
    text: str
    payloads: frozenset[str]


class Turns:
    """Sees every turn of one server; `clock` gives seconds since the epoch."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """Nothing is seen yet."""
        self._settings, self._clock = settings, clock
        self._counters = Counters(settings.counters_file)
        # By sender, in memory only.
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._questions: list[Question] = []
        self._timer: asyncio.TimerHandle | None = None

    def around(self, handle: Callable[[Any], Awaitable[Any]]) -> Callable[[Any], Awaitable[None]]:
        """`handle`, Rasa's door for a message, with a look at what came of it."""

        async def watched(message: Any) -> None:
            try:
                await handle(message)
            finally:
                try:
                    self.finished(message)
                    self._soon(EVERY)
                except Exception as error:  # a turn is never lost by what is counted of it
                    log_failure(logger, "Tellen mislukt", error)

        return watched

    def forget(self, sender: str) -> None:
        """A conversation that was erased leaves nothing."""
        self._open.pop(sender, None)

    def finished(self, message: Any) -> None:
        """Count one turn: a `UserMessage` of Rasa whose output is a `Collected`."""
        output, parsed = message.output_channel, message.parse_data or {}
        if not isinstance(output, Collected):
            return
        before = self._open.pop(message.sender_id, None)
        need = (parsed.get("intent") or {}).get("name") == CRISIS
        if need or any(answer["kind"] == "safety" for answer in output.answers):
            return  # nothing is kept of it, nor of what was asked just before
        payload = str(parsed.get("payload") or "")
        taken = before is not None and _taken(before, payload, output)
        day = date.fromtimestamp(self._clock())
        for one in counted(output.answers, output.said, bool(payload), taken, _theme):
            self._counters.add(day, output.name(), one)
        if output.erase:
            return
        if before is not None and not taken:
            self._keep(before.day, before.text, CHOICES)
        if output.answers and not message.parse_data:
            self._typed(message, output, day)

    def _typed(self, message: Any, output: Collected, day: date) -> None:
        answer, said, text = output.answers[0], output.said[0], str(message.text or "")
        outcome = outcome_of(answer, said)
        if outcome in (Outcome.OUT_OF_SCOPE, Outcome.NOT_UNDERSTOOD) and said not in NO_QUESTION:
            self._keep(day, text, REFUSED)
        elif outcome is Outcome.CHOICE:
            payloads = frozenset(str(b["payload"]) for b in answer.get("buttons", ()))
            self._open[message.sender_id] = Open(
                day, self._clock(), text if self._settings.unanswered else "",
                payloads - {"keuze:geen"})
            if len(self._open) > MOST:
                self._open.popitem(last=False)

    def _keep(self, day: date, text: str, reason: str) -> None:
        if self._settings.unanswered and text:
            self._questions.append(Question(day, text, reason))

    def _soon(self, delay: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(delay, self._due)

    def _due(self) -> None:
        self._timer = None
        try:
            questions = self.ready()
        except Exception as error:  # better lost than kept unmasked
            log_failure(logger, "Vragen maskeren mislukt", error)
            questions = []
        asyncio.get_running_loop().run_in_executor(None, self._write, questions)
        if self._open:
            self._soon(PATIENCE / 6)

    def ready(self) -> list[Question]:
        """The questions that may be written, masked; those with a sign of concern are dropped."""
        now = self._clock()
        while self._open and next(iter(self._open.values())).at <= now - PATIENCE:
            _, left = self._open.popitem(last=False)
            self._keep(left.day, left.text, CHOICES)
        waiting, self._questions = self._questions, []
        return [replace(q, text=unanswered.masked(
                    q.text, resources.catalogue().school_names, resources.lexicon()))
                for q in waiting if not resources.crisis().detect(q.text).concern]

    def _write(self, questions: list[Question]) -> None:
        try:
            self._counters.flush()
            if questions:
                unanswered.save(self._settings.unanswered_file, questions)
        except Exception as error:  # a busy or full disk: numbers are tried again
            log_failure(logger, "Tellers bewaren mislukt", error)

    def stop(self) -> None:
        """Write what waits, at the end of the process; what nobody chose yet is not kept."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._write(self.ready())


def _taken(before: Open, payload: str, output: Collected) -> bool:
    said = {f"onderwerp:{answer['topic']}" for answer in output.answers if answer.get("topic")}
    return payload in before.payloads or bool(said & before.payloads)


def _theme(topic_id: str) -> str:
    topic = resources.knowledge().get(topic_id)
    return topic.theme if topic else ""
