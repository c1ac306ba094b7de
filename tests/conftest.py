"""What the tests share: the real model, conversations with it, and a real server."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator

from bot import before_rasa, preparation, resources
from bot.settings import Settings, from_environment

before_rasa.prepare()
ROOT = Path(__file__).resolve().parent.parent
SCHEMA = Draft202012Validator(json.loads((ROOT / "tests/antwoord.schema.json").read_text()))
Message = dict[str, Any]


def valid(messages: list[Message]) -> list[Message]:
    """The messages, after a check against the answer contract."""
    assert messages
    for message in messages:
        SCHEMA.validate(message)
    return messages


@pytest.fixture(autouse=True)
def resources_of_before() -> Iterator[None]:
    """A command that is run within a test brings its own resources: the ones before come back."""
    before = resources.current()
    yield
    resources.use(before)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a data folder of their own and a built catalogue."""
    data_dir = tmp_path_factory.mktemp("var")
    os.environ["DUAALWIJZER_DATA_DIR"] = str(data_dir)
    made = replace(from_environment(), data_dir=data_dir)
    preparation.catalogue(made)
    resources.use(resources.Resources(made))
    return made


@pytest.fixture(scope="session")
def model(settings: Settings) -> Path:
    """The model that fits the files, trained when it is not there yet."""
    choice = preparation.choose_model(settings)
    if choice.reason:
        preparation.train(settings, choice.file, lambda *_: None)
    return choice.file


@dataclass
class Talk:
    """One conversation with the real model; every answer is checked against the contract."""

    conversations: Any
    sender: str

    def say(self, text: str) -> Message:
        return valid(self.conversations.say(self.sender, text))[0]

    def all(self, text: str) -> list[Message]:
        return valid(self.conversations.say(self.sender, text))

    def events(self) -> list[dict[str, Any]]:
        """Everything that is stored of this conversation."""
        return list(self.conversations.events(self.sender))

    def press(self, payload: str) -> Message:
        return valid(self.conversations.press(self.sender, payload))[0]


@pytest.fixture(scope="session")
def conversations(model: Path, settings: Settings) -> Any:
    from bot.conversation import Conversations

    return Conversations(model, settings)


@pytest.fixture
def talk(conversations: Any) -> Talk:
    return Talk(conversations, str(uuid.uuid4()))


@contextmanager
def served_pages(settings: Settings) -> Iterator[str]:
    """The address of a server with the pages only, without a model."""
    from sanic import Sanic

    from bot.site import pages

    port, loop = free_port(), asyncio.new_event_loop()
    Sanic.test_mode = True  # else a second server in this process cannot start
    app = Sanic(f"paginas-{port}", configure_logging=False)
    pages(app, settings)
    server = loop.run_until_complete(
        app.create_server("127.0.0.1", port, return_asyncio_server=True))
    for step in (server.startup, server.before_start, server.after_start):
        loop.run_until_complete(step())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    server.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def healthy(url: str, process: subprocess.Popen[Any]) -> None:
    """Wait until the bot in this process answers at this address."""
    for _ in range(240):
        try:
            if requests.get(f"{url}/health", timeout=2).status_code == 200:
                return
        except requests.RequestException:
            pass
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        time.sleep(0.5)
    raise AssertionError(f"{url} antwoordt niet")


@dataclass
class Server:
    """A running bot."""

    url: str
    data_dir: Path
    process: subprocess.Popen[str]

    def post(self, path: str, body: Any, **kwargs: Any) -> requests.Response:
        return requests.post(f"{self.url}/webhooks/web/{path}", json=body, timeout=30, **kwargs)

    def say(self, sender: str, text: str) -> list[Message]:
        answer = self.post("message", {"sender": sender, "text": text})
        assert answer.status_code == 200, answer.text
        return valid(answer.json()["messages"])


@pytest.fixture(scope="session")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`duaalwijzer start` in a process of its own, with one allowed origin."""
    data_dir, port = tmp_path_factory.mktemp("server"), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "start", "--port", str(port), "--data-dir", str(data_dir)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "DUAALWIJZER_ORIGINS": "https://school.example",
             "DUAALWIJZER_ADDRESS_LIMIT": "100000"},
    )
    url = f"http://127.0.0.1:{port}"
    healthy(url, process)
    yield Server(url, data_dir, process)
    process.terminate()
    process.wait(20)
