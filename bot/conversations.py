"""Rasa's SQL tracker store with what minors' conversations need: erase, purge, no remains.

`secure_delete` overwrites what is deleted and the write-ahead log is emptied after it, so that
no byte of an erased conversation stays on disk.
"""

from __future__ import annotations

from typing import Any, Optional

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

from bot.nlu.prediction import CRISIS

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=5000",
)


def store_of(agent: Any) -> Any:
    """The store of a Rasa agent, without Rasa's wrapper that can neither erase nor purge."""
    store = agent.tracker_store
    return getattr(store, "_tracker_store", store)


def unwrap(agent: Any) -> None:
    """Let an agent use its store itself.

    When a save fails, Rasa's wrapper writes the words of the person to the log and keeps them in
    memory, where no erasing reaches them. Without it the turn fails and the person hears so.
    """
    agent.tracker_store = agent.processor.tracker_store = store_of(agent)


class ForgetsNeed(TrackerStore):
    """A store in which a turn with a cry for help leaves nothing but that the talk began anew.

    So nothing that is said next leans on what was shown before the cry, and the search goes on.
    """

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new of a conversation."""
        said = tracker.latest_message
        if said is None or said.intent.get("name") != CRISIS:
            await super().save(tracker)
            return
        before = await self.retrieve(tracker.sender_id)
        if before is None:
            return
        slots = [SlotSet(name, slot.value) for name, slot in before.slots.items()
                 if slot.value is not None]
        for event in (ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *slots,
                      ActionExecuted(ACTION_LISTEN_NAME)):
            before.update(event)
        await super().save(before)


class _Events(InMemoryTrackerStore):
    """Rasa's store in memory, with the events themselves: its JSON is a tenth of a turn."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.store[tracker.sender_id] = tracker.as_dialogue()

    def deserialise_tracker(self, sender_id: str, serialised_tracker: Any) -> DialogueStateTracker:
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(serialised_tracker)
        return tracker


class MemoryStore(ForgetsNeed, _Events):
    """Conversations in memory only."""


class ConversationStore(ForgetsNeed, SQLTrackerStore):
    """SQLite by default; another `dialect` works as in Rasa's own store, without the pragmas."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        dialect: str = "sqlite",
        host: Optional[str] = None,
        port: Optional[int] = None,
        db: str = "var/gesprekken.sqlite",
        username: Optional[str] = None,
        password: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        """Same arguments as Rasa's store, so that endpoints.yml can configure it."""
        super().__init__(domain, dialect, host, port, db, username, password, event_broker,
                         **kwargs)
        if dialect == "sqlite":
            self._tune()

    def _tune(self) -> None:
        engine: Any = self.engine  # type: ignore[has-type]
        engine.dispose()
        self.engine = sa.create_engine(
            engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False},
            hide_parameters=True,  # words of people are no part of an error
        )

        @sa.event.listens_for(self.engine, "connect")
        def _set_pragmas(connection: Any, _record: Any) -> None:
            for pragma in PRAGMAS:
                connection.execute(pragma)

        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    def erase(self, sender_id: str) -> int:
        """Delete one conversation and every trace of it on disk; gives the number of events."""
        return self._delete(self.SQLEvent.sender_id == sender_id)

    def purge(self, before: float, prefix: str) -> int:
        """Delete conversations of `prefix` senders whose last event is older than `before`.

        `before` is in seconds since the epoch; gives the number of events deleted.
        """
        with self.session_scope() as session:
            last = sa.func.max(self.SQLEvent.timestamp)
            rows = (
                session.query(self.SQLEvent.sender_id)
                .filter(self.SQLEvent.sender_id.like(f"{prefix}%"))
                .group_by(self.SQLEvent.sender_id)
                .having(last < before)
                .all()
            )
        deleted = sum(self._delete(self.SQLEvent.sender_id == row[0], tidy=False) for row in rows)
        self._empty_log()
        return deleted

    def _delete(self, condition: Any, tidy: bool = True) -> int:
        with self.session_scope() as session:
            deleted = session.query(self.SQLEvent).filter(condition).delete(
                synchronize_session=False
            )
            session.commit()
        if tidy:
            self._empty_log()
        return int(deleted)

    def _empty_log(self) -> None:
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
