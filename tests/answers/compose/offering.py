"""Hand-made search results, and the answer with the schools that were found."""

from __future__ import annotations

from typing import Any

from bot.answers.compose.offers import compose_offers
from bot.answers.compose.results import OffersShown
from bot.answers.texts import Texts
from bot.catalogue.offers import Hit, OfferQuery, OfferResult
from tests.answers.values import GENT, INFO, contract, programme

PLUMBER = programme("133", "Installateur duaal", years=(3, 4))
FULL_TIME = programme("188", "Elektrische installaties", dual=False)


def result(*hits: Hit, **changes: Any) -> OfferResult:
    """A complete search for one programme in Gent, all on one page, with other parts."""
    parts: dict[str, Any] = {
        "query": OfferQuery(("88",), GENT), "programmes": (programme(),), "hits": hits,
        "found": len(hits), "nearest": hits[0] if hits else None, "widened": (),
        "known": len(hits), "total": len(hits), "related": (), "full_time": (),
    }
    return OfferResult(**{**parts, **changes})


def shown(texts: Texts, found: OfferResult, interest: str = "", start: int = 0) -> dict[str, Any]:
    return contract(compose_offers(OffersShown(found, INFO, interest, start), texts))


def payloads(message: dict[str, Any]) -> list[str]:
    return [b["payload"] for b in message["buttons"]]
