"""What is deleted by itself, and when: conversations, waiting messages, feedback,
questions without an answer; and what the test bench keeps (bot/testbench/retention.py).
"""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any, Callable

from bot import purging, unanswered
from bot.channels import feedback
from bot.channels.messaging import expiry
from bot.conversations import store_of
from bot.settings import Settings
from bot.testbench import retention as bench


def begin(app: Any, settings: Settings, clock: Callable[[], float]) -> None:
    """Purge for as long as this server runs; every channel asks for it, and it begins once."""
    if not getattr(app.ctx, "purging", None):
        loop = asyncio.get_running_loop()
        app.ctx.purging = loop.create_task(_for_ever(app, settings, clock))
        app.ctx.purging_bench = loop.create_task(bench.for_ever(settings, clock))


def purge(agent: Any, settings: Settings, now: float) -> dict[str, int]:
    """Delete all that was kept its time at `now` (seconds since the epoch).

    Gives how much went, by what it was. What cannot be deleted now (the file is busy) is deleted
    in the next round and stops nothing else.
    """
    store = store_of(agent)
    today = date.fromtimestamp(now)
    oldest = today - timedelta(seconds=settings.feedback_retention)
    # When it is off, nothing stays of when it was on.
    unasked = today + timedelta(days=1) if not settings.unanswered else (
        today - timedelta(seconds=settings.unanswered_retention))
    steps: dict[str, Callable[[], int]] = {
        "gebeurtenissen": lambda: sum(
            store.purge(now - keep, f"{channel}-")
            for channel, keep in settings.conversation_retention.items()),
        # Also when every messaging channel is off: what waited then must not stay.
        "wachtende berichten": lambda: sum(
            expiry.purge(settings.messages_file, now, settings.queue_retention).values()),
        "oordelen": lambda: feedback.purge(settings.feedback_file, oldest),
        "onbeantwoorde vragen": lambda: unanswered.purge(settings.unanswered_file, unasked),
    }
    return purging.run(steps)


async def _for_ever(app: Any, settings: Settings, clock: Callable[[], float]) -> None:
    while True:
        if app.ctx.agent is not None:
            # What reaches its age before the next round goes in this one.
            purging.tell(purge(app.ctx.agent, settings, clock() + settings.purge_every))
        await asyncio.sleep(settings.purge_every)
