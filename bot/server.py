"""One process that serves Rasa, the actions, the web channel and the page with the widget.

Rasa's own HTTP API and root route are not there: nobody can read or write another conversation.
"""

from __future__ import annotations

import json
import logging
import time
from functools import partial
from pathlib import Path
from typing import Any, Callable, Optional

from aiohttp import ClientResponseError, RequestInfo
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import rasa_patches, resources, swap
from bot.catalogue.documents import documents
from bot.catalogue.pages import INDEX
from bot.catalogue.pictures import picture
from bot.channels.messaging.registry import messaging
from bot.channels.problems import Problem
from bot.channels.web import WebChannel
from bot.conversations import unwrap
from bot.errors import InputError, StartError
from bot.knowledge.export import entries, to_html
from bot.knowledge.model import State
from bot.pages import CONTENT_POLICY, page, qr_code
from bot.settings import Settings
from bot.turns import Turns

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint without HTTP: calls the action executor directly."""

    def __init__(self, package: str = "actions") -> None:
        """Register every action of the package."""
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self, method: str = "post", json: Optional[dict[str, Any]] = None, **kwargs: Any
    ) -> Any:
        """Run one action; a rejection becomes the HTTP 400 that Rasa expects."""
        assert json is not None
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            body = {"error": str(rejection), "action_name": rejection.action_name}
            raise _rejected(body) from rejection


def _rejected(body: dict[str, Any]) -> ClientResponseError:
    from yarl import URL

    url = URL("http://in-process/")
    error = ClientResponseError(RequestInfo(url, "POST", {}, url), (), status=400)  # type: ignore
    error.text = json.dumps(body)  # type: ignore[attr-defined]  # Rasa reads it there
    return error


def endpoints(settings: Settings, actions: EndpointConfig | None = None) -> AvailableEndpoints:
    """Everything Rasa reaches outside its core, for this one process."""
    result = AvailableEndpoints.read_endpoints(str(settings.root / "endpoints.yml"))
    result.action = actions or InProcessActions()
    if result.tracker_store is not None:
        result.tracker_store.kwargs["db"] = str(settings.conversations_file)
    return result


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
    _health(app)
    _pages(app, settings)
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


def _health(app: Sanic) -> None:
    @app.get("/health")
    async def _answer(_: Request) -> HTTPResponse:
        agent: Agent | None = app.ctx.agent
        if agent is None or not agent.is_ready():
            return Problem(503, "De bot start nog op.").response()
        today = resources.today()
        states = [topic.state(today) for topic in resources.knowledge()]
        info = resources.catalogue().info
        return response.json({
            "status": "ok",
            "model": app.ctx.model,
            "catalogue": {"school_year": info.school_year, "date": info.date,
                          "offers": info.offers},
            "knowledge": {
                "topics": sum(state is not State.UNWRITTEN for state in states),
                "overdue": states.count(State.OVERDUE),
                "expired": states.count(State.EXPIRED),
            },
        })


def _pages(app: Sanic, settings: Settings) -> None:
    folder = settings.root / "widget"
    for route, name in {
        "/": "page/index.html",
        "/page.css": "page/page.css",
        "/chat.css": "page/chat.css",
        "/streng.css": "page/streng.css",
    }.items():
        app.static(route, str(folder / name), name=f"page_{name.replace('/', '_')}")

    for route, name in {"/privacy": "privacy.html", "/chat": "chat.html",
                        "/voorbeeld-streng": "streng.html"}.items():
        app.add_route(partial(_page, name, settings), route, name=f"page_{name}")

    @app.get("/chat/qr.svg")
    async def _qr(request: Request) -> HTTPResponse:
        base = settings.public_url or f"{request.scheme}://{request.host}"
        try:
            return response.raw(qr_code(f"{base}/chat"), content_type="image/svg+xml")
        except InputError as error:
            return Problem(400, str(error)).response()

    @app.get("/antwoorden")
    async def _answers(_: Request) -> HTTPResponse:
        today = resources.today()
        shown = entries(resources.knowledge(), resources.facts(), today, resources.silence())
        themes = resources.texts().entry("keuze", "themas")
        return response.html(to_html(shown, themes, today))

    @app.get("/opleidingen/<name:str>")
    async def _programmes(_: Request, name: str) -> HTTPResponse:
        document = documents(resources.catalogue(), resources.path_words()).get(name)
        if document is None:
            return Problem(404, "Die pagina bestaat niet.").response()
        return response.text(document.render(), content_type=document.media_type)

    @app.get("/opleidingen/beeld/<name:str>")
    async def _picture(_: Request, name: str) -> HTTPResponse:
        shown = picture(resources.catalogue(), name)
        if shown is None:
            return Problem(404, "Die tekening bestaat niet.").response()
        return response.raw(shown.content, content_type=shown.media_type)

    @app.get("/opleidingen/")
    async def _programme_index(_: Request) -> HTTPResponse:
        return response.redirect(f"/opleidingen/{INDEX}")

    # The newest widget, and every version that a school may have pinned with its integrity hash.
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    packed = {f"/{file.name}": file for file in (folder / "dist").glob("duaal-chat-*.js")}
    packed["/duaal-chat.js"] = folder / "dist" / f"duaal-chat-{version}.js"
    for route, file in packed.items():
        cached = "no-cache" if route == "/duaal-chat.js" else "max-age=31536000, immutable"
        app.add_route(partial(_widget, file, cached), route, name=f"widget_{route}")


async def _widget(file: Path, cached: str, _: Request) -> HTTPResponse:
    return await response.file(
        str(file), mime_type="text/javascript; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": cached},
    )


async def _page(name: str, settings: Settings, _: Request) -> HTTPResponse:
    return response.html(page(name, settings), headers={"Content-Security-Policy": CONTENT_POLICY})
