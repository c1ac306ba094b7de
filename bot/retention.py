"""What is deleted by itself, and when: conversations, waiting messages, feedback."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any, Callable

from bot.channels import feedback
from bot.channels.messaging import queue
from bot.channels.messaging.registry import PREFIXES
from bot.channels.web import SENDER_PREFIX
from bot.conversations import store_of
from bot.settings import Settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Deleted:
    """How much went in one round."""

    events: int
    waiting: int
    feedback: int


def purge(agent: Any, settings: Settings, now: float) -> Deleted:
    """Delete all that was kept its time at `now` (seconds since the epoch)."""
    store = store_of(agent)
    events = int(store.purge(now - settings.web_retention, SENDER_PREFIX))
    events += sum(store.purge(now - settings.messaging_retention, p) for p in PREFIXES)
    # Also when every messaging channel is off: what waited then must not stay.
    late = queue.purge(settings.messages_file, now, settings.queue_retention)
    oldest = date.fromtimestamp(now) - timedelta(seconds=settings.feedback_retention)
    return Deleted(events, sum(late.values()), feedback.purge(settings.feedback_file, oldest))


async def purge_for_ever(settings: Settings, clock: Callable[[], float], app: Any) -> None:
    """A round every `purge_every` seconds, once there is an agent."""
    while True:
        if app.ctx.agent is not None:
            deleted = purge(app.ctx.agent, settings, clock())
            if any(astuple(deleted)):
                logger.warning(
                    "Bewaartijd voorbij: %d gebeurtenissen, %d wachtende berichten en %d oordelen "
                    "gewist", deleted.events, deleted.waiting, deleted.feedback)
        await asyncio.sleep(settings.purge_every)
