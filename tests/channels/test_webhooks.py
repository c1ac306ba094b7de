"""What every messaging channel promises of its webhook. The agent is an echo: protocol only."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from tests.channels.conftest import Channels, Platforms, Starter
from tests.platforms import graph, telegram
from tests.platforms.standin import Standin

NAMES = ("whatsapp", "messenger", "telegram")
PERSON = {"whatsapp": "32470123456", "messenger": "9988776655", "telegram": "777000111"}
OTHER = {"whatsapp": "32471999999", "messenger": "1122334455", "telegram": "888000222"}
NOTICE = "Je praat met een computer"


def webhook(channel: str, *keys: int, sender: str = "", at: float | None = None,
            text: str = "bericht {}") -> dict[str, Any]:
    """A webhook with one text for each key; Telegram takes one at a time."""
    who = sender or PERSON[channel]
    if channel == "whatsapp":
        return graph.whatsapp(*(graph.whatsapp_message(str(k), who, text.format(k), at=at)
                                for k in keys))
    if channel == "messenger":
        return graph.messenger(*(graph.messenger_message(str(k), who, text.format(k), at=at)
                                 for k in keys))
    key, = keys
    return telegram.update(key, int(who), text.format(key), at=at)


def platform(platforms: Platforms, channel: str) -> Standin:
    return platforms.telegram if channel == "telegram" else platforms.graph


def texts(calls: list[dict[str, Any]]) -> list[str]:
    """The words of delivered calls, whatever the platform."""
    found = []
    for call in calls:
        text = call.get("params", call).get("text", "")
        if "interactive" in call:
            text = call["interactive"]["body"]["text"]
        found.append(text["body"] if isinstance(text, dict) else text)
    return found


@pytest.mark.parametrize("channel", NAMES)
def test_the_first_answer_comes_after_a_notice_that_names_the_company(
    channel: str, channels: Channels, platforms: Platforms
) -> None:
    assert channels.post(channel, webhook(channel, 1)).status_code == 200

    notice, answer = texts(platform(platforms, channel).wait_for(2, PERSON[channel]))
    assert NOTICE in notice
    assert ("Telegram" if channel == "telegram" else "Meta") in notice
    assert "computer, geen mens" in notice
    assert answer == "echo bericht 1"


@pytest.mark.parametrize("channel", NAMES)
def test_the_notice_comes_again_after_24_hours_and_not_before(
    channel: str, channels: Channels, platforms: Platforms
) -> None:
    standin = platform(platforms, channel)
    channels.post(channel, webhook(channel, 1))
    standin.wait_for(2)
    channels.moved = 23 * 3600.0
    channels.post(channel, webhook(channel, 2))
    standin.wait_for(3)
    channels.moved = 25 * 3600.0
    channels.post(channel, webhook(channel, 3, at=time.time() + channels.moved))
    said = texts(standin.wait_for(5))

    assert [NOTICE in text for text in said] == [True, False, False, True, False]


@pytest.mark.parametrize("channel", NAMES)
def test_forged_webhooks_are_refused_and_leave_nothing(
    channel: str, channels: Channels, platforms: Platforms
) -> None:
    sign = telegram.signed if channel == "telegram" else graph.signed
    body = webhook(channel, 1)
    _, wrong = sign(body, "verkeerd")
    _, other = sign(webhook(channel, 2))
    headers: list[dict[str, str]] = [{}, wrong, {"X-Hub-Signature": "sha1=abc"}]
    headers += [] if channel == "telegram" else [other]

    assert {channels.post(channel, body, h).status_code for h in headers} == {403}
    assert channels.post(channel, webhook(channel, 3)).status_code == 200
    assert texts(platform(platforms, channel).wait_for(2))[1:] == ["echo bericht 3"]
    assert channels.asked == ["bericht 3"]


@pytest.mark.parametrize("channel", NAMES)
def test_malformed_and_oversized_webhooks_never_give_a_server_error(
    channel: str, channels: Channels
) -> None:
    bodies = [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b"[]", b"3", b'{"entry": 5}',
              b'{"update_id": []}', b'{"object": "page", "entry": [[]]}',
              b'{"x": "' + b"a" * (4 * 1024 * 1024) + b'"}']

    codes = []
    for body in bodies:
        try:
            codes.append(channels.post(channel, body).status_code)
        except requests.ConnectionError:  # too big: the server hangs up while we still send
            codes.append(413)
    assert set(codes) <= {200, 400, 413}
    assert codes[-1] == 413
    assert channels.asked == []


@pytest.mark.parametrize("channel", NAMES)
def test_what_is_delivered_again_is_answered_once(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels = start()
    for _ in range(3):
        assert channels.post(channel, webhook(channel, 1)).status_code == 200
    platform(platforms, channel).wait_for(2)
    again = start()
    again.post(channel, webhook(channel, 1))
    again.post(channel, webhook(channel, 2))

    assert texts(platform(platforms, channel).wait_for(3))[1:] == [
        "echo bericht 1", "echo bericht 2"]
    assert again.asked == ["bericht 2"]


@pytest.mark.parametrize("channel", NAMES)
def test_answers_keep_the_order_of_each_person(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels = start(think=0.01)
    for key in range(1, 11):
        channels.post(channel, webhook(channel, key))
        channels.post(channel, webhook(channel, 100 + key, sender=OTHER[channel]))
    standin = platform(platforms, channel)

    for who, first in ((PERSON, 1), (OTHER, 101)):
        said = texts(standin.wait_for(11, who[channel]))
        assert said[1:] == [f"echo bericht {k}" for k in range(first, first + 10)]


@pytest.mark.parametrize("channel", NAMES)
def test_what_was_sent_before_but_arrives_after_is_answered_before(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels, now = start(settling=0.3, short=False), time.time()
    for key in (3, 1, 2):
        channels.post(channel, webhook(channel, key, at=now + key))

    said = texts(platform(platforms, channel).wait_for(4))
    assert said[1:] == ["echo bericht 1", "echo bericht 2", "echo bericht 3"]


@pytest.mark.parametrize("channel", NAMES)
def test_the_webhook_does_not_wait_for_the_answer(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels = start(think=1.0)
    platform(platforms, channel).delay = 1.0
    began = time.monotonic()
    channels.post(channel, webhook(channel, 1))

    assert time.monotonic() - began < 0.5
    platform(platforms, channel).wait_for(2)


@pytest.mark.parametrize("channel", NAMES)
def test_neither_the_person_nor_the_words_can_be_read_on_disk(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels = start()
    platform(platforms, channel).down = True
    channels.post(channel, webhook(channel, 1, text="geheime vraag {}"))
    time.sleep(0.3)
    queue = b"".join(f.read_bytes() for f in
                     channels.settings.data_dir.glob("berichten.sqlite*"))

    assert queue
    assert b"geheime vraag" not in queue
    assert PERSON[channel].encode() not in channels.on_disk()


@pytest.mark.parametrize("channel", NAMES)
@pytest.mark.parametrize("text", ["/restart", "/informeer{\"plaats\": \"Gent\"}", "//geld"])
def test_a_typed_slash_is_text(
    channel: str, text: str, channels: Channels, platforms: Platforms
) -> None:
    body = webhook(channel, 1, text=text.replace("{", "{{").replace("}", "}}"))
    channels.post(channel, body)
    platform(platforms, channel).wait_for(2)

    assert channels.asked == [text.lstrip("/")]


@pytest.mark.parametrize("channel", NAMES)
def test_too_many_messages_of_one_person_are_left_out_counted_and_told_once(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels = start(messages_per_sender=3)
    for key in range(1, 6):
        assert channels.post(channel, webhook(channel, key)).status_code == 200
    said = texts(platform(platforms, channel).wait_for(5))

    assert channels.asked == ["bericht 1", "bericht 2", "bericht 3"]
    assert said[4].startswith("Je stuurt te veel berichten")
    assert channels.counts() == {(channel, "te_veel"): 2}


@pytest.mark.parametrize("channel", NAMES)
def test_a_cry_for_help_is_never_too_much(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels = start(messages_per_sender=1)
    channels.post(channel, webhook(channel, 1))
    channels.post(channel, webhook(channel, 2, text="ik wil dood"))
    platform(platforms, channel).wait_for(3)

    assert channels.asked == ["bericht 1", "[nood]"]


@pytest.mark.parametrize("channel", NAMES)
def test_what_a_platform_delivers_late_all_at_once_is_not_too_much(
    channel: str, start: Starter, platforms: Platforms
) -> None:
    channels, now = start(messages_per_sender=2), time.time()
    for key in range(1, 7):
        channels.post(channel, webhook(channel, key, at=now - 600 + 30 * key))
    platform(platforms, channel).wait_for(7)

    assert len(channels.asked) == 6


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
@pytest.mark.parametrize(("text", "says"), [("x" * 1001, "te lang"), ("///", "leeg")],
                         ids=["lang", "leeg"])
def test_a_text_that_cannot_be_taken_is_answered_in_words(
    channel: str, text: str, says: str, channels: Channels, platforms: Platforms
) -> None:
    channels.post(channel, webhook(channel, 1, text=text))

    assert says in texts(platform(platforms, channel).wait_for(2))[1]
    assert channels.asked == []


def test_a_message_of_more_than_a_day_ago_is_left_alone(
    channels: Channels, platforms: Platforms
) -> None:
    channels.post("whatsapp", webhook("whatsapp", 1, at=time.time() - 25 * 3600))
    channels.post("whatsapp", webhook("whatsapp", 2))
    platforms.graph.wait_for(2)

    assert channels.asked == ["bericht 2"]
    assert channels.counts() == {("whatsapp", "verlopen"): 1}


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_meta_gets_its_challenge_back_only_with_our_word(
    channel: str, channels: Channels
) -> None:
    url = f"{channels.url}/webhooks/{channel}/webhook"
    asked = {"hub.mode": "subscribe", "hub.challenge": "<b>77", "hub.verify_token": graph.WORD}
    good = requests.get(url, params=asked, timeout=5)
    bad = [requests.get(url, params={**asked, **change}, timeout=5).status_code
           for change in ({"hub.verify_token": "x"}, {"hub.mode": "unsubscribe"},
                          {"hub.verify_token": ""})]

    assert (good.status_code, good.text) == (200, "<b>77")
    assert good.headers["Content-Type"].startswith("text/plain")
    assert [*bad, requests.get(url, timeout=5).status_code] == [403] * 4


@pytest.mark.parametrize("channel", NAMES)
def test_a_channel_without_its_secrets_is_off_and_says_what_it_lacks(
    channel: str, start: Starter
) -> None:
    from bot.channels.messaging.registry import said_at_start

    lacking = {"whatsapp": "WHATSAPP_NUMMER", "messenger": "MESSENGER_VERIFICATIE",
               "telegram": "TELEGRAM_GEHEIM"}[channel]
    secrets = {k: v for k, v in start.settings.secrets.items() if k != lacking}
    channels = start(secrets=secrets)
    on = {c.name() for c in channels.app.ctx.input_channels}

    assert on == set(NAMES) - {channel}
    assert requests.post(f"{channels.url}/webhooks/{channel}/webhook",
                         timeout=5).status_code == 404
    assert f"zet nog DUAALWIJZER_{lacking}" in said_at_start(channels.settings)


def test_without_any_secret_every_channel_is_simply_off(start: Starter) -> None:
    from dataclasses import replace

    from bot.channels.messaging.registry import said_at_start

    none = replace(start.settings, secrets={})
    assert said_at_start(none) == "web aan, WhatsApp uit, Messenger uit, Telegram uit"
    assert "proef" not in repr(start.settings)
