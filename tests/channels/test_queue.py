"""The queue on disk: nothing twice, nothing lost, nothing readable. Real SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.channels.messaging.expiry import purge
from bot.channels.messaging.queue import Queue, Received
from bot.channels.messaging.secrecy import Sealed

KEY = Fernet.generate_key().decode()
DAY = 24 * 3600.0
WHO = "whatsapp-1"
FILE = "berichten.sqlite"


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(tmp_path: Path, clock: Clock) -> Iterator[Queue]:
    made = Queue(tmp_path / FILE, Sealed(KEY), clock)
    yield made
    made.close()


def message(key: str, text: str = "geheim", rank: float = 0.0, person: str = WHO,
            sent: float = Clock.now) -> Received:
    return Received(key, person, rank, {"tekst": text, "to": {"to": "32470123456"}}, sent)


def bytes_of(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in folder.iterdir())


def test_a_message_comes_once_also_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    first = Queue(tmp_path / "q", Sealed(KEY), clock)
    assert len(first.receive([message("a"), message("a")])) == 1
    row = first.next_inbound(WHO)
    assert row is not None
    first.answered(row, [])
    first.close()

    second = Queue(tmp_path / "q", Sealed(KEY), clock)
    assert second.known("a")
    assert second.receive([message("a")]) == []
    assert second.next_inbound(WHO) is None
    second.close()


def test_what_waits_is_there_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    first = Queue(tmp_path / "q", Sealed(KEY), clock)
    first.receive([message("a"), message("b")])
    row = first.next_inbound(WHO)
    assert row is not None
    first.answered(row, [{"call": 1}])
    first.close()

    second = Queue(tmp_path / "q", Sealed(KEY), clock)
    assert second.people("whatsapp") == [WHO]
    waiting, answer = second.next_inbound(WHO), second.next_outbound(WHO)
    assert waiting is not None
    assert answer is not None
    assert (waiting.message, answer.content) == ("b", {"call": 1})
    second.close()


def test_what_was_sent_first_is_answered_first(queue: Queue) -> None:
    queue.receive([message("later", rank=2), message("eerst", rank=1), message("ook", rank=1)])

    found = []
    while row := queue.next_inbound(WHO):
        found.append(row.message)
        queue.answered(row, [])
    assert found == ["eerst", "ook", "later"]


def test_nothing_on_disk_can_be_read(queue: Queue, tmp_path: Path) -> None:
    queue.receive([message("a", "heel geheime vraag")])
    row = queue.next_inbound(WHO)
    assert row is not None
    queue.answered(row, [{"text": "heel geheim antwoord", "to": "32470123456"}])

    content = bytes_of(tmp_path)
    assert b"geheim" not in content
    assert b"32470123456" not in content
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing_but_breaks_nothing(tmp_path: Path, clock: Clock) -> None:
    first = Queue(tmp_path / "q", Sealed(KEY), clock)
    first.receive([message("a")])
    first.close()

    second = Queue(tmp_path / "q", Sealed(Fernet.generate_key().decode()), clock)
    row = second.next_inbound(WHO)
    assert row is not None
    assert row.content is None
    second.close()


def test_after_24_hours_what_waited_is_gone_on_every_channel(
    queue: Queue, clock: Clock, tmp_path: Path
) -> None:
    queue.receive([message("a"), message("b", person="telegram-1")])
    row = queue.next_inbound(WHO)
    assert row is not None
    queue.answered(row, [{"x": 1}], noticed=True)
    clock.now += DAY
    queue.receive([message("c", person="messenger-1", sent=clock.now)])
    answer = queue.next_outbound(WHO)
    assert answer is not None

    assert queue.expired(answer)
    assert purge(tmp_path / FILE, clock.now, DAY) == {"whatsapp": 1, "telegram": 1}
    assert queue.counts() == {("whatsapp", "verlopen"): 1, ("telegram", "verlopen"): 1}
    assert queue.next_outbound(WHO) is None
    assert queue.next_inbound("telegram-1") is None
    assert queue.next_inbound("messenger-1") is not None
    assert WHO.encode() not in bytes_of(tmp_path)


def test_a_message_is_known_for_a_week_and_then_forgotten(
    queue: Queue, clock: Clock, tmp_path: Path
) -> None:
    queue.receive([message("a")])
    clock.now += 6 * DAY
    purge(tmp_path / FILE, clock.now, DAY)
    assert queue.known("a")
    clock.now += 2 * DAY
    purge(tmp_path / FILE, clock.now, DAY)
    assert not queue.known("a")


def test_erasing_takes_waiting_answers_but_not_later_questions(queue: Queue) -> None:
    queue.receive([message("vraag", rank=1), message("wis", rank=2), message("nieuw", rank=3)])
    first = queue.next_inbound(WHO)
    assert first is not None
    queue.answered(first, [{"n": 1}, {"n": 2}], noticed=True)
    erasing = queue.next_inbound(WHO)
    assert erasing is not None
    queue.answered(erasing, [{"n": "gewist"}], erase=True)

    answer, question = queue.next_outbound(WHO), queue.next_inbound(WHO)
    assert answer is not None
    assert question is not None
    assert answer.content == {"n": "gewist"}
    assert question.message == "nieuw"
    assert queue.notice_due(WHO, DAY)


def test_the_notice_is_due_again_after_24_hours(queue: Queue, clock: Clock) -> None:
    assert queue.notice_due(WHO, DAY)
    queue.receive([message("a")])
    row = queue.next_inbound(WHO)
    assert row is not None
    queue.answered(row, [], noticed=True)
    clock.now += DAY - 1
    assert not queue.notice_due(WHO, DAY)
    clock.now += 1
    assert queue.notice_due(WHO, DAY)


def test_a_step_that_fails_changes_nothing(queue: Queue) -> None:
    queue.receive([message("a")])
    row = queue.next_inbound(WHO)
    assert row is not None
    with pytest.raises(TypeError):
        queue.answered(row, [{"x": object()}])

    assert queue.next_inbound(WHO) == row


def test_counts_hold_no_person(queue: Queue) -> None:
    queue.count("whatsapp", "venster")
    queue.count("whatsapp", "venster")

    assert queue.counts() == {("whatsapp", "venster"): 2}


def test_an_answer_may_wait_as_long_as_its_question_may(queue: Queue, clock: Clock) -> None:
    queue.receive([message("a")])
    clock.now += 23 * 3600
    row = queue.next_inbound(WHO)
    assert row is not None
    queue.answered(row, [{"x": 1}])
    clock.now += 3600
    answer = queue.next_outbound(WHO)

    assert answer is not None
    assert queue.expired(answer)
