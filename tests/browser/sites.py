"""Two small sites for the browser tests: a bot with fixed answers, and a school that embeds it.

They are two origins, as in real life. The bot is the channel of docs/web.md without Rasa; what
it says stands in bot_answers.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.browser.bot_answers import ANSWERS, KNOWLEDGE, NOTICE, PICTURE

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
VERSION = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))["version"]
PACKED = WIDGET / "dist" / f"duaal-chat-{VERSION}.js"
INTEGRITY = "sha384-" + base64.b64encode(hashlib.sha384(PACKED.read_bytes()).digest()).decode()
Reply = tuple[int, str, bytes]
PAGES = {"/": "index.html", "/tweede": "index.html", "/ingebed": "index.html",
         "/thema": "index.html", "/dubbel": "index.html", "/streng": "streng.html"}


class Site(ThreadingHTTPServer):
    """A server on a free port of 127.0.0.1 that remembers what was asked."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Site, str, str, bytes], Reply],
                 headers: Callable[[str], dict[str, str]]) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.slow: dict[str, float] = {}  # seconds by path
        self.answer, self.headers = answer, headers
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no error."""

    def bodies(self, path: str) -> list[Any]:
        """The JSON bodies posted to the path, in order."""
        return [body for method, asked, body in self.asked if method == "POST" and asked == path]


class Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.server.asked.append((self.command, self.path, json.loads(body) if body else None))
        if self.command != "OPTIONS":
            time.sleep(self.server.slow.get(self.path, 0))
        status, kind, content = self.server.answer(self.server, self.command, self.path, body)
        self.send_response(status)
        for name, value in self.server.headers(self.path).items():
            self.send_header(name, value)
        if content or status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_OPTIONS = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def _json(value: Any, status: int = 200) -> Reply:
    return status, "application/json", json.dumps(value).encode()


def bot_answer(site: Site, method: str, path: str, body: bytes) -> Reply:
    """What the bot says; the text of a message chooses."""
    if method == "OPTIONS":
        return 204, "", b""
    if path.startswith("/duaal-chat"):
        return 200, "text/javascript; charset=utf-8", PACKED.read_bytes()
    if path.startswith("/opleidingen/beeld/"):
        return 200, "image/svg+xml", PICTURE
    if path == "/webhooks/web/notice":
        return _json(NOTICE)
    if path == "/webhooks/web/message":
        return _message(json.loads(body))
    if path in ("/webhooks/web/feedback", "/webhooks/web/erase"):
        return 204, "", b""
    return 404, "text/plain", b"?"


def _message(body: dict[str, Any]) -> Reply:
    text = body.get("text") or body.get("payload", "")
    if text == "fout":
        return _json({"status": 503, "title": "x", "detail": "De bot start nog op."}, 503)
    if text == "proxy":
        return 502, "text/html", b"<h1>Bad gateway</h1>"
    if text == "traag":
        time.sleep(1.5)
    return _json({"messages": [ANSWERS.get(text, KNOWLEDGE)]})


def bot_headers(_: str) -> dict[str, str]:
    return {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Content-Type"}


def school_answer(bot: str) -> Callable[[Site, str, str, bytes], Reply]:
    """The example pages of widget/page as a school on another address than the bot has them."""
    script = f'src="{bot}/duaal-chat-{VERSION}.js" integrity="{INTEGRITY}" crossorigin="anonymous"'

    def answer(site: Site, method: str, path: str, body: bytes) -> Reply:
        name = PAGES.get(path, path.lstrip("/"))
        file = WIDGET / "page" / name
        if not file.is_file():
            return 404, "text/plain", b"?"
        text = file.read_text(encoding="utf-8")
        text = text.replace('src="/duaal-chat.js"', script)
        text = text.replace('data-endpoint="/webhooks/web"', f'data-endpoint="{bot}/webhooks/web"')
        tag = f'<duaal-chat data-endpoint="{bot}/webhooks/web"></duaal-chat>'
        if path == "/ingebed":
            text = text.replace("<noscript>", f"{tag}<noscript>")
        if path == "/dubbel":
            early = f'<script {script} data-endpoint="{bot}/webhooks/web"></script>'
            text = text.replace("<noscript>", f"{early}{early}{tag}<noscript>")
        if path == "/thema":
            style = "duaal-chat{--dc-accent:#ffdd00;--dc-on-accent:#ffffff}"
            text = text.replace("</head>", f"<style>{style}</style></head>")
        kind = "text/css" if name.endswith(".css") else "text/html; charset=utf-8"
        return 200, kind, text.encode()

    return answer


def school_headers(bot: str) -> Callable[[str], dict[str, str]]:
    """A strict policy on every page: its own styles, and script and calls of the bot."""
    policy = (f"default-src 'none'; script-src {bot}; style-src 'self' ; img-src data: {bot}; "
              f"connect-src {bot}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
              "require-trusted-types-for 'script'; trusted-types 'none'")

    def headers(path: str) -> dict[str, str]:
        return {} if path == "/thema" else {"Content-Security-Policy": policy}

    return headers


@contextmanager
def running(site: Site) -> Iterator[Site]:
    thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join(5)
        site.server_close()


@contextmanager
def both() -> Iterator[tuple[Site, Site]]:
    """The bot and the school, running."""
    with running(Site(bot_answer, bot_headers)) as bot, \
            running(Site(school_answer(bot.url), school_headers(bot.url))) as school:
        yield bot, school
