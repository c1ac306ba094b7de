"""Works off the queue: messages and answers of one person in order, people beside each other.

Answering goes on while a platform is down: the answers wait, and "wis mijn gesprek" works at once.

Nothing here knows Rasa or a platform.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import Awaitable, Callable

from bot.channels.messaging.delivery import Delivery, Fate, wait
from bot.channels.messaging.expiry import EXPIRED
from bot.channels.messaging.queue import Content, Queue, Waiting
from bot.failures import log_failure

logger = logging.getLogger(__name__)

UNREADABLE, FAILED = "onleesbaar", "mislukt"
MOST = 10  # times that answering one message may fail
Answer = Callable[[Waiting, Content, int], Awaitable[None]]
Send = Callable[[Content], Awaitable[Delivery]]
Sleep = Callable[[float], Awaitable[object]]
Loop = Callable[[str], Awaitable[None]]


class Worker:
    """One task to answer and one to deliver for each person with something on `channel`."""

    def __init__(self, channel: str, queue: Queue, answer: Answer, send: Send,
                 clock: Callable[[], float], settling: float = 0.0,
                 sleep: Sleep = asyncio.sleep) -> None:
        """`answer` must put the answers in the queue and hears how often it failed before.

        `settling` is in seconds.
        """
        self._channel, self._queue, self._answer, self._send = channel, queue, answer, send
        self._clock, self._settling, self._sleep = clock, settling, sleep
        self._failures: Counter[int] = Counter()  # by the number of a message
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}

    def wake(self, person: str) -> None:
        """There is something for this person."""
        self._start("answer", self._answer_all, person)
        self._start("deliver", self._deliver_all, person)

    def resume(self) -> None:
        """Go on with what waited when the process ended."""
        for person in self._queue.people(self._channel):
            self.wake(person)

    async def stop(self) -> None:
        """Stop; what waits stays in the queue."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until nothing is left to do."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _start(self, what: str, loop: Loop, person: str) -> None:
        key = (what, person)
        if key not in self._tasks:
            self._tasks[key] = asyncio.get_running_loop().create_task(
                self._run(key, loop, person))

    async def _run(self, key: tuple[str, str], loop: Loop, person: str) -> None:
        failures = 0
        try:
            while True:
                try:
                    return await loop(person)
                except Exception as error:  # one person's trouble must not end their queue
                    failures += 1
                    log_failure(logger, f"Wachtrij van {self._channel}", error)
                    await self._sleep(wait(Delivery(Fate.LATER), failures))
        finally:
            # No await since the last look into the queue: nobody can be woken in between.
            self._tasks.pop(key, None)

    async def _answer_all(self, person: str) -> None:
        while row := self._queue.next_inbound(person):
            early = row.arrived + self._settling - self._clock()
            if early > 0:
                # Platforms deliver out of order: what was sent before it may still come.
                await self._sleep(early)
                row = self._queue.next_inbound(person) or row
            if self._hopeless(row) or row.content is None:
                self._queue.answered(row, ())
                continue
            failures = self._failures.pop(row.nr, 0)
            try:
                await self._answer(row, row.content, failures)
            except Exception:
                self._failures[row.nr] = failures + 1
                if failures < MOST:
                    raise
                self._drop(FAILED)  # what comes after it must not wait for ever
                self._queue.answered(row, ())
            self._start("deliver", self._deliver_all, person)

    async def _deliver_all(self, person: str) -> None:
        failures = 0
        while row := self._queue.next_outbound(person):
            if self._hopeless(row) or row.content is None:
                self._queue.delivered(row)
                continue
            delivery = await self._send(row.content)
            if delivery.fate is Fate.LATER:
                failures += 1
                await self._sleep(wait(delivery, failures))
                continue
            failures = 0
            if delivery.fate is Fate.NEVER:
                self._drop(delivery.reason)
            self._queue.delivered(row)

    def _hopeless(self, row: Waiting) -> bool:
        if row.content is not None and not self._queue.expired(row):
            return False
        self._drop(UNREADABLE if row.content is None else EXPIRED)
        return True

    def _drop(self, reason: str) -> None:
        self._queue.count(self._channel, reason)
        logger.warning("%s: een bericht is niet afgeleverd (%s)", self._channel, reason)
