"""A stand-in for the API of Onderwijs en Vorming on 127.0.0.1, for tests and for trying out.

It is part of the bot and not of its tests: who has no key yet, or no network, tries out fetching
with it (`duaalwijzer catalogue standin`).

It behaves as the API was seen to behave: key in a header, `page` and `size`, an unknown
`filter_…` refused, other unknown parameters ignored. What goes wrong is chosen with Faults.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from bot.catalogue.standin.answers import Answer, page, refusal
from bot.catalogue.standin.faults import NO_FAULTS, Faults
from bot.catalogue.standin.products import products
from bot.errors import CatalogueError

HOST = "127.0.0.1"
RETRY_AFTER = 1  # seconds
HTML = b"<!DOCTYPE html><html><body><h1>Onderhoud</h1></body></html>"


class StandIn:
    """The stand-in; use it as a context manager, or with `start` and `stop`.

    The built-in schools and offers of `source_dir` come first, then generated ones until there
    are `locations` and `groups` (organised groups). `first_page` is the number of the first page.
    `faults` may be set while it runs; counted faults then start anew. `requests` counts the
    requests per path, refused ones too. `port` 0 takes a free one.

    Raises CatalogueSourceError for an unreadable source file, CatalogueError for a taken port.
    """

    def __init__(
        self, source_dir: Path, *, locations: int = 2200, groups: int = 42_000, seed: int = 0,
        faults: Faults = NO_FAULTS, first_page: int = 0,
        key: str = "proefsleutel", port: int = 0,
    ) -> None:
        self.key, self.first_page = key, first_page
        self.requests: Counter[str] = Counter()
        self._products = products(source_dir, locations=locations, groups=groups, seed=seed)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.faults = faults

    @property
    def faults(self) -> Faults:
        """What goes wrong now."""
        return self._faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        with self._lock:
            self._faults = faults
            self._left = {429: faults.too_many, 500: faults.server_error}

    @property
    def url(self) -> str:
        """Address without a slash at the end. Raises CatalogueError when it does not run."""
        if self._server is None:
            raise CatalogueError("De nagebootste API draait niet. Start ze eerst.")
        return f"http://{HOST}:{self._server.server_address[1]}"

    def start(self) -> None:
        """Listen and answer, in a thread of its own."""
        try:
            self._server = _Server((HOST, self._port), self)
        except OSError as error:
            raise CatalogueError(f"Poort {self._port} is niet vrij ({error.strerror}). "
                                 f"Kies een andere poort.") from error
        self._stopped.clear()
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; open connections get no more answers."""
        self._stopped.set()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> StandIn:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    def answer(self, target: str, key: str | None) -> Answer | None:
        """The answer to a GET of `target` with this key; None when the stand-in has stopped."""
        parts = urlsplit(target)
        with self._lock:
            self.requests[parts.path] += 1
            faults = self._faults if self._faults.only in parts.path else NO_FAULTS
        self._stopped.wait(faults.slow)
        if self._stopped.is_set():
            return None
        if key != self.key or faults.unauthorised:
            return refusal(401, "Unauthorized")
        if failure := self._counted(parts.path):
            return failure
        if faults.wrong_content_type:
            return Answer(200, HTML, "text/html; charset=utf-8")
        product = self._products.get(parts.path)
        if product is None:
            return refusal(404, "Er werd geen data gevonden.")
        address = f"{self.url}{parts.path}" if product.linked else ""
        answer = page(address, product, dict(parse_qsl(parts.query)), self.first_page, faults)
        if faults.cut_off and answer.status == 200:
            return Answer(200, answer.body[:len(answer.body) // 2])
        return answer

    def _counted(self, path: str) -> Answer | None:
        """One of the failures that come a set number of times, the 429s first."""
        with self._lock:
            if self._faults.only not in path:
                return None
            status = next((status for status, left in self._left.items() if left > 0), 0)
            if not status:
                return None
            self._left[status] -= 1
        if status == 429:
            return refusal(429, "Too Many Requests", RETRY_AFTER)
        return refusal(500, "Internal Server Error")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], standin: StandIn) -> None:
        self.standin = standin
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one go; apart they wait for each other

    def do_GET(self) -> None:
        answer = self.server.standin.answer(self.path, self.headers.get("x-api-key"))
        if answer is None:
            self.close_connection = True
            return
        with suppress(ConnectionError):  # the asker did not wait
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.retry_after is not None:
                self.send_header("Retry-After", str(answer.retry_after))
            self.end_headers()
            self.wfile.write(answer.body)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: `requests` counts."""
