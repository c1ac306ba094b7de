"""The pages of the test bench as one ASGI application: login, headers, limits, errors."""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
import re
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import resources
from bot.errors import DuaalwijzerError
from bot.failures import log_failure
from bot.limits import RateLimit
from bot.settings import Settings
from bot.testbench import pages, retention
from bot.testbench.access import SESSION, Access
from bot.testbench.database import Database
from bot.testbench.desk import COOKIE, Desk, html
from bot.testbench.worker import Worker

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).resolve().parent
MAX_BODY = 8 * 1024 * 1024  # an uploaded list of 5,000 rows is far below it
TRIES, TRIES_WINDOW = 10, 300.0  # logins of one address
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Cache-Control": "no-store",
}


def create_app(settings: Settings, model: Path, clock: Callable[[], float] = time.time,
               load: bool = True) -> Starlette:
    """All pages; `clock` gives seconds since the epoch.

    With `load` the model is loaded at start, else at the first question.
    """
    database = Database(settings.testbench_file)
    desk = Desk(settings, resources.Resources(settings), database, Access(database, clock),
                Worker(settings, model), clock)
    tries = RateLimit(TRIES, TRIES_WINDOW, clock)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if load:  # the pages are there at once, the model some seconds later
            threading.Thread(target=_load, args=(desk.worker,), daemon=True).start()
        for module in _modules():
            getattr(module, "begin", _nothing)(desk)
        purging = asyncio.create_task(retention.for_ever(settings, clock))
        yield
        purging.cancel()
        for module in _modules():
            getattr(module, "end", _nothing)(desk)
        desk.worker.stop()

    app = Starlette(
        routes=[
            Route("/inloggen", _login_page, methods=["GET"]),
            Route("/inloggen", _login(desk, tries), methods=["POST"]),
            Route("/gezond", _health, methods=["GET"]),
            *_pages(),
            Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static"),
        ],
        exception_handlers={HTTPException: _refused, 404: _refused, 405: _refused},
        lifespan=lifespan,
    )
    app.add_middleware(Guard)
    app.state.desk = desk
    return app


def server_of(app: Starlette, host: str, port: int) -> uvicorn.Server:
    """A server for the pages; it keeps no log of who asked what."""
    # Without web sockets: Rasa pins a version of that library that uvicorn cannot use.
    return uvicorn.Server(uvicorn.Config(app, host, port, ws="none", log_level="warning",
                                         access_log=False, server_header=False))


def _pages() -> list[Route]:
    """The routes of every module in bot/testbench/pages."""
    return [route for module in _modules() for route in module.ROUTES]


def _modules() -> list[ModuleType]:
    """Every module of pages; one with work in the background has `begin(desk)` and `end(desk)`."""
    return [importlib.import_module(f"{pages.__name__}.{module.name}")
            for module in pkgutil.iter_modules(pages.__path__)]


def _nothing(_: Desk) -> None:
    """What most pages do at the begin and the end."""


def _load(worker: Worker) -> None:
    try:
        worker.start()
    except DuaalwijzerError:
        return  # the first question tries again and tells the person


async def _login_page(request: Request) -> Response:
    return html(request, "inloggen.html", wrong="",
                onward=_ours(request.query_params.get("naar", "")))


def _ours(path: str) -> str:
    """The path when it is one of our pages, to go on to after the login; never another site."""
    return path if re.fullmatch(r"/[a-z0-9_/-]*", path) and not path.startswith("//") else ""


def _login(desk: Desk, tries: RateLimit) -> Callable[[Request], object]:
    async def handler(request: Request) -> Response:
        # No session yet, so no token to forge: a login by another site gives its own access only.
        form = await request.form(max_files=0, max_fields=5, max_part_size=1000)
        onward = _ours(str(form.get("naar") or ""))
        address = request.client.host if request.client else ""
        if desk.settings.trusted_proxy:
            address = request.headers.get("x-real-ip", address)
        wait = tries.wait(address)
        if wait > 0:
            answer = html(request, "inloggen.html", 429, onward=onward,
                          wrong="Te veel pogingen. Wacht enkele minuten en probeer het opnieuw.")
            answer.headers["Retry-After"] = str(int(wait) + 1)
            return answer
        cookie = desk.access.log_in(str(form.get("code") or ""))
        if cookie is None:
            return html(request, "inloggen.html", 403, onward=onward,
                        wrong="Deze code is niet juist, of ze is ingetrokken.")
        answer = RedirectResponse(onward or "/", 303)
        answer.set_cookie(COOKIE, cookie, max_age=int(SESSION), httponly=True, secure=True,
                          samesite="lax")
        return answer

    return handler


async def _health(request: Request) -> Response:
    ready = request.app.state.desk.worker.ready
    return PlainTextResponse("klaar" if ready else "het model laadt", 200 if ready else 503)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    reasons = {404: "Deze pagina bestaat niet.", 405: "Dit kan hier niet.",
               413: "Dit bestand is te groot.", 400: "Dit formulier is niet leesbaar."}
    detail = error.detail if isinstance(error, HTTPException) and status == 403 else ""
    person = request.app.state.desk.access.person(request.cookies.get(COOKIE, ""))
    return html(request, "fout.html", status, person=person,
                reason=reasons.get(status) or detail or "Dit mag niet.")


async def _broken(request: Request, _: Exception) -> Response:
    return html(request, "fout.html", 500,
                reason="Er liep iets mis. Er is niets half bewaard. Probeer het opnieuw.")


class Guard:
    """Security headers on every answer, and no body over the limit, whatever its header says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > MAX_BODY:
                raise HTTPException(413)
            return message

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        began = False

        async def sent(message: Message) -> None:
            nonlocal began
            began = True
            await secured(message)

        try:
            await self._app(scope, counted, sent)
        except Exception as error:  # the server would log its message, with words of people
            log_failure(logger, "Pagina mislukt", error)
            if not began:
                answer = await _broken(Request(scope), error)
                await answer(scope, receive, secured)
