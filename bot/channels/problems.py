"""Errors of the web channel as `application/problem+json` with a Dutch sentence."""

from __future__ import annotations

from typing import Mapping

from sanic.response import HTTPResponse, json

TITLES = {
    400: "Ongeldige vraag",
    404: "Niet gevonden",
    413: "Te groot",
    415: "Geen JSON",
    429: "Te veel berichten",
    503: "Even niet beschikbaar",
}


class Problem(Exception):
    """A request that cannot be served, as the person may read it."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.detail, self.headers = status, detail, dict(headers or {})
        super().__init__(detail)

    def response(self) -> HTTPResponse:
        """The HTTP answer."""
        body = {"title": TITLES[self.status], "status": self.status, "detail": self.detail}
        return json(body, status=self.status, headers=self.headers,
                    content_type="application/problem+json")
