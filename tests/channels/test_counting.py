"""Every channel of the real server counts its turns in the same place; an echo stands for Rasa."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import requests
from sanic import Sanic

from bot import insight, resources
from bot.server import _channels
from bot.turns import Open
from tests.channels.conftest import Channels, Platforms, Starter, _serve
from tests.channels.test_webhooks import NAMES, platform, webhook
from tests.platforms.bot import EchoAgent
from tests.platforms.secrets import SECRETS


@pytest.fixture
def counting(start: Starter) -> Iterator[Channels]:
    """All channels, put together as the real server does."""
    settings = start.settings
    resources.use(resources.Resources(settings))
    channels = Channels(settings)
    channels.app = Sanic(f"tellend-{uuid.uuid4().hex}", configure_logging=False)
    channels.app.ctx.agent = EchoAgent(settings)
    _channels(channels.app, settings, time.time)
    loop, ready = asyncio.new_event_loop(), threading.Event()
    thread = threading.Thread(target=_serve, args=(channels, loop, ready), daemon=True)
    thread.start()
    assert ready.wait(20)
    yield channels
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def say(channels: Channels, sender: str) -> None:
    answer = requests.post(f"{channels.url}/webhooks/web/message", timeout=10,
                           json={"sender": sender, "text": "dag"})
    assert answer.status_code == 200


def test_a_turn_of_every_channel_is_counted_once_with_its_channel(
    counting: Channels, platforms: Platforms
) -> None:
    say(counting, str(uuid.uuid4()))
    for channel in NAMES:
        assert counting.post(channel, webhook(channel, 1)).status_code == 200
        platform(platforms, channel).wait_for(2)
    counting.app.ctx.turns.stop()

    rows = insight.read(counting.settings.counters_file, date.today(), date.today())
    assert {row.channel: row.number for row in rows} == dict.fromkeys(("web", *NAMES), 1)


def test_a_conversation_that_is_erased_on_a_site_leaves_no_open_doubt(counting: Channels) -> None:
    sender, turns = str(uuid.uuid4()), counting.app.ctx.turns
    say(counting, sender)
    turns._open[f"web-{sender}"] = Open(date.today(), time.time(), "mijn vraag", frozenset())
    gone = requests.post(f"{counting.url}/webhooks/web/erase", json={"sender": sender}, timeout=10)

    assert gone.status_code == 204
    assert turns._open == {}


def test_of_who_wrote_nothing_is_in_the_counters(counting: Channels, platforms: Platforms) -> None:
    counting.post("telegram", webhook("telegram", 1))
    platforms.telegram.wait_for(2)
    counting.app.ctx.turns.stop()
    content = Path(counting.settings.counters_file).read_bytes()

    assert b"777000111" not in content
    assert b"bericht" not in content
    assert b"telegram-" not in content
    assert SECRETS["PEPER"].encode() not in content
