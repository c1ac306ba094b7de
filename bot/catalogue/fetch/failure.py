"""What may go wrong in fetching: with one request, and with a whole product."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import CatalogueError

LATER = "Probeer het later opnieuw; wat al opgehaald is, blijft bewaard"
REPORT = "Kijk in de documentatie van de API wat er veranderd is en pas het ophalen aan"


class FetchError(CatalogueError):
    """A product could not be fetched: which one, what happened, and what to do."""

    def __init__(self, product: str, reason: str, fix: str) -> None:
        self.product, self.reason, self.fix = product, reason, fix
        self.resumable = fix.endswith(LATER)  # what was fetched before it is good
        super().__init__(f"{product}: {reason}. {fix}.")


@dataclass(frozen=True)
class Failure:
    """What went wrong with one request; `wait` is the seconds the server asks for, if it does."""

    reason: str
    fix: str
    wait: float | None = None
    again: bool = True
