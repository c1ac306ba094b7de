"""Conversations of minors are forgotten: on the clock, in full."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations import ConversationStore
from bot.server import purge
from bot.settings import Settings

DAY = 24 * 3600.0


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(Domain.empty(), db=str(tmp_path / "gesprekken.sqlite"))


def talk(store: ConversationStore, sender: str, text: str, at: float) -> None:
    tracker = DialogueStateTracker(sender, [])
    tracker.update(UserUttered(text, timestamp=at))
    asyncio.run(store.save(tracker))


def everything(tmp_path: Path) -> bytes:
    return b"".join(f.read_bytes() for f in tmp_path.glob("gesprekken.sqlite*"))


def test_after_24_hours_no_byte_of_a_conversation_is_left(
    store: ConversationStore, tmp_path: Path
) -> None:
    old, new = f"web-{uuid.uuid4()}", f"web-{uuid.uuid4()}"
    now = 1_800_000_000.0
    for i in range(40):
        talk(store, f"web-{uuid.uuid4()}" if i else old, f"oudgeheim nummer {i}", now - DAY - 60)
    talk(store, new, "nieuwgeheim", now - DAY + 60)

    deleted = store.purge(now - DAY, "web-")

    left = everything(tmp_path)
    assert deleted == 40
    assert b"oudgeheim" not in left
    assert old.encode() not in left
    assert b"nieuwgeheim" in left


def test_other_channels_keep_their_own_time(store: ConversationStore, tmp_path: Path) -> None:
    talk(store, "whatsapp-abc", "blijft", 0.0)

    assert store.purge(1_800_000_000.0, "web-") == 0
    assert b"blijft" in everything(tmp_path)


def test_messaging_conversations_are_forgotten_after_seven_quiet_days(
    store: ConversationStore, tmp_path: Path
) -> None:
    now = 1_800_000_000.0
    for channel in ("whatsapp", "messenger", "telegram"):
        talk(store, f"{channel}-oud", "oudgeheim", now - 7 * DAY - 60)
        talk(store, f"{channel}-nieuw", "nieuwgeheim", now - 7 * DAY + 60)
    talk(store, "web-oud", "oudgeheim", now - DAY - 60)

    deleted = purge(SimpleNamespace(tracker_store=store), Settings(), now)  # type: ignore[arg-type]

    assert deleted == 4
    assert b"oudgeheim" not in everything(tmp_path)
    assert everything(tmp_path).count(b"nieuwgeheim") >= 3


def test_erasing_one_conversation_leaves_the_others(
    store: ConversationStore, tmp_path: Path
) -> None:
    talk(store, "web-1", "weg ermee", 1.0)
    talk(store, "web-2", "blijft hier", 1.0)

    assert store.erase("web-1") == 1
    assert b"weg ermee" not in everything(tmp_path)
    assert b"blijft hier" in everything(tmp_path)
