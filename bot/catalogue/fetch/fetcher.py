"""All pages of one product of the official API: from disk or else asked, never half taken."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Callable, Mapping
from urllib.parse import urlencode

import requests

from bot.catalogue.fetch.failure import REPORT, FetchError
from bot.catalogue.fetch.http import Api
from bot.catalogue.fetch.kept import KeptPages
from bot.catalogue.fetch.page import Page, Record
from bot.catalogue.staging import Retrieval

Progress = Callable[[int, int, str], None]

HOST = "https://onderwijs.api.vlaanderen.be"
PAGE_SIZE = 5000
TIMEOUT = (10.0, 120.0)  # seconds to connect, and between two pieces of an answer
MAX_PAGES = 1000


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
        self._api = Api(session, host, key, timeout, sleep, now)
        self.host = self._api.host
        self._kept = KeptPages(cache_dir, self.host, page_size)
        self._progress = progress or (lambda done, total, product: None)
        self._page_size = page_size

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
        taken: list[Page] = []
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

    def _page(self, product: str, path: str, filters: Mapping[str, str], number: int) -> Page:
        """The page from disk, or else from the server."""
        kept = self._kept.get(product, path, filters, number)
        if kept is not None:
            return kept
        page = self._api.ask(product, path, {**filters, "page": str(number),
                                             "size": str(self._page_size)})
        if page.records or page.last:  # an empty page before the end may be full the next time
            self._kept.keep(product, path, filters, number, page)
        return page


def _numbers(asked: int, aliased: bool) -> set[int]:
    """What `meta.number` may be for the page asked; the first page may be 0 or 1."""
    if asked == 0:
        return {0, 1}
    return {asked, asked - 1} if aliased else {asked}
