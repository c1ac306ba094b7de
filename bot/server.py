"""One process that serves Rasa, the actions, the web channel and the page with the widget.

Rasa's own HTTP API and root route are not there: nobody can read or write another conversation.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any, Callable

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import rasa_patches, resources, swap
from bot.channels.messaging.registry import messaging
from bot.channels.web import WebChannel
from bot.conversations import unwrap
from bot.endpoints import endpoints
from bot.errors import StartError
from bot.health import health
from bot.settings import Settings
from bot.site import pages
from bot.turns import Turns


def create_app(model: Path, settings: Settings, clock: Callable[[], float] = time.time) -> Sanic:
    """The whole server; `clock` gives seconds since the epoch for the purge."""
    rasa_patches.apply()
    app = Sanic("duaalwijzer", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 4 * settings.max_body
    app.config.FALLBACK_ERROR_FORMAT = "text"
    app.config.ACCESS_LOG = False
    app.ctx.agent = None
    app.ctx.model = model.name
    _channels(app, settings, clock)
    app.register_listener(partial(_load, model, settings), "before_server_start")
    _cross_origin(app, settings)
    health(app)
    pages(app, settings)
    return app


def _channels(app: Sanic, settings: Settings, clock: Callable[[], float]) -> None:
    """The channels as Rasa registers them; what comes of each turn is counted."""
    app.ctx.turns = Turns(settings, clock)

    async def handle(message: UserMessage) -> None:
        await app.ctx.agent.handle_message(message)

    channels: list[InputChannel] = [WebChannel(now=clock), *messaging(settings, clock)]
    for channel in channels:
        app.blueprint(channel.blueprint(app.ctx.turns.around(handle)),
                      url_prefix=f"/webhooks/{channel.url_prefix()}")

    @app.after_server_stop
    async def _end(_app: Sanic, _loop: Any) -> None:
        app.ctx.turns.stop()


async def _load(model: Path, settings: Settings, app: Sanic, loop: Any) -> None:
    # The first messages after a start come at full speed: a platform waits for its 200.
    resources.current().read()
    app.ctx.agent = await _agent(settings, model)
    swap.keep_loaded()
    app.ctx.following = loop.create_task(swap.follow(app, settings, partial(_agent, settings)))


async def _agent(settings: Settings, model: Path) -> Agent:
    """A model that is ready to answer; StartError when it cannot be loaded."""
    agent = await load_agent(model_path=str(model), endpoints=endpoints(settings))
    if not agent.is_ready():
        raise StartError(f"Het model {model.name} kan niet geladen worden.")
    unwrap(agent)
    await agent.parse_message("waar kan ik duaal leren in Gent")
    return agent


def _cross_origin(app: Sanic, settings: Settings) -> None:
    allowed = frozenset(settings.origins)

    @app.on_response
    async def _headers(request: Request, result: HTTPResponse) -> None:
        result.headers.setdefault("X-Content-Type-Options", "nosniff")
        result.headers.setdefault("Referrer-Policy", "no-referrer")
        origin = request.headers.get("origin")
        if origin in allowed and request.path.startswith("/webhooks/"):
            result.headers["Access-Control-Allow-Origin"] = origin
            result.headers["Vary"] = "Origin"
            if request.method == "OPTIONS":
                result.headers["Access-Control-Allow-Methods"] = "GET, POST"
                result.headers["Access-Control-Allow-Headers"] = "Content-Type"
                result.headers["Access-Control-Max-Age"] = "600"
