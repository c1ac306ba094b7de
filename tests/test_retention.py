"""Conversations of minors are forgotten: on the clock, in full."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import uuid
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.feedback import Feedback, save_feedback
from bot.channels.messaging.queue import Queue, Received
from bot.channels.messaging.secrecy import Sealed
from bot.conversations import ConversationStore, unwrap
from bot.failures import log_failure
from bot.retention import purge
from bot.settings import Settings

DAY = 24 * 3600.0
NOTHING = {"gebeurtenissen": 0, "wachtende berichten": 0, "oordelen": 0,
           "onbeantwoorde vragen": 0}


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

    deleted = purge(SimpleNamespace(tracker_store=store), Settings(data_dir=tmp_path), now)

    assert deleted == {**NOTHING, "gebeurtenissen": 4}
    assert b"oudgeheim" not in everything(tmp_path)
    assert everything(tmp_path).count(b"nieuwgeheim") >= 3


def test_what_waits_goes_after_a_day_although_its_channel_is_off(
    store: ConversationStore, tmp_path: Path
) -> None:
    settings, now = Settings(data_dir=tmp_path), 1_800_000_000.0
    kept = Queue(settings.messages_file, Sealed(Fernet.generate_key().decode()), lambda: now - DAY)
    kept.receive([Received("a", "whatsapp-weg", 0.0, {"tekst": "iets"}, now - DAY)])
    kept.close()

    deleted = purge(SimpleNamespace(tracker_store=store), settings, now)

    assert deleted == {**NOTHING, "wachtende berichten": 1}
    assert b"whatsapp-weg" not in settings.messages_file.read_bytes()


def test_feedback_is_forgotten_after_a_year(store: ConversationStore, tmp_path: Path) -> None:
    settings, now = Settings(data_dir=tmp_path), 1_800_000_000.0
    today = date.fromtimestamp(now)
    for days, remark in ((366, "oudwoord"), (365, "nieuwwoord")):
        save_feedback(settings.feedback_file, Feedback("startbonus", "fout", remark),
                      today - timedelta(days=days))

    deleted = purge(SimpleNamespace(tracker_store=store), settings, now)

    assert deleted == {**NOTHING, "oordelen": 1}
    assert b"oudwoord" not in settings.feedback_file.read_bytes()
    assert b"nieuwwoord" in settings.feedback_file.read_bytes()


def test_what_cannot_be_deleted_now_stops_no_other_deletion(
    store: ConversationStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, now = Settings(data_dir=tmp_path), 1_800_000_000.0
    save_feedback(settings.feedback_file, Feedback("startbonus", "fout", ""), date(2020, 1, 1))

    def busy(*_: object) -> int:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(store, "purge", busy)

    assert purge(SimpleNamespace(tracker_store=store), settings, now) == {
        "wachtende berichten": 0, "oordelen": 1, "onbeantwoorde vragen": 0}


def test_words_of_people_are_in_no_error_and_no_memory_when_the_disk_is_full(
    store: ConversationStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = sqlite3.connect(tmp_path / "gesprekken.sqlite")
    file.execute("CREATE TRIGGER vol BEFORE INSERT ON events BEGIN SELECT "
                 "raise(abort, 'database or disk is full'); END")
    agent = SimpleNamespace(tracker_store=FailSafeTrackerStore(store), processor=SimpleNamespace())
    unwrap(agent)
    said = "".join(["diep", "geheim"])  # not as it stands in this line of code

    with pytest.raises(Exception, match="disk is full") as refused:
        talk(agent.tracker_store, "web-1", said, 1.0)
    log_failure(logging.getLogger("proef"), "Beurt mislukt", refused.value)

    assert said not in str(refused.value)
    assert said not in caplog.text
    assert agent.processor.tracker_store is store


def test_of_a_turn_with_a_cry_for_help_nothing_is_kept(
    store: ConversationStore, tmp_path: Path
) -> None:
    talk(store, "web-1", "gewone vraag", 1.0)
    tracker = asyncio.run(store.retrieve("web-1"))
    assert tracker is not None
    tracker.update(UserUttered("[nood]", intent={"name": "nood"}, timestamp=2.0,
                               entities=[{"entity": "nood", "value": "zelfdoding"}]))
    asyncio.run(store.save(tracker))

    assert b"gewone vraag" in everything(tmp_path)
    assert b"zelfdoding" not in everything(tmp_path)
    assert b"nood" not in everything(tmp_path)
    anew = asyncio.run(store.retrieve("web-1"))
    assert anew is not None
    assert anew.latest_message is None or not anew.latest_message.text


def test_erasing_one_conversation_leaves_the_others(
    store: ConversationStore, tmp_path: Path
) -> None:
    talk(store, "web-1", "weg ermee", 1.0)
    talk(store, "web-2", "blijft hier", 1.0)

    assert store.erase("web-1") == 1
    assert b"weg ermee" not in everything(tmp_path)
    assert b"blijft hier" in everything(tmp_path)
