"""Whether a channel is on: the secrets it needs in the environment, and what it lacks."""

from __future__ import annotations

from typing import Sequence

from bot.settings import Settings

COMMON_SECRETS = ("PEPER", "BERICHTSLEUTEL")


def missing(needs: Sequence[str], settings: Settings) -> list[str]:
    """The environment variables that a channel with these own secrets still needs."""
    return [f"DUAALWIJZER_{name}" for name in (*COMMON_SECRETS, *needs)
            if not settings.secrets.get(name)]


def status(app: str, needs: Sequence[str], settings: Settings) -> str:
    """One Dutch sentence for the start: on, off, or what is missing."""
    lacking = missing(needs, settings)
    if not lacking:
        return f"{app} aan"
    if any(settings.secrets.get(name) for name in needs):
        return f"{app} uit (zet nog {', '.join(lacking)})"
    return f"{app} uit"
