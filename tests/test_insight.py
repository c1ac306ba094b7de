"""What every turn adds to the counters: numbers only, and nothing that slows or breaks a turn."""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot import insight
from bot.buttons import pressed, typed
from bot.channels.web import WebOutput
from bot.inbox import receive
from bot.insight import SEARCH, Counted, Counters, Outcome, counted
from bot.settings import Settings
from bot.turns import Turns
from tests.conftest import served_pages

DAY = date(2026, 11, 26)
NOON = time.mktime((2026, 11, 26, 12, 0, 0, 0, 0, -1))


@dataclass
class Line:
    """A person who talks to the real model as through the web channel, with a watch on turns."""

    conversations: Any
    turns: Turns
    sender: str = field(default_factory=lambda: f"web-{uuid.uuid4()}")

    def say(self, text: str) -> dict[str, Any]:
        inbound = receive(text)
        text, parsed = inbound.text, inbound.parsed
        if parsed is None:
            store = self.conversations.agent.tracker_store
            text, parsed = self._run(typed(store, self.sender, text)) or (text, None)
        return self._turn(text, parsed)

    def press(self, payload: str) -> dict[str, Any]:
        return self._turn(payload, pressed(payload))

    def _turn(self, text: str, parsed: Any) -> dict[str, Any]:
        output = WebOutput()
        message = UserMessage(text, output, self.sender, parse_data=parsed, input_channel="web")
        self._run(self.turns.around(self.conversations.agent.handle_message)(message))
        return output.answers[0]

    def _run(self, work: Any) -> Any:
        return self.conversations._loop.run_until_complete(work)


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, data_dir=tmp_path)


@pytest.fixture
def line(conversations: Any, own: Settings) -> Line:
    return Line(conversations, Turns(own, lambda: NOON))


def kept(own: Settings) -> dict[tuple[str, str], int]:
    """Numbers by topic and outcome."""
    return {(row.topic, row.outcome.value): row.number
            for row in insight.read(own.counters_file, DAY, DAY)}


def test_an_answer_is_counted_with_day_channel_theme_and_topic(line: Line, own: Settings) -> None:
    topic = line.say("hoeveel verdien je als je duaal leert")["topic"]
    line.turns.stop()

    row, = insight.read(own.counters_file, DAY, DAY)
    assert (row.day, row.channel, row.theme, row.topic, row.number) == (
        DAY, "web", "geld", topic, 1)
    assert row.outcome is Outcome.ANSWERED


def test_what_is_out_of_scope_searched_or_handed_over_is_told_apart(line: Line, own: Settings
                                                                   ) -> None:
    assert line.say("wat eten we vanavond")["kind"] == "refusal"
    assert line.say("kapper in Gent")["kind"] == "offers"
    line.press("taak:hulp")
    line.press("onderwerp:mentor")
    line.turns.stop()

    assert kept(own) == {("", "buiten bereik"): 1, ("offers", "gezocht"): 1,
                         ("", "naar een mens"): 1, ("mentor", "met een knop gevraagd"): 1}


def test_an_answer_after_a_choice_is_not_counted_as_at_once(line: Line, own: Settings) -> None:
    doubt = next(a for text in ("verschil", "kosten", "papieren", "hulp", "regels")
                 if (a := line.say(text))["kind"] == "choice")
    payload = next(b["payload"] for b in doubt["buttons"]
                   if b["payload"].startswith("onderwerp:"))
    line.press(payload)
    line.turns.stop()

    assert kept(own)[payload.partition(":")[2], "beantwoord na een keuze"] == 1


def test_a_cry_for_help_is_not_counted_here_and_no_words_are_on_disk(line: Line, own: Settings
                                                                     ) -> None:
    line.say("ik wil dood")
    line.say("hoeveel verdien je als je duaal leert")
    line.turns.stop()

    assert sum(kept(own).values()) == 1
    content = own.counters_file.read_bytes()
    assert b"verdien" not in content
    assert line.sender.encode() not in content
    with sqlite3.connect(own.counters_file) as db:
        assert [row[1] for row in db.execute("PRAGMA table_info(turn)")] == [
            "day", "channel", "theme", "topic", "outcome", "number"]


def test_a_turn_that_fails_is_counted_and_still_fails(own: Settings) -> None:
    turns = Turns(own, lambda: NOON)

    async def broken(_: Any) -> None:
        raise RuntimeError("stuk")

    with pytest.raises(RuntimeError):
        asyncio.run(turns.around(broken)(UserMessage("x", WebOutput(), "web-1")))
    turns.stop()

    assert kept(own) == {("", "storing"): 1}


def test_counting_that_breaks_does_not_break_the_turn(own: Settings,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    turns, done = Turns(own, lambda: NOON), []

    def fails(_: Any) -> None:
        raise OSError("schijf vol")

    monkeypatch.setattr(turns, "finished", fails)

    async def handle(message: Any) -> None:
        done.append(message)

    asyncio.run(turns.around(handle)(UserMessage("x", WebOutput(), "web-1")))

    assert len(done) == 1


def answered(topic: str) -> Any:
    """A turn that answers with a topic, without a model."""
    output = WebOutput()
    output.answers.append({"kind": "knowledge", "text": "x", "topic": topic})
    output.said.append(f"utter_geld/{topic}")
    return UserMessage("hoeveel", output, f"web-{uuid.uuid4()}")


def test_counting_adds_less_than_0_3_ms_to_a_turn(own: Settings) -> None:
    turns = Turns(own, lambda: NOON)
    messages = [answered("startbonus") for _ in range(2000)]

    began = time.thread_time()
    for message in messages:
        turns.finished(message)
    turns.stop()

    assert (time.thread_time() - began) / len(messages) < 0.0003
    assert kept(own) == {("startbonus", "meteen beantwoord"): 2000}


def test_counts_reach_the_file_by_themselves_while_the_bot_runs(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turns.EVERY", 0.01)
    turns = Turns(own, lambda: NOON)

    async def talk() -> None:
        async def nothing(_: Any) -> None:
            return None

        await turns.around(nothing)(answered("startbonus"))
        until = time.monotonic() + 5
        while not own.counters_file.exists() and time.monotonic() < until:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)

    asyncio.run(talk())

    assert kept(own) == {("startbonus", "meteen beantwoord"): 1}


def test_numbers_that_could_not_be_written_are_written_later(own: Settings) -> None:
    counters = Counters(own.counters_file)
    counters.add(DAY, "web", Counted("geld", "startbonus", Outcome.ANSWERED))
    own.counters_file.mkdir(parents=True)
    with pytest.raises(sqlite3.OperationalError):
        counters.flush()
    own.counters_file.rmdir()
    counters.flush()

    assert kept(own) == {("startbonus", "meteen beantwoord"): 1}


def test_two_questions_in_one_message_count_for_both_topics() -> None:
    answers = [{"kind": "knowledge", "topic": "a"}, {"kind": "knowledge", "topic": "b"}]

    found = counted(answers, ["utter_x/a", "utter_x/b"], False, False, lambda _: "x")

    assert [one.topic for one in found] == ["a", "b"]


def test_a_refusal_that_shows_the_way_to_a_person_is_still_a_refusal() -> None:
    found = counted([{"kind": "handover"}], ["utter_buiten_bereik"], False, False, str)

    assert [one.outcome for one in found] == [Outcome.OUT_OF_SCOPE]


def test_a_search_after_a_choice_belongs_to_the_search_and_the_choice() -> None:
    found = counted([{"kind": "offers"}], ["utter_aanbod"], True, True, str)

    assert found == [Counted(SEARCH, "offers", Outcome.AFTER_CHOICE)]


def test_without_a_file_there_are_no_numbers_and_no_months(tmp_path: Path) -> None:
    assert insight.read(tmp_path / "weg.sqlite", DAY, DAY) == []
    assert insight.months(tmp_path / "weg.sqlite") == []


def test_the_privacy_page_says_what_is_counted_and_names_questions_only_when_they_are_kept(
    own: Settings
) -> None:
    import requests

    with served_pages(own) as off, served_pages(replace(own, unanswered=True)) as on:
        without, kept_too = (requests.get(f"{url}/privacy", timeout=10).text for url in (off, on))

    assert "We tellen ook hoe vaak" in without
    assert "Vragen zonder antwoord" not in without
    assert "bewaren we die ene vraag 90 dagen" in kept_too
