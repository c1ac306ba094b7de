"""Which messages of a webhook are kept: those that are new, recent and not too many."""

from __future__ import annotations

from typing import Callable, Iterable

from bot.channels.messaging import intake
from bot.channels.messaging.expiry import EXPIRED
from bot.channels.messaging.inbound import Event
from bot.channels.messaging.queue import Queue, Received
from bot.channels.messaging.secrecy import Pseudonyms
from bot.limits import RateLimit
from bot.settings import Settings

TOO_MANY = "te_veel"


class Admission:
    """The way into the queue for the messages of one channel."""

    def __init__(self, channel: str, settings: Settings, clock: Callable[[], float]) -> None:
        """`clock` gives seconds since the epoch. SettingError when the pepper is too short."""
        self._channel, self._settings, self._clock = channel, settings, clock
        self._names = Pseudonyms(settings.secrets["PEPER"])
        self._limit = RateLimit(settings.messages_per_sender, settings.sender_window, clock)
        self._told = RateLimit(1, settings.sender_window, clock)  # that it is too much

    def take(self, events: Iterable[Event], queue: Queue) -> list[str]:
        """Keep what is new of these messages; gives whom to wake."""
        now, batch = self._clock(), []
        for event in events:
            kept = self._kept(event, queue, now)
            if kept is not None:
                batch.append(kept)
        return list(dict.fromkeys(row.person for row in queue.receive(batch)))

    def _kept(self, event: Event, queue: Queue, now: float) -> Received | None:
        key = self._names.message(self._channel, event.id)
        if queue.known(key):
            return None
        person = self._names.person(self._channel, event.person)
        sent = min(now, now if event.sent is None else event.sent)
        if sent < now - self._settings.queue_retention:
            queue.count(self._channel, EXPIRED)
            return None
        content = intake.content(event, self._settings.max_text)
        # By when they were sent: after an outage a platform delivers hours of messages at once.
        if self._limit.wait(person, sent) > 0 and not intake.urgent(content):
            queue.count(self._channel, TOO_MANY)
            if self._told.wait(person, sent) > 0:
                return None
            content = intake.fault(event, TOO_MANY)
        return Received(key, person, event.order or now, content, sent)
