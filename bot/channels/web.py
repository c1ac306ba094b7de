"""The web channel of the contract: notice, message, feedback and erase over JSON."""

from __future__ import annotations

import asyncio
import json as jsonlib
import logging
import time
import uuid
from typing import Any, Callable, Dict, List, Optional
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import resources, retention
from bot.answers.compose.fixed import compose_fixed
from bot.buttons import pressed, typed
from bot.channels.feedback import Feedback, save_feedback
from bot.channels.output import Collected, OnMessage
from bot.channels.payloads import ParseData, parse_place
from bot.channels.problems import Problem
from bot.conversations import store_of
from bot.errors import InputError
from bot.failures import log_failure
from bot.inbox import municipality, receive
from bot.limits import RateLimit

logger = logging.getLogger(__name__)

NAME = "web"
SENDER_PREFIX = f"{NAME}-"


class WebOutput(Collected):
    """Collects the answers of one turn."""

    @classmethod
    def name(cls) -> str:
        """The name by which the way out knows us."""
        return NAME


class WebChannel(InputChannel):
    """Serves the widget and whoever speaks docs/web.md."""

    def __init__(self, clock: Callable[[], float] = time.monotonic,
                 now: Callable[[], float] = time.time) -> None:
        """`clock` gives seconds for the rate limits, `now` seconds since the epoch."""
        settings = resources.settings()
        self.settings = settings
        self._senders = RateLimit(settings.messages_per_sender, settings.sender_window, clock)
        self._addresses = RateLimit(settings.messages_per_address, settings.address_window, clock)
        self._now = now
        # A lock lives as long as a turn holds it or waits for it.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        """Path part: /webhooks/web."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """Made by Rasa from credentials.yml; there are no secrets."""
        return cls()

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes below /webhooks/web."""
        web = Blueprint("web_channel", __name__)

        @web.exception(Problem)
        async def _problem(_: Request, problem: Problem) -> HTTPResponse:
            return problem.response()

        @web.listener("after_server_start")
        async def _begin(app: Sanic, _loop: Any) -> None:
            retention.begin(app, self.settings, self._now)

        @web.get("/")
        async def _alive(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @web.get("/notice")
        async def _notice(_: Request) -> HTTPResponse:
            entry = resources.texts().entry("gesprek", "opening")
            answer = compose_fixed(entry, privacy=self.settings.privacy_url)
            return response.json(answer.to_dict())

        @web.post("/message")
        async def _message(request: Request) -> HTTPResponse:
            return response.json({"messages": await self._turn(request, on_new_message)})

        @web.post("/feedback")
        async def _feedback(request: Request) -> HTTPResponse:
            body = self._body(request)
            self._sender(body)
            self._within_limits(request, body)
            save_feedback(self.settings.feedback_file, self._read_feedback(body),
                          resources.today())
            return response.empty(204)

        @web.post("/erase")
        async def _erase(request: Request) -> HTTPResponse:
            body = self._body(request)
            sender = self._sender(body)
            self._within_limits(request, body)
            async with self._turn_of(sender):
                self._store(request).erase(sender)
                if turns := getattr(request.app.ctx, "turns", None):
                    turns.forget(sender)
            return response.empty(204)

        for path in ("message", "feedback", "erase", "notice"):
            web.add_route(_preflight, f"/{path}", methods=["OPTIONS"],
                          name=f"preflight_{path}")
        return web

    async def _turn(self, request: Request, on_new_message: OnMessage) -> List[Dict[str, Any]]:
        body = self._body(request)
        sender = self._sender(body)
        self._within_limits(request, body)
        text, parsed = self._read(body)
        if getattr(request.app.ctx, "agent", None) is None:
            raise Problem(503, "De bot start nog op. Probeer het over een minuut opnieuw.")
        output = WebOutput()
        async with self._turn_of(sender):
            if parsed is None:
                text, parsed = await typed(self._store(request), sender, text) or (text, None)
            message = UserMessage(text, output, sender, parse_data=parsed, input_channel=NAME)
            try:
                await asyncio.wait_for(on_new_message(message), self.settings.turn_timeout)
            except Exception as error:  # the person must hear something, whatever went wrong
                log_failure(logger, "Beurt mislukt", error)
            if output.erase:
                self._store(request).erase(sender)
        if not output.answers:
            raise Problem(503, "Er liep iets mis. Probeer het zo meteen opnieuw.",
                          {"Retry-After": "5"})
        return output.answers

    def _turn_of(self, sender: str) -> asyncio.Lock:
        return self._turns.setdefault(sender, asyncio.Lock())

    def _body(self, request: Request) -> Dict[str, Any]:
        if len(request.body) > self.settings.max_body:
            raise Problem(413, "Je bericht is te groot. Maak het korter.")
        if (request.content_type or "").partition(";")[0].strip() != "application/json":
            raise Problem(415, "Stuur JSON met Content-Type: application/json.")
        try:
            body = jsonlib.loads(request.body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise Problem(400, "Dit is geen geldige JSON.") from error
        if not isinstance(body, dict):
            raise Problem(400, "Stuur een JSON-object met sender en text.")
        return body

    def _sender(self, body: Dict[str, Any]) -> str:
        try:
            value = uuid.UUID(body["sender"])
            if value.version != 4 or str(value) != body["sender"].lower():
                raise ValueError
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise Problem(400, "Het veld sender ontbreekt of is geen UUID versie 4.") from error
        return f"{SENDER_PREFIX}{value}"

    def _within_limits(self, request: Request, body: Dict[str, Any]) -> None:
        proxied = self.settings.trusted_proxy and request.headers.get("x-real-ip")
        address = proxied or request.ip
        wait = max(self._senders.wait(str(body["sender"]).lower()), self._addresses.wait(address))
        if wait > 0:
            raise Problem(429, "Je stuurt te veel berichten. Wacht even en probeer opnieuw.",
                          {"Retry-After": str(int(wait) + 1)})

    def _read(self, body: Dict[str, Any]) -> tuple[str, ParseData | None]:
        text, payload, location = body.get("text"), body.get("payload"), body.get("location")
        if payload is not None:
            return self._read_payload(payload)
        if location is not None:
            return self._read_location(location)
        if not isinstance(text, str):
            raise Problem(400, "Het veld text ontbreekt of is geen tekst.")
        try:
            inbound = receive(text, self.settings.max_text)
        except InputError as error:
            raise Problem(413 if error.code == "te_lang" else 400, str(error)) from error
        return inbound.text, inbound.parsed

    def _read_payload(self, payload: Any) -> tuple[str, ParseData]:
        parsed = pressed(payload) if isinstance(payload, str) else None
        if parsed is None:
            raise Problem(400, "Deze knop bestaat niet (meer). Typ je vraag.")
        return str(payload), parsed

    def _read_location(self, location: Any) -> tuple[str, ParseData]:
        try:
            lat, lon = float(location["lat"]), float(location["lon"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise Problem(400, "Het veld location moet lat en lon bevatten.") from error
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise Problem(400, "lat of lon ligt buiten de aarde.")
        niscode = municipality(lat, lon)
        return f"plaats:{niscode}", parse_place(niscode)

    def _read_feedback(self, body: Dict[str, Any]) -> Feedback:
        try:
            return Feedback.read(body)
        except InputError as error:
            raise Problem(400, str(error)) from error

    def _store(self, request: Request) -> Any:
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None:
            raise Problem(503, "De bot start nog op. Probeer het over een minuut opnieuw.")
        return store_of(agent)


async def _preflight(_: Request) -> HTTPResponse:
    return response.empty(204)
