"""The bench from the command line, beside the bot."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import requests

from bot.testbench.desk import COOKIE
from tests.conftest import ROOT, free_port


def command(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "bench", *words], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "DUAALWIJZER_DATA_DIR": str(data_dir)}, timeout=120)


def test_a_code_is_shown_once_listed_without_its_secret_and_revoked(tmp_path: Path) -> None:
    made = command(tmp_path, "token", "add", "CLB Kust", "--role", "redacteur")
    found = re.search(r"\): (\w+)\.(\S+)", made.stdout)
    assert found, made.stderr
    listed = command(tmp_path, "token", "list").stdout

    assert "CLB Kust" in listed
    assert "redacteur" in listed
    assert found[2] not in listed
    assert command(tmp_path, "token", "revoke", found[1]).returncode == 0
    assert "ingetrokken" in command(tmp_path, "token", "list").stdout
    again = command(tmp_path, "token", "revoke", found[1])
    assert again.returncode == 1
    assert "Er is geen geldige code" in again.stderr


def test_start_with_bench_serves_both_and_stops_both(model: Path, tmp_path: Path) -> None:
    port, bench_port = free_port(), free_port()
    code = command(tmp_path, "token", "add", "CLB Proef").stdout.split("): ")[1].split()[0]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "start", "--port", str(port), "--data-dir", str(tmp_path),
         "--with-bench", "--bench-port", str(bench_port)], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    bot, bench = f"http://127.0.0.1:{port}/health", f"http://127.0.0.1:{bench_port}"
    try:
        assert answers(bot)
        assert answers(f"{bench}/gezond")
        login = requests.post(f"{bench}/inloggen", data={"code": code}, allow_redirects=False,
                              timeout=20)
        cookie = login.headers["Set-Cookie"].split(";")[0]
        assert cookie.startswith(COOKIE)
        assert "Welkom" in requests.get(bench, headers={"Cookie": cookie}, timeout=20).text
    finally:
        process.terminate()
        process.wait(30)

    assert not answers(f"{bench}/gezond", seconds=0)


def answers(url: str, seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while True:
        try:
            if requests.get(url, timeout=5).status_code == 200:
                return True
        except requests.RequestException:
            pass
        if time.monotonic() >= until:
            return False
        time.sleep(0.5)
