"""Settings of one running bot, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping
from urllib.parse import urlsplit

from bot.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent

# Secrets of the messaging channels, each in the environment as DUAALWIJZER_<name>.
SECRETS = (
    "PEPER", "BERICHTSLEUTEL",
    "WHATSAPP_TOKEN", "WHATSAPP_NUMMER", "WHATSAPP_APPGEHEIM", "WHATSAPP_VERIFICATIE",
    "MESSENGER_TOKEN", "MESSENGER_APPGEHEIM", "MESSENGER_VERIFICATIE",
    "TELEGRAM_TOKEN", "TELEGRAM_GEHEIM",
)


@dataclass(frozen=True)
class Settings:
    """Where things are and what limits hold. Durations in seconds, sizes in characters or bytes."""

    root: Path = ROOT
    data_dir: Path = ROOT / "var"
    origins: tuple[str, ...] = ()
    privacy_url: str = "/privacy"
    public_url: str = ""  # where people reach the bot, without a slash at the end
    publisher: str = ""
    contact: str = ""
    clb_name: str = ""  # the CLB of the publisher's own school
    clb_phone: str = ""
    clb_url: str = ""
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
    messaging_retention: float = 7 * 24 * 3600.0
    queue_retention: float = 24 * 3600.0  # after it no platform may be answered any more
    feedback_retention: float = 365 * 24 * 3600.0
    unanswered: bool = False  # whether questions without an answer are kept, masked
    unanswered_retention: float = 90 * 24 * 3600.0
    settling: float = 0.4  # how long a message waits for one that was sent before it
    graph_url: str = "https://graph.facebook.com/v25.0"
    telegram_url: str = "https://api.telegram.org"
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def conversation_retention(self) -> dict[str, float]:
        """How long a quiet conversation is kept, by channel."""
        return {"web": self.web_retention, **dict.fromkeys(
            ("whatsapp", "messenger", "telegram"), self.messaging_retention)}

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
    def explained_file(self) -> Path:
        """Hard words that may stand in answers because they explain them."""
        return self.root / "data" / "uitgelegd.txt"

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
        """SQLite file with how often help lines and answers were given; no words, no person."""
        return self.data_dir / "tellers.sqlite"

    @property
    def unanswered_file(self) -> Path:
        """SQLite file with masked questions that got no answer; only when that is on."""
        return self.data_dir / "onbeantwoord.sqlite"

    @property
    def messages_file(self) -> Path:
        """SQLite file with messages that wait, encrypted, and what was received before."""
        return self.data_dir / "berichten.sqlite"

    @property
    def testbench_file(self) -> Path:
        """SQLite file of the test bench: access, judgements, runs, changes."""
        return self.data_dir / "proefbank.sqlite"

    @property
    def feedback_file(self) -> Path:
        """SQLite file with masked feedback."""
        return self.data_dir / "feedback.sqlite"


def from_environment(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `DUAALWIJZER_*` variables; every name is in docs/operations.md.

    SettingError when an address or the school's own CLB cannot be shown to people as it stands.
    """

    def number(name: str, default: float) -> float:
        value = env.get(f"DUAALWIJZER_{name}")
        return float(value) if value else default

    def text(name: str) -> str:
        return env.get(f"DUAALWIJZER_{name}", "").strip()

    clb_name, clb_phone = text("CLB_NAAM"), text("CLB_TELEFOON")
    clb_url = _web_address("CLB_URL", text("CLB_URL"))
    if (clb_phone or clb_url) and not clb_name:
        raise SettingError("DUAALWIJZER_CLB_NAAM", "ontbreekt, maar er is wel een telefoon of site",
                           "geef de naam van het CLB, of haal de andere twee weg")
    public_url = _web_address("ADRES", text("ADRES")).rstrip("/")
    privacy_url = text("PRIVACY_URL") or f"{public_url}/privacy"
    if not privacy_url.startswith("/") or privacy_url.startswith("//"):
        privacy_url = _web_address("PRIVACY_URL", privacy_url)
    origins = tuple(o.strip() for o in env.get("DUAALWIJZER_ORIGINS", "").split(",") if o.strip())
    return Settings(
        data_dir=Path(env.get("DUAALWIJZER_DATA_DIR") or ROOT / "var"),
        origins=origins,
        privacy_url=privacy_url,
        public_url=public_url,
        publisher=text("UITGEVER"),
        contact=text("CONTACT"),
        clb_name=clb_name,
        clb_phone=clb_phone,
        clb_url=clb_url,
        messages_per_sender=int(number("SENDER_LIMIT", 20)),
        messages_per_address=int(number("ADDRESS_LIMIT", 600)),
        web_retention=number("WEB_RETENTION", 24 * 3600.0),
        purge_every=number("PURGE_EVERY", 3600.0),
        trusted_proxy=env.get("DUAALWIJZER_TRUSTED_PROXY", "") == "1",
        messaging_retention=number("MESSAGING_RETENTION", Settings.messaging_retention),
        queue_retention=number("QUEUE_RETENTION", Settings.queue_retention),
        feedback_retention=number("FEEDBACK_RETENTION", Settings.feedback_retention),
        unanswered=env.get("DUAALWIJZER_ONBEANTWOORD", "") == "1",
        settling=number("SETTLING", Settings.settling),
        graph_url=(_web_address("GRAPH_URL", text("GRAPH_URL")) or Settings.graph_url).rstrip("/"),
        telegram_url=(_web_address("TELEGRAM_URL", text("TELEGRAM_URL"))
                      or Settings.telegram_url).rstrip("/"),
        secrets={name: text(name) for name in SECRETS if text(name)},
    )


def _web_address(name: str, value: str) -> str:
    """The value when it is empty or a whole web address: it becomes a link for people."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        good = False
    if value and not good:
        raise SettingError(f"DUAALWIJZER_{name}", f"{value!r} is geen webadres",
                           "schrijf het helemaal, met https:// vooraan")
    return value
