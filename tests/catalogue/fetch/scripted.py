"""A real HTTP server on 127.0.0.1 that gives the answers a test wrote."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY = "geheim/Sleutel+42"


@dataclass(frozen=True)
class Reply:
    body: bytes
    status: int = 200
    kind: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None  # a Content-Length larger than the body: the line breaks
    hang_up: bool = False
    wait: float = 0.0


@dataclass(frozen=True)
class Asked:
    path: str
    target: str
    query: dict[str, str]
    key: str | None

    @property
    def page(self) -> int:
        return int(self.query["page"])


@dataclass
class Server:
    url: str
    asked: list[Asked]


def page(number: int, records: list[dict[str, Any]], *, last: bool = True,
         total: int | None = None) -> Reply:
    meta = {"number": number, "last": last, "total_pages": 1,
            **({} if total is None else {"total_elements": total})}
    return Reply(json.dumps({"meta": meta, "links": [], "content": records}).encode())


@contextmanager
def serve(answer: Callable[[Asked], Reply]) -> Iterator[Server]:
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            question = Asked(parts.path, self.path, dict(parse_qsl(parts.query)),
                             self.headers.get("x-api-key"))
            asked.append(question)
            reply = answer(question)
            stop.wait(reply.wait)
            self.close_connection = True
            if reply.hang_up:
                return
            with suppress(ConnectionError):
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.kind)
                self.send_header("Connection", "close")
                self.send_header("Content-Length", str(reply.promised or len(reply.body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    stop = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}", asked)
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def script(*replies: Reply) -> Callable[[Asked], Reply]:
    """One reply after another; the last one stays."""
    left = list(replies)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]
