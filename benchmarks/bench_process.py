"""The test bench in a process of its own, and an editor at its pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import ContextManager, Iterator

import requests

ROOT = Path(__file__).resolve().parent.parent
BENCH = 5726  # port


@contextmanager
def process(arguments: list[str], folder: Path, health: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of our commands, once it is healthy."""
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        made = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], cwd=ROOT, stdout=log, stderr=log,
            env={**os.environ, "DUAALWIJZER_DATA_DIR": str(folder), "PYTHONWARNINGS": "ignore"})
    try:
        until = time.monotonic() + 180
        while time.monotonic() < until:
            if made.poll() is not None:
                raise SystemExit(f"{arguments} stopte: kijk in {folder}")
            try:
                if requests.get(health, timeout=2).status_code == 200:
                    break
            except requests.RequestException:
                pass
            time.sleep(0.2)
        yield made
    finally:
        made.terminate()
        made.wait(20)


def bench(folder: Path) -> ContextManager[subprocess.Popen[bytes]]:
    """The pages, with the model loaded."""
    return process(["bench", "serve", "--port", str(BENCH)], folder,
                   f"http://127.0.0.1:{BENCH}/gezond")


class Editor:
    """Somebody at the pages."""

    def __init__(self, folder: Path) -> None:
        said = subprocess.run(
            [sys.executable, "-m", "bot", "bench", "token", "add", "Meting"], cwd=ROOT, text=True,
            capture_output=True, check=True,
            env={**os.environ, "DUAALWIJZER_DATA_DIR": str(folder)}).stdout
        code = re.search(r": (\S+\.\S+)\n", said)
        assert code, said
        self._url = f"http://127.0.0.1:{BENCH}"
        answer = requests.post(f"{self._url}/inloggen", data={"code": code[1]}, timeout=30,
                               allow_redirects=False)
        self._headers = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/").text)
        assert found
        self._csrf = found[1]

    def get(self, path: str) -> requests.Response:
        return requests.get(self._url + path, headers=self._headers, timeout=60)

    def post(self, path: str, data: dict[str, str], files: dict | None = None) -> str:
        """Where the form leads to."""
        answer = requests.post(self._url + path, data={"csrf": self._csrf, **data}, files=files,
                               headers=self._headers, timeout=60, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].partition("?")[0]

    def until(self, shown: str, done: int) -> float:
        """Seconds until that many rows are done."""
        began = time.perf_counter()
        while True:
            state = self.get(f"{shown}/stand").json()
            if state["gedaan"] >= done:
                return time.perf_counter() - began
            if state["toestand"] != "loopt":
                raise SystemExit(f"De test stopte: {state['zin']}")
            time.sleep(0.25)
