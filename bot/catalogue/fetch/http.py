"""Pages of one product of the official API: asked politely, kept on disk, never half taken.

The key goes in a header and nowhere else: what the server answers is scrubbed of it before it is
read, kept or told.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Mapping
from urllib.parse import quote, urlencode, urlsplit

import requests

from bot.catalogue.staging import Retrieval
from bot.errors import CatalogueError

Record = dict[str, Any]
Progress = Callable[[int, int, str], None]

HOST = "https://onderwijs.api.vlaanderen.be"
PAGE_SIZE = 5000
TRIES = 5
MAX_WAIT = 120.0  # seconds, also when the server asks for more
TIMEOUT = (10.0, 120.0)  # seconds to connect, and between two pieces of an answer
MAX_PAGES = 1000
HIDDEN = "***"
LATER = "Probeer het later opnieuw; wat al opgehaald is, blijft bewaard"
REPORT = "Kijk in de documentatie van de API wat er veranderd is en pas het ophalen aan"


class FetchError(CatalogueError):
    """A product could not be fetched: which one, what happened, and what to do."""

    def __init__(self, product: str, reason: str, fix: str) -> None:
        self.product, self.reason, self.fix = product, reason, fix
        self.resumable = fix.endswith(LATER)  # what was fetched before it is good
        super().__init__(f"{product}: {reason}. {fix}.")


@dataclass(frozen=True)
class _Failure:
    """What went wrong with one request; `wait` is the seconds the server asks for, if it does."""

    reason: str
    fix: str
    wait: float | None = None
    again: bool = True


@dataclass(frozen=True)
class _Page:
    """One good page: the scrubbed text it was read from, and when it was got."""

    text: str
    retrieved_at: str
    records: list[Record]
    number: int
    last: bool
    total_pages: int
    total: int | None

    @property
    def digest(self) -> str:
        """The same for pages with the same records, whatever their number."""
        return hashlib.sha256(json.dumps(self.records, sort_keys=True).encode()).hexdigest()


class Fetcher:
    """Fetches products page by page.

    `cache_dir` is the folder of one run: a later Fetcher with the same folder reads the pages that
    are there and asks only the others. `sleep` takes seconds; `now` gives the time of a page;
    `progress` is told pages done, pages in all (0 when unknown) and the product.

    Raises FetchError for a key that cannot be sent or a host that would get it unprotected.
    """

    def __init__(
        self, session: requests.Session, cache_dir: Path, *, key: str,
        sleep: Callable[[float], None], now: Callable[[], datetime],
        progress: Progress | None = None, host: str = HOST,
        timeout: tuple[float, float] = TIMEOUT, page_size: int = PAGE_SIZE,
    ) -> None:
        self.host = host.rstrip("/")
        self._session, self._cache, self._key = session, cache_dir, key.strip()
        self._sleep, self._now = sleep, now
        self._progress = progress or (lambda done, total, product: None)
        self._timeout, self._page_size = timeout, page_size
        # A short text could be a piece of the data itself, which scrubbing would then spoil.
        if not re.fullmatch(r"[!-~]{8,}", self._key):
            raise FetchError("API", "de sleutel ontbreekt, is te kort of heeft vreemde tekens",
                             "Geef de sleutel op zoals je ze kreeg, zonder spaties")
        parts = urlsplit(self.host)
        if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
            raise FetchError("API", f"{parts.scheme or 'het adres'} is niet beveiligd",
                             "Gebruik een adres dat met https:// begint")

    def pages(self, path: str, **filters: str) -> tuple[list[Record], Retrieval]:
        """Every record of one product, and the record of the retrieval.

        `path` starts with a slash; the names of `filters` start with `filter_`, as the API ignores
        others in silence. The time is that of the oldest page. Raises FetchError.
        """
        product = path.rstrip("/").rsplit("/", 1)[-1]
        wrong = [name for name in filters if not name.startswith("filter_")]
        if wrong:
            raise FetchError(product, f"{wrong[0]} is geen filter van de API",
                             "Laat de naam met filter_ beginnen")
        taken: list[_Page] = []
        met: set[str] = set()
        asked, last = 0, False
        aliased = False  # a server that counts from 1 may give its first page for 0 and for 1
        while not last:
            if asked >= MAX_PAGES:
                raise FetchError(product, f"er komt geen einde aan: al {asked} pagina's", REPORT)
            page = self._page(product, path, filters, asked)
            if asked == 1 and page.records and page.digest in met:
                aliased = True
            elif page.records and page.digest in met:
                raise FetchError(product, f"pagina {asked} is dezelfde als een vorige", REPORT)
            elif page.number not in _numbers(asked, aliased):
                raise FetchError(product, f"vroeg pagina {asked} en kreeg pagina {page.number}",
                                 REPORT)
            else:
                taken.append(page)
                met.add(page.digest)
                self._progress(len(taken), page.total_pages, product)
            last = page.last or not page.records
            asked = (page.number if asked == 0 else asked) + 1
        records = [record for page in taken for record in page.records]
        total = taken[-1].total
        if total is not None and len(records) < total:
            raise FetchError(product, f"{len(records)} records gekregen van de {total}",
                             "Begin een nieuwe ophaling")
        digest = hashlib.sha256("".join(page.text for page in taken).encode())
        query = f"?{urlencode(filters)}" if filters else ""
        return records, Retrieval(product, f"{self.host}{path}{query}",
                                  min(page.retrieved_at for page in taken), len(records),
                                  digest.hexdigest())

    def _page(self, product: str, path: str, filters: Mapping[str, str], number: int) -> _Page:
        """The page from the cache, or else from the server."""
        file = self._file(product, path, filters, number)
        # A page that cannot be read is asked again.
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads(file.read_text(encoding="utf-8"))
            page = _read(kept["text"], str(kept["retrieved_at"]))
            if isinstance(page, _Page):
                return page
        page = self._ask(product, path, {**filters, "page": str(number),
                                         "size": str(self._page_size)})
        if page.records or page.last:  # an empty page before the end may be full the next time
            self._keep(product, file, page)
        return page

    def _file(self, product: str, path: str, filters: Mapping[str, str], number: int) -> Path:
        asked = json.dumps([self.host, path, sorted(filters.items()), self._page_size])
        return self._cache / (f"{re.sub(r'[^a-z0-9_]', '_', product.lower())}-"
                              f"{hashlib.sha256(asked.encode()).hexdigest()[:12]}-{number:04}.json")

    def _keep(self, product: str, file: Path, page: _Page) -> None:
        temporary = file.with_name(f".{file.name}.{os.getpid()}")
        kept = json.dumps({"retrieved_at": page.retrieved_at, "text": page.text},
                          ensure_ascii=False)
        problem = ""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(kept, encoding="utf-8")
            temporary.replace(file)
        except OSError as error:
            problem = error.strerror or str(error)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        if problem:
            raise FetchError(product, f"een pagina kan niet bewaard worden ({problem})",
                             "Controleer de schrijfrechten en de vrije ruimte")

    def _ask(self, product: str, path: str, query: Mapping[str, str]) -> _Page:
        for attempt in range(1, TRIES + 1):
            answer = self._once(path, query)
            if isinstance(answer, _Page):
                return answer
            if not answer.again or attempt == TRIES:
                break
            wait = 2.0 ** (attempt - 1) if answer.wait is None else answer.wait
            self._sleep(min(wait, MAX_WAIT))
        assert isinstance(answer, _Failure)
        tries = f" ({TRIES} keer geprobeerd)" if answer.again else ""
        raise FetchError(product, answer.reason + tries, answer.fix)

    def _once(self, path: str, query: Mapping[str, str]) -> _Page | _Failure:
        # Errors of requests hold the headers, so none is chained to ours.
        try:
            response = self._session.get(
                self.host + path, params=query, timeout=self._timeout, allow_redirects=False,
                headers={"x-api-key": self._key, "accept": "application/json"})
        except requests.Timeout:
            return _Failure("de server antwoordt niet op tijd (time-out)", LATER)
        except (requests.exceptions.ChunkedEncodingError,
                requests.exceptions.ContentDecodingError):
            return _Failure("het antwoord is afgebroken", LATER)
        except requests.ConnectionError:
            return _Failure("er is geen verbinding met de server",
                            f"Controleer het netwerk. {LATER}")
        except requests.RequestException as error:
            return _Failure(f"de vraag kan niet verstuurd worden ({type(error).__name__})",
                            "Controleer het adres van de API", again=False)
        if response.status_code != 200:
            return self._refused(response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            return _Failure(f"het antwoord is geen JSON maar {kind or 'zonder type'}",
                            "Kijk na of het adres van de API klopt en of de dienst werkt",
                            again=False)
        try:
            text = response.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return _Failure("het antwoord is geen UTF-8", REPORT, again=False)
        if "\\u" in text:  # JSON can spell the key letter by letter
            with suppress(ValueError, RecursionError):
                text = json.dumps(json.loads(text), ensure_ascii=False)
        return _read(self._scrub(text), self._now().isoformat(timespec="seconds"))

    def _refused(self, response: requests.Response) -> _Failure:
        status = response.status_code
        if status == 429:
            asked = response.headers.get("retry-after", "").strip()
            wait = float(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else None
            return _Failure("de server vindt dat we te veel vragen (429)", LATER, wait)
        if status >= 500:
            return _Failure(f"de server heeft een storing ({status})", LATER)
        if status == 401:
            return _Failure("de sleutel is geweigerd (401)",
                            "Vraag of vernieuw de sleutel op het portaal van de API en geef ze "
                            "opnieuw op", again=False)
        if status == 403:
            return _Failure("de sleutel geeft geen toegang tot dit product (403)",
                            "Vraag toegang aan op het portaal van de API", again=False)
        if 300 <= status < 400:
            return _Failure(f"de server stuurt door naar een ander adres ({status})",
                            "Kijk in de documentatie het nieuwe adres na; de sleutel gaat niet "
                            "mee met een doorverwijzing", again=False)
        told = " ".join(self._scrub(response.text).split())[:200]
        return _Failure(f"de server weigert de vraag ({status}{': ' + told if told else ''})",
                        REPORT, again=False)

    def _scrub(self, text: str) -> str:
        """The text without the key, as it is and as JSON or an address would write it."""
        for form in {self._key, json.dumps(self._key)[1:-1], quote(self._key, safe=""),
                     json.dumps(self._key)[1:-1].replace("/", "\\/")}:
            text = text.replace(form, HIDDEN)
        return text


def _numbers(asked: int, aliased: bool) -> set[int]:
    """What `meta.number` may be for the page asked; the first page may be 0 or 1."""
    if asked == 0:
        return {0, 1}
    return {asked, asked - 1} if aliased else {asked}


def _read(text: str, retrieved_at: str) -> _Page | _Failure:
    """The page in a text. A text cut short may be whole the next time; a missing field not."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return _Failure("het antwoord is afgebroken of geen leesbare JSON", LATER)
    meta = body.get("meta") if isinstance(body, dict) else None
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(meta, dict):
        return _missing("meta")
    if not isinstance(content, list):
        return _missing("content")
    number, last = _whole(meta.get("number")), meta.get("last")
    if number is None:
        return _missing("meta.number")
    if not isinstance(last, bool):
        return _missing("meta.last")
    if not all(isinstance(record, dict) for record in content):
        return _Failure("een record in content heeft geen velden", REPORT, again=False)
    return _Page(text, retrieved_at, content, number, last, _whole(meta.get("total_pages")) or 0,
                 _whole(meta.get("total_elements")))


def _missing(name: str) -> _Failure:
    return _Failure(f"het veld {name} ontbreekt in het antwoord of is van een ander soort",
                    REPORT, again=False)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
