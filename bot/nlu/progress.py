"""Lets a long training say how far it is, without knowing who listens (no Rasa)."""

from __future__ import annotations

from typing import Callable

FOLDS = 2
LEARNING = "vragen leren herkennen"
CHECKING = tuple(f"drempels kiezen, deel {i} van {FOLDS}" for i in range(1, FOLDS + 1))
STEPS = (LEARNING, *CHECKING)

_listener: Callable[[str], None] | None = None


def listen(listener: Callable[[str], None] | None) -> None:
    """Send every step to `listener`; None stops that."""
    global _listener
    _listener = listener


def report(what: str) -> None:
    """Say that a step begins."""
    if _listener is not None:
        _listener(what)
