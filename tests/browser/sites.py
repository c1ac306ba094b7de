"""Two small sites for the browser tests: a bot with fixed answers, and a school that embeds it.

They are two origins, as in real life. The bot is the channel of docs/web.md without Rasa.
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

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
VERSION = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))["version"]
PACKED = WIDGET / "dist" / f"duaal-chat-{VERSION}.js"
INTEGRITY = "sha384-" + base64.b64encode(hashlib.sha384(PACKED.read_bytes()).digest()).decode()
Answer = dict[str, Any]
Reply = tuple[int, str, bytes]

XSS = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>{{7*7}}"
PICTURE = (b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">'
           b'<rect width="300" height="80" fill="#0b5c6b"/></svg>')

NOTICE: Answer = {
    "v": 1, "kind": "notice", "title": "Je praat met een computer",
    "text": "Dag! Ik ben de Duaalwijzer.\n\nLees meer over je privacy: /privacy",
    "buttons": [{"title": "Wat is duaal leren?", "payload": "onderwerp:wat_is_duaal",
                 "label": "Wat is duaal leren precies?"}],
}
KNOWLEDGE: Answer = {
    "v": 1, "kind": "knowledge", "topic": "startbonus", "title": "De startbonus",
    "text": "Dit is het antwoord.\n\nLees ook https://www.vlaanderen.be/duaal-leren.",
    "bullets": ["Een eerste punt", "Een tweede punt"],
    "buttons": [{"title": "Meer", "label": "Wat is duaal leren?",
                 "payload": "onderwerp:wat_is_duaal"}],
    "sources": [
        {"title": "Vlaanderen", "url": "https://www.vlaanderen.be/", "checked": "2026-11-23",
         "published": "2026"},
        {"title": "Oude bron", "url": "http://oud.example/", "checked": "2026-11-22",
         "published": "zonder datum"},
    ],
}


def card(number: int) -> Answer:
    return {
        "id": f"school-{number}-1", "title": f"School {number}",
        "subtitle": f"Schoolstraat {number}, 9000 Gent", "lines": ["Bakker duaal", "2 km ver"],
        "url": f"https://school{number}.example/", "phone": "09 123 45 67",
        "payload": f"school:{number}-1", "open": None, "distance_km": 2.0,
    }


OFFERS: Answer = {
    "v": 1, "kind": "offers", "title": "Aanbod in de buurt", "text": "Ik vond 5 scholen.",
    "cards": [card(number) for number in range(1, 6)],
    "image": {"url": "/opleidingen/beeld/88.svg", "alt": "Na bakker kan je gaan werken."},
    "map": {"url": "https://www.openstreetmap.org/directions", "title": "Route naar School 1"},
    "as_of": {"school_year": "2026-2027", "date": "2026-11-01", "known": 5, "total": 9},
    "understood": {"programmes": ["Bakker duaal"], "municipality": "Gent", "postcode": "9000",
                   "radius_km": 10, "years": [5, 6], "filters": ["nog open"]},
    "widened": ["binnen 10 km", "in heel Vlaanderen"],
    "buttons": [{"title": "Toon meer", "payload": "meer:5", "label": "Toon nog 4 scholen"}],
    "sources": [{"title": "Lijst", "url": "https://data.example/", "checked": "2026-11-20"}],
}
QUESTION: Answer = {
    "v": 1, "kind": "question", "text": "Waar zoek je?", "ask": "place", "ask_location": True,
    "buttons": [{"title": "Gent", "payload": "plaats:44021"}],
}
SAFETY: Answer = {
    "v": 1, "kind": "safety", "topic": "psychische_nood", "title": "Praat met iemand",
    "text": "Bel 1813.", "cards": [{"id": "1813", "title": "Zelfmoordlijn", "phone": "1813"}],
}
CENTRE: Answer = {
    "v": 1, "kind": "handover", "text": "Vraag het aan je CLB.",
    "bullets": ["Kijk op https://www.onderwijskiezer.be/v2 en daarna op http://clb.example/kort"],
    "cards": [{"id": "clb", "title": "CLB Kortrijk", "url": "http://clbkortrijk.be",
               "phone": "056 12 34 56"}],
    "image": {"url": "https://foreign.invalid/kaart.png", "alt": "Een kaart"},
}
PRIVACY: Answer = {"v": 1, "kind": "privacy", "title": "Jouw privacy", "text": "We wissen alles.",
                   "buttons": [{"title": "Wis mijn gesprek", "payload": "actie:wis"}]}
ARABIC: Answer = {"v": 1, "kind": "language", "title": "العربية", "lang": "ar",
                  "text": "أنا حاسوب. duaal leren."}
ERASED: Answer = {"v": 1, "kind": "privacy", "title": "Gewist", "text": "Je gesprek is gewist."}
HOSTILE: Answer = {
    "v": 1, "kind": "offers", "topic": XSS, "title": XSS, "text": f"{XSS}\n\njavascript:alert(1)",
    "bullets": [XSS], "lang": XSS, "ask": "place", "widened": [XSS],
    "cards": [{"id": XSS, "title": XSS, "subtitle": XSS, "lines": [XSS], "phone": XSS,
               "url": "javascript:window.hacked=1", "payload": XSS},
              {"id": "b", "title": "b", "url": " JaVaScRiPt:window.hacked=1"}],
    "buttons": [{"title": XSS, "label": XSS, "payload": XSS}],
    "sources": [{"title": XSS, "url": "data:text/html,<script>window.hacked=1</script>",
                 "checked": XSS, "published": XSS}],
    "as_of": {"school_year": XSS, "date": XSS}, "map": {"url": "vbscript:x", "title": XSS},
    "image": {"url": "javascript:window.hacked=1", "alt": XSS},
    "understood": {"programmes": [XSS], "interest": XSS},
}
ODD: Answer = {"v": 1, "kind": "offers", "text": None, "bullets": "geen lijst", "cards": {"a": 1},
               "buttons": 5, "sources": None}
ANSWERS = {"kaarten": OFFERS, "waar": QUESTION, "nood": SAFETY, "arabisch": ARABIC,
           "clb": CENTRE, "privacy": PRIVACY, "xss": HOSTILE, "raar": ODD,
           "wis mijn gesprek": ERASED, "actie:wis": ERASED}
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
