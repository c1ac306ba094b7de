"""A stand-in for the API of Onderwijs en Vorming on 127.0.0.1, for tests and for trying out.

It behaves as the API was seen to behave: key in a header, `page` and `size`, an unknown
`filter_…` refused, other unknown parameters ignored. What goes wrong is chosen with Faults.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Iterable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.catalogue.standin_data import OFFER, Entry, Product, Record, products
from bot.errors import CatalogueError

HOST = "127.0.0.1"
PAGE_SIZE, MAX_SIZE = 20, 5000
RETRY_AFTER = 1  # seconds
HTML = b"<!DOCTYPE html><html><body><h1>Onderhoud</h1></body></html>"


@dataclass(frozen=True)
class Faults:
    """What goes wrong on purpose; nothing by default. `only` is a piece of a product's path."""

    unauthorised: bool = False  # 401, also with the right key
    too_many: int = 0  # this many answers are 429 with Retry-After
    server_error: int = 0  # this many answers are 500, after the 429s
    slow: float = 0.0  # seconds before every answer
    cut_off: bool = False  # the JSON stops in the middle
    missing_field: str = ""  # absent from every record
    renamed_field: tuple[str, str] | None = None  # old name, new name
    empty_page: int | None = None  # the number of a page without records, though not the last
    shrunken: float = 1.0  # share of the organised groups that is kept, 0 to 1
    duplicate_keys: bool = False  # the first record comes twice
    wrong_content_type: bool = False  # a web page in place of JSON
    only: str = ""


def parse_faults(texts: Iterable[str]) -> Faults:
    """Faults from texts as "too_many=2", "cut_off" and "renamed_field=old:new".

    Raises CatalogueError for a name or a value that cannot be.
    """
    known = {f.name: f.default for f in fields(Faults)}
    values: dict[str, Any] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in known:
            raise CatalogueError(f"De fout {name} bestaat niet. Kies uit: {', '.join(known)}.")
        try:
            values[name] = _fault(name, known[name], value)
        except ValueError as error:
            raise CatalogueError(f"De fout {text} is niet te lezen ({error}). Schrijf "
                                 f"bijvoorbeeld too_many=2, shrunken=0.7, cut_off, "
                                 f"renamed_field=oud:nieuw of only=instellingslocatie.") from error
    return Faults(**values)


def _fault(name: str, default: object, value: str) -> object:
    if isinstance(default, bool):
        if value not in {"", "0", "1"}:
            raise ValueError("schrijf geen waarde, of 0 of 1")
        return value != "0"
    if not value:
        raise ValueError("de waarde ontbreekt")
    if name == "renamed_field":
        old, _, new = value.partition(":")
        if not (old and new):
            raise ValueError("schrijf oud:nieuw")
        return old, new
    if isinstance(default, str):
        return value
    number = float(value) if isinstance(default, float) else int(value)
    if number < 0 or (name == "shrunken" and number > 1):
        raise ValueError("het getal kan niet")
    return number


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    body: bytes
    content_type: str = "application/json"
    retry_after: int | None = None


def _json(status: int, value: object, retry_after: int | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, retry_after=retry_after)


def _refusal(status: int, message: str, retry_after: int | None = None) -> Answer:
    return _json(status, {"status": status, "message": message}, retry_after)


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
        faults: Faults = Faults(), first_page: int = 0,
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
            faults = self._faults if self._faults.only in parts.path else Faults()
        self._stopped.wait(faults.slow)
        if self._stopped.is_set():
            return None
        if key != self.key or faults.unauthorised:
            return _refusal(401, "Unauthorized")
        if failure := self._counted(parts.path):
            return failure
        if faults.wrong_content_type:
            return Answer(200, HTML, "text/html; charset=utf-8")
        product = self._products.get(parts.path)
        if product is None:
            return _refusal(404, "Er werd geen data gevonden.")
        answer = self._page(parts.path, product, dict(parse_qsl(parts.query)), faults)
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
            return _refusal(429, "Too Many Requests", RETRY_AFTER)
        return _refusal(500, "Internal Server Error")

    def _page(self, path: str, product: Product, asked: Mapping[str, str],
              faults: Faults) -> Answer:
        filters = {name: value for name, value in asked.items() if name.startswith("filter_")}
        unknown = sorted(filters.keys() - product.filters)
        if unknown:
            return _refusal(400, f"Attribuut niet toegestaan: {unknown[0]}")
        try:
            page = max(int(asked.get("page", self.first_page)), self.first_page)
            size = min(int(asked.get("size", PAGE_SIZE)), MAX_SIZE)
        except ValueError:
            return _refusal(400, "page en size moeten getallen zijn")
        if size < 1:
            return _refusal(400, "size moet groter zijn dan 0")
        entries = _found(product.entries, filters)
        if path == OFFER:
            entries = entries[:int(len(entries) * faults.shrunken)]
        if faults.duplicate_keys:
            entries = entries[:1] + entries
        pages = -(-len(entries) // size)
        start = (page - self.first_page) * size
        content = [_bent(e.record, faults) for e in entries[start:start + size]]
        meta: Record = {"total_elements": len(entries), "total_pages": pages, "number": page}
        last = start + size >= len(entries)
        if faults.empty_page == page:
            content = []
        if product.linked:
            following = urlencode({**asked, "page": page + 1, "size": size})
            links = {} if last else {"next": {"href": f"{self.url}{path}?{following}"}}
            return _json(200, {"meta": meta, "links": links, "gegevens": content})
        meta["last"] = last
        return _json(200, {"meta": meta, "links": [], "content": content})


def _found(entries: tuple[Entry, ...], filters: Mapping[str, str]) -> tuple[Entry, ...]:
    if not filters:
        return entries
    return tuple(entry for entry in entries if all(
        value in entry.tags.get(name, ()) for name, value in filters.items()))


def _bent(record: Record, faults: Faults) -> Record:
    """The record without the missing field and with the renamed one under its new name."""
    old, new = faults.renamed_field or ("", "")
    return {new if name == old else name: value for name, value in record.items()
            if name != faults.missing_field}


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
