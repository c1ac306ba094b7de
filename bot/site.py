"""The pages that the server shows: the bot's own, the answers, the programmes, and the widget."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import resources
from bot.catalogue.documents import documents
from bot.catalogue.pages import INDEX
from bot.catalogue.pictures import picture
from bot.channels.problems import Problem
from bot.errors import InputError
from bot.knowledge.export import entries, to_html
from bot.pages import CONTENT_POLICY, page, qr_code
from bot.settings import Settings


def pages(app: Sanic, settings: Settings) -> None:
    """Every address that shows a page, a picture or the widget."""
    folder = settings.root / "widget"
    _own(app, settings, folder)
    _answers(app)
    _programmes(app)
    _widget(app, folder)


def _own(app: Sanic, settings: Settings, folder: Path) -> None:
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


def _answers(app: Sanic) -> None:
    @app.get("/antwoorden")
    async def _shown(_: Request) -> HTTPResponse:
        today = resources.today()
        shown = entries(resources.knowledge(), resources.facts(), today, resources.silence())
        themes = resources.texts().entry("keuze", "themas")
        return response.html(to_html(shown, themes, today))


def _programmes(app: Sanic) -> None:
    @app.get("/opleidingen/<name:str>")
    async def _document(_: Request, name: str) -> HTTPResponse:
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
    async def _index(_: Request) -> HTTPResponse:
        return response.redirect(f"/opleidingen/{INDEX}")


def _widget(app: Sanic, folder: Path) -> None:
    # The newest widget, and every version that a school may have pinned with its integrity hash.
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    packed = {f"/{file.name}": file for file in (folder / "dist").glob("duaal-chat-*.js")}
    packed["/duaal-chat.js"] = folder / "dist" / f"duaal-chat-{version}.js"
    for route, file in packed.items():
        cached = "no-cache" if route == "/duaal-chat.js" else "max-age=31536000, immutable"
        app.add_route(partial(_file, file, cached), route, name=f"widget_{route}")


async def _file(file: Path, cached: str, _: Request) -> HTTPResponse:
    return await response.file(
        str(file), mime_type="text/javascript; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": cached},
    )


async def _page(name: str, settings: Settings, _: Request) -> HTTPResponse:
    return response.html(page(name, settings), headers={"Content-Security-Policy": CONTENT_POLICY})
