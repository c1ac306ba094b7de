"""Answers on their way out: again after a fault, never when it is no use. The agent is an echo."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from typing import Any

import pytest
import requests

from bot.channels.messaging.delivery import (
    LATER,
    Delivery,
    Fate,
    judge_graph,
    judge_telegram,
    wait,
)
from tests.channels.conftest import Channels, Platforms, Process, Starter
from tests.channels.test_webhooks import NAMES, PERSON, platform, texts, webhook
from tests.platforms import graph, telegram
from tests.platforms.standin import Fault


def wish_to_be_forgotten(channel: str) -> dict[str, Any]:
    """A press on "Wis mijn gesprek"."""
    return {"whatsapp": graph.whatsapp(graph.whatsapp_message(
                "9", type="interactive", interactive={
                    "type": "button_reply", "button_reply": {"id": "actie:wis", "title": "Wis"}})),
            "messenger": graph.messenger(graph.messenger_message(
                "9", text="Wis", quick_reply={"payload": "actie:wis"})),
            "telegram": telegram.pressed(9, "actie:wis")}[channel]


@pytest.mark.parametrize("channel", NAMES)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_after_a_passing_fault_every_answer_comes_once_and_in_order(
    channel: str, status: int, channels: Channels, platforms: Platforms
) -> None:
    standin = platform(platforms, channel)
    standin.faults.extend([Fault(200), Fault(status, retry_after=7), Fault(status)])
    for key in (1, 2, 3):
        channels.post(channel, webhook(channel, key))

    said = texts(standin.wait_for(4))
    assert said[1:] == ["echo bericht 1", "echo bericht 2", "echo bericht 3"]
    assert 7 in channels.slept
    assert channels.counts() == {}


def test_a_closed_window_is_dropped_with_a_count_and_never_retried(
    channels: Channels, platforms: Platforms
) -> None:
    platforms.graph.faults.extend([Fault(400, 131047), Fault(400, 131047)])
    channels.post("whatsapp", webhook("whatsapp", 1))
    channels.post("whatsapp", webhook("whatsapp", 2))

    assert texts(platforms.graph.wait_for(1)) == ["echo bericht 2"]
    assert len(platforms.graph.calls) == 3
    assert channels.counts() == {("whatsapp", "venster"): 2}


def test_who_blocked_the_bot_gets_nothing_more_of_this_answer(
    channels: Channels, platforms: Platforms
) -> None:
    platforms.telegram.faults.extend([Fault(403), Fault(403)])
    channels.post("telegram", webhook("telegram", 1))
    channels.post("telegram", webhook("telegram", 2))

    assert texts(platforms.telegram.wait_for(1)) == ["echo bericht 2"]
    assert channels.counts() == {("telegram", "geweigerd"): 2}


@pytest.mark.parametrize("channel", NAMES)
def test_what_cannot_be_delivered_in_24_hours_is_gone_and_counted(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels, standin = start(), platform(platforms, channel)
    standin.down = True
    channels.post(channel, webhook(channel, 1))
    while not standin.calls:
        time.sleep(0.01)
    channels.moved = 24 * 3600.0 + 1
    queue = channels.channel(channel).queue
    until = time.monotonic() + 5
    while queue.people(channel) and time.monotonic() < until:
        time.sleep(0.02)

    assert queue.people(channel) == []
    assert channels.counts() == {(channel, "verlopen"): 2}
    assert standin.delivered() == []


@pytest.mark.parametrize("channel", NAMES)
def test_while_the_platform_is_down_questions_are_still_answered_and_wis_still_erases(
    channel: str, channels: Channels, platforms: Platforms
) -> None:
    standin = platform(platforms, channel)
    standin.down = True
    for key in (1, 2):
        channels.post(channel, webhook(channel, key))
    channels.post(channel, wish_to_be_forgotten(channel))
    until = time.monotonic() + 5
    while "actie:wis" not in channels.asked and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.1)
    standin.down = False
    count = 2 if channel == "telegram" else 1
    calls = standin.wait_for(count)

    assert channels.asked == ["bericht 1", "bericht 2", "actie:wis"]
    said = [text for text in texts(calls) if text]
    assert len(said) == 1
    assert "zelf wissen" in said[0]
    if channel == "telegram":
        assert calls[0]["method"] == "answerCallbackQuery"
    for file in channels.settings.data_dir.glob("gesprekken.sqlite*"):
        assert b"bericht 1" not in file.read_bytes()


def test_an_agent_that_fails_still_gives_an_answer(
    channels: Channels, platforms: Platforms
) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError("stuk")

    channels.app.ctx.agent.handle_message = fail
    channels.post("telegram", webhook("telegram", 1))

    assert "Er liep iets mis" in texts(platforms.telegram.wait_for(2))[1]


@pytest.mark.parametrize("channel", NAMES)
def test_after_a_wish_to_be_forgotten_that_failed_halfway_nothing_is_left(
    channel: str, channels: Channels, platforms: Platforms, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, faults = channels.app.ctx.agent.tracker_store, iter([OSError("bezet")])
    erase = store.erase

    def failing(sender: str) -> int:
        for fault in faults:
            raise fault
        return int(erase(sender))

    monkeypatch.setattr(store, "erase", failing)
    channels.post(channel, webhook(channel, 1))
    platform(platforms, channel).wait_for(2)
    channels.post(channel, wish_to_be_forgotten(channel))
    said = texts(platform(platforms, channel).wait_for(4 if channel == "telegram" else 3))

    assert "Dat kan je daar zelf wissen" in said[-1]
    assert b"bericht 1" not in channels.on_disk()


@pytest.mark.parametrize("channel", NAMES)
def test_a_message_that_always_fails_is_told_so_and_holds_nothing_up(
    channel: str, channels: Channels, platforms: Platforms, monkeypatch: pytest.MonkeyPatch
) -> None:
    retrieve = channels.app.ctx.agent.tracker_store.retrieve

    async def failing(sender: str) -> object:
        if not channels.asked:
            raise OSError("kapot")
        return await retrieve(sender)

    monkeypatch.setattr(channels.app.ctx.agent.tracker_store, "retrieve", failing)
    channels.post(channel, webhook(channel, 1, text="2"))
    channels.post(channel, webhook(channel, 2, text="3 vragen"))
    said = texts(platform(platforms, channel).wait_for(3))

    assert "Er liep iets mis" in said[1]
    assert said[2] == "echo 3 vragen"


def test_a_kill_while_the_platforms_are_down_loses_no_answer(
    start: Starter, platforms: Platforms
) -> None:
    platforms.graph.down = platforms.telegram.down = True
    bot = Process(start.settings)
    process, url = bot.start()
    try:
        for key in range(1, 21):
            for channel in NAMES:
                sign = telegram.signed if channel == "telegram" else graph.signed
                raw, headers = sign(webhook(channel, key))
                assert requests.post(f"{url}/webhooks/{channel}/webhook", data=raw,
                                     headers=headers, timeout=5).status_code == 200
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert platforms.graph.delivered() == platforms.telegram.delivered() == []
    platforms.graph.down = platforms.telegram.down = False
    process, url = bot.start()
    try:
        for channel in NAMES:
            platform(platforms, channel).wait_for(21, PERSON[channel], seconds=20)
        time.sleep(0.3)
    finally:
        process.terminate()
        process.wait(20)

    for channel in NAMES:
        said = texts(platform(platforms, channel).delivered(PERSON[channel]))
        assert said[1:] == [f"echo bericht {k}" for k in range(1, 21)]


def test_a_turn_that_was_done_before_the_kill_is_not_done_again(
    start: Starter, platforms: Platforms
) -> None:
    channels = start()
    channel = channels.channel("telegram")

    def killed(*_: object, **__: object) -> None:
        raise SystemError("het proces is weg")

    channel.queue.answered = killed
    channels.post("telegram", webhook("telegram", 1))
    while not channels.asked:
        time.sleep(0.01)
    time.sleep(0.3)
    again = start()

    assert texts(platforms.telegram.wait_for(2))[1] == "echo bericht 1"
    assert (channels.asked, again.asked) == (["bericht 1"], [])


@pytest.mark.parametrize(("status", "body", "fate", "reason"), [
    (200, {"messages": []}, Fate.DELIVERED, ""),
    (200, {"error": {"code": 100}}, Fate.NEVER, "geweigerd"),
    (400, {"error": {"code": 131047}}, Fate.NEVER, "venster"),
    (400, {"error": {"code": 10, "error_subcode": 2018278}}, Fate.NEVER, "venster"),
    (400, {"error": {"code": 131056}}, Fate.LATER, ""),
    (400, {"error": {"code": 131026}}, Fate.NEVER, "geweigerd"),
    (400, {"error": {"code": 131062}}, Fate.NEVER, "geweigerd"),
    (403, {"error": {"code": 200, "error_subcode": 1545041}}, Fate.NEVER, "geweigerd"),
    (401, {"error": {"code": 190}}, Fate.LATER, ""),
    (429, None, Fate.LATER, ""), (502, "<html>", Fate.LATER, ""), (400, None, Fate.NEVER,
                                                                  "geweigerd"),
])
def test_what_metas_answers_mean(status: int, body: object, fate: Fate, reason: str) -> None:
    found = judge_graph(status, {}, body)

    assert (found.fate, found.reason) == (fate, reason)


def test_what_telegrams_answers_mean() -> None:
    busy = judge_telegram(429, {}, {"ok": False, "parameters": {"retry_after": 31}})

    assert busy == Delivery(Fate.LATER, 31.0)
    assert judge_telegram(200, {}, {"ok": True}).fate is Fate.DELIVERED
    assert [judge_telegram(s, {}, None).fate for s in (400, 403, 401, 500)] == [
        Fate.NEVER, Fate.NEVER, Fate.LATER, Fate.LATER]


def test_the_wait_doubles_up_to_a_minute_and_follows_the_platform() -> None:
    assert [wait(LATER, n) for n in (1, 2, 3, 7, 5000)] == [1, 2, 4, 60, 60]
    assert wait(replace(LATER, after=90.0), 1) == 90
    assert judge_graph(429, {"Retry-After": "1e99"}, None).after <= 3600
