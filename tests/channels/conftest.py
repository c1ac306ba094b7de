"""Messaging channels over real HTTP: stand-in platforms and a server of the channels."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Callable

import pytest
import requests
from sanic import Sanic

from bot import resources
from bot.settings import Settings
from tests.conftest import ROOT, free_port
from tests.platforms import bot, graph, telegram
from tests.platforms.graph import Graph
from tests.platforms.secrets import SECRETS
from tests.platforms.telegram import Telegram


@dataclass
class Platforms:
    """The stand-ins: Meta's for WhatsApp and Messenger, and Telegram's."""

    graph: Graph
    telegram: Telegram


@pytest.fixture
def platforms() -> Iterator[Platforms]:
    with Graph() as meta, Telegram() as bot_api:
        yield Platforms(meta, bot_api)
        assert meta.violations == []
        assert bot_api.violations == []


@dataclass
class Channels:
    """The channels, served by a thread of this process, with the fake agent or another."""

    settings: Settings
    app: Sanic = field(init=False)
    url: str = ""
    moved: float = 0.0
    slept: list[float] = field(default_factory=list)

    def post(self, channel: str, body: Any, headers: dict[str, str] | None = None
             ) -> requests.Response:
        """A webhook, signed by the platform unless there are other headers."""
        sign = telegram.signed if channel == "telegram" else graph.signed
        raw, own = sign(body)
        return requests.post(f"{self.url}/webhooks/{channel}/webhook", data=raw, timeout=10,
                             headers=own if headers is None else headers)

    def channel(self, name: str) -> Any:
        return next(c for c in self.app.ctx.input_channels if c.name() == name)

    @property
    def asked(self) -> list[str]:
        """What the fake agent was asked."""
        return list(self.app.ctx.agent.asked)

    def counts(self) -> dict[tuple[str, str], int]:
        return dict(self.channel("telegram").queue.counts())

    def on_disk(self) -> bytes:
        """Every byte of the queue and the conversations."""
        return b"".join(f.read_bytes() for f in self.settings.data_dir.glob("*.sqlite*")
                        if not f.name.startswith("catalogus"))


@dataclass
class Starter:
    """Starts servers of the channels on one data folder, one after the other."""

    settings: Settings
    read: resources.Resources
    running: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, think: float = 0.0, short: bool = True, **changes: Any) -> Channels:
        self.stop()
        settings = replace(self.settings, **changes)
        made = resources.Resources(settings)
        for name in ("crisis", "catalogue", "texts", "knowledge"):  # read once, not every test
            setattr(made, name, getattr(self.read, name))
        resources.use(made)
        channels = Channels(settings)
        channels.app = bot.make(settings, f"proef-{uuid.uuid4().hex}", think,
                                lambda: time.time() + channels.moved,
                                _short(channels) if short else asyncio.sleep)
        loop, ready = asyncio.new_event_loop(), threading.Event()
        thread = threading.Thread(target=_serve, args=(channels, loop, ready), daemon=True)
        thread.start()
        assert ready.wait(10)

        def stop() -> None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)

        self.running.append(stop)
        return channels

    def stop(self) -> None:
        while self.running:
            self.running.pop()()


def _short(channels: Channels) -> Callable[[float], Any]:
    async def sleep(seconds: float) -> None:
        """Notes how long it was asked to wait, and waits at most 0.05 s."""
        channels.slept.append(seconds)
        await asyncio.sleep(min(seconds, 0.05))

    return sleep


def _serve(channels: Channels, loop: Any, ready: threading.Event) -> None:
    asyncio.set_event_loop(loop)
    port = free_port()

    async def begin() -> Any:
        server = await channels.app.create_server(
            "127.0.0.1", port, return_asyncio_server=True, access_log=False,
            asyncio_server_kwargs={"start_serving": False})
        await server.startup()
        await server.before_start()
        await server.after_start()
        await server.start_serving()
        return server

    server = loop.run_until_complete(begin())
    channels.url = f"http://127.0.0.1:{port}"
    ready.set()
    loop.run_forever()
    loop.run_until_complete(server.before_stop())
    loop.run_until_complete(server.close())
    loop.close()


@pytest.fixture
def start(settings: Settings, platforms: Platforms, tmp_path: Path) -> Iterator[Starter]:
    """The protocol without Rasa: an agent that echoes; everything else is real."""
    own = replace(
        settings, data_dir=tmp_path, secrets=SECRETS, settling=0.0, messages_per_sender=10_000,
        graph_url=platforms.graph.url, telegram_url=platforms.telegram.url)
    (tmp_path / "catalogus.sqlite").symlink_to(settings.catalogue_file)
    starter = Starter(own, resources.current())
    yield starter
    starter.stop()


@pytest.fixture
def channels(start: Starter) -> Channels:
    return start()


@dataclass
class Process:
    """The channels in a process of its own, to be killed."""

    settings: Settings

    def start(self) -> tuple[subprocess.Popen[bytes], str]:
        port = free_port()
        env = {**os.environ, **{f"DUAALWIJZER_{k}": v for k, v in SECRETS.items()},
               "DUAALWIJZER_DATA_DIR": str(self.settings.data_dir),
               "DUAALWIJZER_GRAPH_URL": self.settings.graph_url,
               "DUAALWIJZER_TELEGRAM_URL": self.settings.telegram_url,
               "DUAALWIJZER_SENDER_LIMIT": "10000"}
        process = subprocess.Popen([sys.executable, "-m", "tests.platforms.bot", str(port)],
                                   cwd=ROOT, env=env)
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                requests.get(f"{url}/health", timeout=1)
                return process, url
            except requests.RequestException:
                assert process.poll() is None
                time.sleep(0.1)
        raise AssertionError("De server start niet.")
