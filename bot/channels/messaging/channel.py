"""What the messaging channels share: webhook in, queue, turn, and calls out."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from abc import abstractmethod
from typing import Any, Callable, ClassVar, Dict, List, Mapping, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import resources, retention
from bot.channels.messaging.admission import Admission
from bot.channels.messaging.answering import Answering, Voice
from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.inbound import Event
from bot.channels.messaging.queue import Content, Queue
from bot.channels.messaging.readiness import missing, status
from bot.channels.messaging.secrecy import Sealed
from bot.channels.messaging.sending import Call, Sender
from bot.channels.messaging.turn import Turns
from bot.channels.messaging.worker import Sleep, Worker
from bot.channels.output import Collected, OnMessage
from bot.conversations import store_of
from bot.settings import Settings

logger = logging.getLogger(__name__)
Clock = Callable[[], float]

MAX_WEBHOOK = 3 * 1024 * 1024  # Meta puts up to 1,000 messages in one call


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
        self.on = not missing(self.needs, settings)
        if not self.on:
            return
        self._admission = Admission(self.name(), settings, clock)
        self._sealed = Sealed(self.secret("BERICHTSLEUTEL"))
        self._one_at_a_time = one_at_a_time or asyncio.Semaphore(1)
        self.queue: Queue
        self.worker: Worker
        self._sender: Sender

    def secret(self, name: str) -> str:
        """A secret from the environment."""
        return self.settings.secrets[name]

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """Made by Rasa from credentials.yml; the secrets are in the environment."""
        channel = cls(resources.settings())
        if not channel.on:
            logger.warning(status(cls.app, cls.needs, channel.settings))
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
        turns = Turns(self.output, self.app, lambda: store_of(app.ctx.agent), on_new_message,
                      self.settings.turn_timeout)
        voice = Voice(self.name(), self.app, self.party, self.render)
        answering = Answering(voice, self.queue, turns, self._one_at_a_time)
        self._sender = Sender(self.app, self.judge)
        self.worker = Worker(self.name(), self.queue, answering.answer, self._send, self._clock,
                             self.settings.settling, self._sleep)
        self.worker.resume()
        retention.begin(app, self.settings, self._clock)

    async def end(self) -> None:
        """Stop; what waits stays on disk."""
        await self.worker.stop()
        await self._sender.close()
        self.queue.close()

    def _webhook(self, request: Request) -> HTTPResponse:
        if not self.signed(request):
            return response.empty(403)
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            return response.empty(400)
        events = self.parse(body if isinstance(body, dict) else {})
        for person in self._admission.take(events, self.queue):
            self.worker.wake(person)
        return response.empty(200)

    async def _send(self, content: Content) -> Delivery:
        return await self._sender.send(self.call(content["to"], content["call"]))
