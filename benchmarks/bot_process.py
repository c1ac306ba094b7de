"""The bot in a process of its own, on stand-ins of the platforms, and whom its echo answered."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.platforms.graph import Graph  # noqa: E402
from tests.platforms.secrets import SECRETS  # noqa: E402
from tests.platforms.telegram import Telegram  # noqa: E402


class Bot:
    """The bot in a process of its own, on one data folder and port."""

    def __init__(self, folder: Path, port: int, meta: Graph, api: Telegram, echo: bool) -> None:
        self.url, self._port = f"http://127.0.0.1:{port}", port
        self._folder, self._echo = folder, echo
        self._env = {**os.environ, **{f"DUAALWIJZER_{k}": v for k, v in SECRETS.items()},
                     "DUAALWIJZER_DATA_DIR": str(folder / "var"),
                     "DUAALWIJZER_GRAPH_URL": meta.url, "DUAALWIJZER_TELEGRAM_URL": api.url,
                     "DUAALWIJZER_SENDER_LIMIT": "1000000"}
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        command = (["-m", "tests.platforms.bot", str(self._port)] if self._echo else
                   ["-m", "bot", "start", "--port", str(self._port)])
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self._env,
            stdout=(self._folder / "log").open("ab"), stderr=subprocess.STDOUT)

        async def ready() -> None:
            async with aiohttp.ClientSession() as session:
                while self.process.poll() is None:
                    try:
                        async with session.get(f"{self.url}/health") as answer:
                            if answer.status == 200:
                                return
                    except aiohttp.ClientError:
                        pass
                    await asyncio.sleep(0.1)
            raise SystemExit((self._folder / "log").read_text())

        asyncio.run(ready())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def waiting(self) -> int:
        """Messages and answers that are not dealt with yet."""
        file = sqlite3.connect(self._folder / "var" / "berichten.sqlite")
        try:
            return int(file.execute("SELECT (SELECT count(*) FROM inbound) + "
                                    "(SELECT count(*) FROM outbound)").fetchone()[0])
        finally:
            file.close()


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.2)
    return done()


def words(call: dict[str, Any]) -> str:
    text = call.get("params", call).get("text", "")
    return str(text["body"] if isinstance(text, dict) else text)


def echoes(meta: Graph, api: Telegram) -> dict[int, list[str]]:
    """Which messages were answered, by person, in the order of delivery."""
    found: dict[int, list[str]] = defaultdict(list)
    for standin in (meta, api):
        for call in standin.calls:
            if call.status == 200 and "echo" in words(call.call):
                found[int(call.to)].append(words(call.call).removeprefix("echo "))
    return found
