"""One question to the official API: asked politely, and again when that may help.

The key goes in a header and nowhere else: what the server answers is scrubbed of it before it is
read, kept or told.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import datetime
from typing import Callable, Mapping
from urllib.parse import quote, urlsplit

import requests

from bot.catalogue.fetch.failure import LATER, REPORT, Failure, FetchError
from bot.catalogue.fetch.page import Page, read_page

TRIES = 5
MAX_WAIT = 120.0  # seconds, also when the server asks for more
HIDDEN = "***"


class Api:
    """The API at one address with one key; `timeout` in seconds, as for requests.

    Raises FetchError for a key that cannot be sent or a host that would get it unprotected.
    """

    def __init__(
        self, session: requests.Session, host: str, key: str, timeout: tuple[float, float],
        sleep: Callable[[float], None], now: Callable[[], datetime],
    ) -> None:
        self.host = host.rstrip("/")
        self._session, self._key, self._timeout = session, key.strip(), timeout
        self._sleep, self._now = sleep, now
        # A short text could be a piece of the data itself, which scrubbing would then spoil.
        if not re.fullmatch(r"[!-~]{8,}", self._key):
            raise FetchError("API", "de sleutel ontbreekt, is te kort of heeft vreemde tekens",
                             "Geef de sleutel op zoals je ze kreeg, zonder spaties")
        parts = urlsplit(self.host)
        if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
            raise FetchError("API", f"{parts.scheme or 'het adres'} is niet beveiligd",
                             "Gebruik een adres dat met https:// begint")

    def ask(self, product: str, path: str, query: Mapping[str, str]) -> Page:
        """The page, asked up to five times; FetchError names the product and what to do."""
        for attempt in range(1, TRIES + 1):
            answer = self._once(path, query)
            if isinstance(answer, Page):
                return answer
            if not answer.again or attempt == TRIES:
                break
            wait = 2.0 ** (attempt - 1) if answer.wait is None else answer.wait
            self._sleep(min(wait, MAX_WAIT))
        assert isinstance(answer, Failure)
        tries = f" ({TRIES} keer geprobeerd)" if answer.again else ""
        raise FetchError(product, answer.reason + tries, answer.fix)

    def _once(self, path: str, query: Mapping[str, str]) -> Page | Failure:
        # Errors of requests hold the headers, so none is chained to ours.
        try:
            response = self._session.get(
                self.host + path, params=query, timeout=self._timeout, allow_redirects=False,
                headers={"x-api-key": self._key, "accept": "application/json"})
        except requests.Timeout:
            return Failure("de server antwoordt niet op tijd (time-out)", LATER)
        except (requests.exceptions.ChunkedEncodingError,
                requests.exceptions.ContentDecodingError):
            return Failure("het antwoord is afgebroken", LATER)
        except requests.ConnectionError:
            return Failure("er is geen verbinding met de server",
                           f"Controleer het netwerk. {LATER}")
        except requests.RequestException as error:
            return Failure(f"de vraag kan niet verstuurd worden ({type(error).__name__})",
                           "Controleer het adres van de API", again=False)
        if response.status_code != 200:
            return self._refused(response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            return Failure(f"het antwoord is geen JSON maar {kind or 'zonder type'}",
                           "Kijk na of het adres van de API klopt en of de dienst werkt",
                           again=False)
        try:
            text = response.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return Failure("het antwoord is geen UTF-8", REPORT, again=False)
        if "\\u" in text:  # JSON can spell the key letter by letter
            with suppress(ValueError, RecursionError):
                text = json.dumps(json.loads(text), ensure_ascii=False)
        return read_page(self._scrub(text), self._now().isoformat(timespec="seconds"))

    def _refused(self, response: requests.Response) -> Failure:
        status = response.status_code
        if status == 429:
            asked = response.headers.get("retry-after", "").strip()
            wait = float(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else None
            return Failure("de server vindt dat we te veel vragen (429)", LATER, wait)
        if status >= 500:
            return Failure(f"de server heeft een storing ({status})", LATER)
        if status == 401:
            return Failure("de sleutel is geweigerd (401)",
                           "Vraag of vernieuw de sleutel op het portaal van de API en geef ze "
                           "opnieuw op", again=False)
        if status == 403:
            return Failure("de sleutel geeft geen toegang tot dit product (403)",
                           "Vraag toegang aan op het portaal van de API", again=False)
        if 300 <= status < 400:
            return Failure(f"de server stuurt door naar een ander adres ({status})",
                           "Kijk in de documentatie het nieuwe adres na; de sleutel gaat niet "
                           "mee met een doorverwijzing", again=False)
        told = " ".join(self._scrub(response.text).split())[:200]
        return Failure(f"de server weigert de vraag ({status}{': ' + told if told else ''})",
                       REPORT, again=False)

    def _scrub(self, text: str) -> str:
        """The text without the key, as it is and as JSON or an address would write it."""
        for form in {self._key, json.dumps(self._key)[1:-1], quote(self._key, safe=""),
                     json.dumps(self._key)[1:-1].replace("/", "\\/")}:
            text = text.replace(form, HIDDEN)
        return text
