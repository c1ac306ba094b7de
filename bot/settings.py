"""Settings of one running bot, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where things are and what limits hold. Durations in seconds, sizes in characters or bytes."""

    root: Path = ROOT
    data_dir: Path = ROOT / "var"
    origins: tuple[str, ...] = ()
    privacy_url: str = "/privacy"
    max_text: int = 1000
    max_body: int = 16 * 1024
    messages_per_sender: int = 20
    sender_window: float = 10.0
    messages_per_address: int = 600
    address_window: float = 60.0
    web_retention: float = 24 * 3600.0
    purge_every: float = 3600.0
    max_turns: int = 50
    turn_timeout: float = 20.0
    trusted_proxy: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def catalogue_source(self) -> Path:
        """Folder of the built-in catalogue's CSV files."""
        return self.root / "data" / "catalogue"

    @property
    def catalogue_file(self) -> Path:
        """The built catalogue."""
        return self.data_dir / "catalogus.sqlite"

    @property
    def fetched_dir(self) -> Path:
        """Schools and offers of the last retrieval; they go before the built-in ones."""
        return self.data_dir / "ophaling"

    @property
    def knowledge_dir(self) -> Path:
        """Folder with one file per answer."""
        return self.root / "data" / "nlu" / "kennis"

    @property
    def facts_file(self) -> Path:
        """Numbers that answers fill in, each with its validity."""
        return self.root / "data" / "facts.yml"

    @property
    def texts_dir(self) -> Path:
        """Words of task answers and small talk."""
        return self.root / "data" / "teksten"

    @property
    def models_dir(self) -> Path:
        """Trained models; the same folder that `rasa train` uses."""
        return self.root / "models"

    @property
    def conversations_file(self) -> Path:
        """SQLite file of the tracker store."""
        return self.data_dir / "gesprekken.sqlite"

    @property
    def silence_file(self) -> Path:
        """The kill switch: which answers are silent, and every use of it."""
        return self.data_dir / "stil.json"

    @property
    def safety_dir(self) -> Path:
        """Patterns and examples of cries for help."""
        return self.root / "data" / "nood"

    @property
    def counters_file(self) -> Path:
        """SQLite file with how often help lines were shown; no words, no person."""
        return self.data_dir / "tellers.sqlite"

    @property
    def feedback_file(self) -> Path:
        """SQLite file with masked feedback."""
        return self.data_dir / "feedback.sqlite"


def from_environment(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `DUAALWIJZER_*` variables; every name is in docs/operations.md."""

    def number(name: str, default: float) -> float:
        value = env.get(f"DUAALWIJZER_{name}")
        return float(value) if value else default

    origins = tuple(o.strip() for o in env.get("DUAALWIJZER_ORIGINS", "").split(",") if o.strip())
    return Settings(
        data_dir=Path(env.get("DUAALWIJZER_DATA_DIR") or ROOT / "var"),
        origins=origins,
        privacy_url=env.get("DUAALWIJZER_PRIVACY_URL", "/privacy"),
        messages_per_sender=int(number("SENDER_LIMIT", 20)),
        messages_per_address=int(number("ADDRESS_LIMIT", 600)),
        web_retention=number("WEB_RETENTION", 24 * 3600.0),
        purge_every=number("PURGE_EVERY", 3600.0),
        trusted_proxy=env.get("DUAALWIJZER_TRUSTED_PROXY", "") == "1",
    )
