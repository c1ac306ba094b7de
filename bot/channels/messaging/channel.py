"""What the messaging channels share: webhook in, queue, turn, and calls out."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, Callable, ClassVar, Dict, List, Mapping, Optional

import aiohttp
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import resources, retention
from bot.channels.messaging import intake
from bot.channels.messaging.delivery import LATER, Delivery
from bot.channels.messaging.inbound import Event
from bot.channels.messaging.queue import EXPIRED, Content, Queue, Received, Waiting
from bot.channels.messaging.secrecy import Pseudonyms, Sealed
from bot.channels.messaging.turn import Reply, Turns, opening, say
from bot.channels.messaging.worker import Sleep, Worker
from bot.channels.output import Collected, OnMessage
from bot.conversations import store_of
from bot.failures import log_failure
from bot.limits import RateLimit
from bot.settings import Settings

logger = logging.getLogger(__name__)
Clock = Callable[[], float]

COMMON_SECRETS = ("PEPER", "BERICHTSLEUTEL")
NOTICE_EVERY = 24 * 3600.0
MAX_WEBHOOK = 3 * 1024 * 1024  # Meta puts up to 1,000 messages in one call
TOO_MANY = "te_veel"
CONNECT, READ = 5.0, 20.0  # seconds
SAFETY = "safety"
ENOUGH = 5  # tries after which a person hears that it does not work


@dataclass(frozen=True)
class Call:
    """One HTTP POST to a platform."""

    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]


class MessagingChannel(InputChannel):
    """A platform that calls a webhook and is answered through its own API.

    The webhook is acknowledged when its messages are on disk; the rest happens after it.
    """

    app: ClassVar[str]  # how people call the app
    party: ClassVar[str]  # the company behind it
    needs: ClassVar[tuple[str, ...]]  # secrets beside the common ones
    output: ClassVar[type[Collected]]

    def __init__(self, settings: Settings, clock: Clock = time.time, sleep: Sleep = asyncio.sleep,
                 one_at_a_time: asyncio.Semaphore | None = None) -> None:
        """`clock` gives seconds since the epoch. SettingError when the key cannot be used.

        A turn is work for this process, so the channels share `one_at_a_time`: more turns at once
        would only delay the webhooks.
        """
        self.settings, self._clock, self._sleep = settings, clock, sleep
        self.on = not missing(type(self), settings)
        if not self.on:
            return
        self._names = Pseudonyms(self.secret("PEPER"))
        self._sealed = Sealed(self.secret("BERICHTSLEUTEL"))
        self._limit = RateLimit(settings.messages_per_sender, settings.sender_window, clock)
        self._told = RateLimit(1, settings.sender_window, clock)  # that it is too much
        self._one_at_a_time = one_at_a_time or asyncio.Semaphore(1)
        self._resumed = 0
        self.queue: Queue
        self.worker: Worker
        self._turns: Turns
        self._session: aiohttp.ClientSession

    def secret(self, name: str) -> str:
        """A secret from the environment."""
        return self.settings.secrets[name]

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """Made by Rasa from credentials.yml; the secrets are in the environment."""
        channel = cls(resources.settings())
        if not channel.on:
            logger.warning(status(cls, channel.settings))
        return channel

    @abstractmethod
    def parse(self, body: Mapping[str, Any]) -> List[Event]:
        """The messages of a webhook; never raises."""

    @abstractmethod
    def render(self, answer: Mapping[str, Any]) -> List[Dict[str, Any]]:
        """The calls that show an answer, without recipient."""

    @abstractmethod
    def call(self, to: Mapping[str, str], rendered: Mapping[str, Any]) -> Call:
        """The HTTP call of one rendered part."""

    @abstractmethod
    def judge(self, status: int, headers: Mapping[str, str], body: Any) -> Delivery:
        """What the platform's answer means."""

    @abstractmethod
    def signed(self, request: Request) -> bool:
        """True when the platform itself sent this webhook."""

    def verify(self, request: Request) -> HTTPResponse:
        """The answer to a platform that checks the address; most do not."""
        return response.empty(405)

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The webhook; without secrets there is none."""
        routes = Blueprint(f"{self.name()}_channel", __name__)
        if not self.on:
            return routes

        @routes.get("/webhook")
        async def _verify(request: Request) -> HTTPResponse:
            return self.verify(request)

        @routes.post("/webhook")
        async def _webhook(request: Request) -> HTTPResponse:
            return self._webhook(request)

        @routes.listener("after_server_start")
        async def _begin(app: Sanic, _loop: Any) -> None:
            await self.begin(app, on_new_message)

        @routes.listener("before_server_stop")
        async def _end(_app: Sanic, _loop: Any) -> None:
            await self.end()

        return routes

    async def begin(self, app: Sanic, on_new_message: OnMessage) -> None:
        """Open the queue and go on with what waited there."""
        app.config.REQUEST_MAX_SIZE = max(app.config.REQUEST_MAX_SIZE, MAX_WEBHOOK)
        self.queue = Queue(self.settings.messages_file, self._sealed, self._clock,
                           self.settings.queue_retention)
        self._resumed = self.queue.last_inbound()
        self._turns = Turns(self.output, self.app, lambda: store_of(app.ctx.agent), on_new_message,
                            self.settings.turn_timeout)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=16),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=READ))
        self.worker = Worker(self.name(), self.queue, self._answer, self._send, self._clock,
                             self.settings.settling, self._sleep)
        self.worker.resume()
        retention.begin(app, self.settings, self._clock)

    async def end(self) -> None:
        """Stop; what waits stays on disk."""
        await self.worker.stop()
        await self._session.close()
        self.queue.close()

    def _webhook(self, request: Request) -> HTTPResponse:
        if not self.signed(request):
            return response.empty(403)
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            return response.empty(400)
        for person in self.take(self.parse(body if isinstance(body, dict) else {})):
            self.worker.wake(person)
        return response.empty(200)

    def take(self, events: List[Event]) -> List[str]:
        """Keep what is new of these messages; gives whom to wake."""
        name, now = self.name(), self._clock()
        batch = []
        for event in events:
            key = self._names.message(name, event.id)
            if self.queue.known(key):
                continue
            person = self._names.person(name, event.person)
            sent = min(now, now if event.sent is None else event.sent)
            if sent < now - self.settings.queue_retention:
                self.queue.count(name, EXPIRED)
                continue
            content = intake.content(event, self.settings.max_text)
            # By when they were sent: after an outage a platform delivers hours of messages at once.
            if self._limit.wait(person, sent) > 0 and not intake.urgent(content):
                self.queue.count(name, TOO_MANY)
                if self._told.wait(person, sent) > 0:
                    continue
                content = intake.fault(event, TOO_MANY)
            batch.append(Received(key, person, event.order or now, content, sent))
        return list(dict.fromkeys(row.person for row in self.queue.receive(batch)))

    async def _answer(self, row: Waiting, content: Content, failures: int) -> None:
        again = row.nr <= self._resumed or failures > 0
        async with self._one_at_a_time:
            reply = (Reply((say("storing"),)) if failures >= ENOUGH else
                     await self._turns.reply(row, content, again))
        due = not reply.erase and self.queue.notice_due(row.person, NOTICE_EVERY)
        answers = self._with_notice(reply) if due else reply.answers
        calls = [content["ack"]] if "ack" in content else []
        calls += [call for answer in answers for call in self._rendered(answer)]
        self.queue.answered(row, [{"to": content["to"], "call": call} for call in calls],
                            noticed=due, erase=reply.erase)

    def _with_notice(self, reply: Reply) -> tuple[Mapping[str, Any], ...]:
        notice = opening(self.app, self.party)
        if any(answer.get("kind") == SAFETY for answer in reply.answers):  # before everything
            return (*reply.answers, notice)
        return (notice, *reply.answers)

    def _rendered(self, answer: Mapping[str, Any]) -> List[Dict[str, Any]]:
        try:
            return self.render(answer)
        except Exception as error:  # the person must hear something, whatever went wrong
            log_failure(logger, f"Antwoord kan niet getoond worden op {self.name()}", error)
            return self.render(say("storing"))

    async def _send(self, content: Content) -> Delivery:
        call = self.call(content["to"], content["call"])
        try:
            async with self._session.post(call.url, json=call.body, headers=call.headers) as got:
                try:
                    body = await got.json(content_type=None)
                except ValueError:
                    body = None
                return self.judge(got.status, got.headers, body)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            # Never the address: Telegram has its token in there.
            logger.warning("%s is niet bereikbaar (%s)", self.app, type(error).__name__)
            return LATER


def missing(channel: type[MessagingChannel], settings: Settings) -> list[str]:
    """The environment variables that this channel still needs."""
    return [f"DUAALWIJZER_{name}" for name in (*COMMON_SECRETS, *channel.needs)
            if not settings.secrets.get(name)]


def status(channel: type[MessagingChannel], settings: Settings) -> str:
    """One Dutch sentence for the start: on, off, or what is missing."""
    lacking = missing(channel, settings)
    if not lacking:
        return f"{channel.app} aan"
    if any(settings.secrets.get(name) for name in channel.needs):
        return f"{channel.app} uit (zet nog {', '.join(lacking)})"
    return f"{channel.app} uit"
