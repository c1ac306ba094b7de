"""From a message in the queue to the calls that answer it, in the queue in its place."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Callable, List, Mapping

from bot.channels.messaging.queue import Content, Queue, Waiting
from bot.channels.messaging.turn import Answer, Reply, Turns, opening, say
from bot.failures import log_failure

logger = logging.getLogger(__name__)

NOTICE_EVERY = 24 * 3600.0
SAFETY = "safety"
ENOUGH = 5  # tries after which a person hears that it does not work
Render = Callable[[Answer], List[dict[str, Any]]]


@dataclass(frozen=True)
class Voice:
    """How an answer is shown on one channel: the app, the company behind it, and the calls."""

    channel: str
    app: str
    party: str
    render: Render


class Answering:
    """Answers the messages of one queue, as many at once as `at_once` lets through."""

    def __init__(self, voice: Voice, queue: Queue, turns: Turns, at_once: asyncio.Semaphore
                 ) -> None:
        """What waits in the queue now may have been asked before."""
        self._voice, self._queue, self._turns, self._at_once = voice, queue, turns, at_once
        self._resumed = queue.last_inbound()

    async def answer(self, row: Waiting, content: Content, failures: int) -> None:
        """Put the answers in the queue; `failures` is how often this message failed before."""
        again = row.nr <= self._resumed or failures > 0
        async with self._at_once:
            reply = (Reply((say("storing"),)) if failures >= ENOUGH else
                     await self._turns.reply(row, content, again))
        due = not reply.erase and self._queue.notice_due(row.person, NOTICE_EVERY)
        answers = self._with_notice(reply) if due else reply.answers
        calls = [content["ack"]] if "ack" in content else []
        calls += [call for answer in answers for call in self._rendered(answer)]
        self._queue.answered(row, [{"to": content["to"], "call": call} for call in calls],
                            noticed=due, erase=reply.erase)

    def _with_notice(self, reply: Reply) -> tuple[Mapping[str, Any], ...]:
        notice = opening(self._voice.app, self._voice.party)
        if any(answer.get("kind") == SAFETY for answer in reply.answers):  # before everything
            return (*reply.answers, notice)
        return (notice, *reply.answers)

    def _rendered(self, answer: Mapping[str, Any]) -> List[dict[str, Any]]:
        try:
            return self._voice.render(answer)
        except Exception as error:  # the person must hear something, whatever went wrong
            log_failure(logger, f"Antwoord kan niet getoond worden op {self._voice.channel}", error)
            return self._voice.render(say("storing"))
