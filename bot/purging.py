"""Erasing what was kept its time: step by step, so that one that fails stops no other."""

from __future__ import annotations

import logging
from typing import Callable, Mapping

from bot.failures import log_failure

logger = logging.getLogger(__name__)


def run(steps: Mapping[str, Callable[[], int]]) -> dict[str, int]:
    """Do every step, by the name of what it erases; gives how many went.

    What cannot be erased now goes in the next round, and the log says so without its words.
    """
    deleted = {}
    for what, step in steps.items():
        try:
            deleted[what] = step()
        except Exception as error:  # whatever it is, the next round must come
            log_failure(logger, f"Wissen van {what} mislukt", error)
    return deleted


def tell(deleted: Mapping[str, int], where: str = "") -> None:
    """Log what went, in numbers; nothing when nothing did."""
    gone = ", ".join(f"{number} {what}" for what, number in deleted.items() if number)
    if gone:
        logger.warning("Bewaartijd voorbij, gewist%s: %s", where, gone)
