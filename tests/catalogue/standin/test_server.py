"""The stand-in starts and stops, from a test and from the command line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from bot.catalogue.standin.faults import Faults
from bot.catalogue.standin.products import LOCATION
from bot.catalogue.standin.server import StandIn
from bot.errors import CatalogueError
from tests.catalogue.standin.asking import KEY

ROOT = Path(__file__).resolve().parents[3]


def test_a_stopped_stand_in_answers_no_more_even_on_an_open_connection(source: Path) -> None:
    with requests.Session() as session:
        with StandIn(source, locations=5, groups=10) as standin:
            url = standin.url + LOCATION
            assert session.get(url, headers=KEY, timeout=5).status_code == 200
        with pytest.raises(requests.ConnectionError):
            session.get(url, headers=KEY, timeout=5)
    with pytest.raises(CatalogueError, match="draait niet"):
        _ = standin.url


def test_stopping_does_not_wait_for_a_slow_answer(source: Path) -> None:
    standin = StandIn(source, locations=5, groups=10, faults=Faults(slow=60))
    with standin:
        with pytest.raises(requests.ReadTimeout):
            requests.get(standin.url + LOCATION, headers=KEY, timeout=0.2)
        began = time.monotonic()

    assert time.monotonic() - began < 5


def test_a_taken_port_is_told(source: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CatalogueError, match=f"Poort {port} is niet vrij"):
            StandIn(source, locations=5, groups=10, port=port).start()


def test_the_command_tells_the_address_and_the_key_and_stops_on_ctrl_c() -> None:
    # A shell that runs the tests in the background makes its children ignore Ctrl-C.
    run = ("import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
           "from bot.commands.standin import standin_command; standin_command()")
    process = subprocess.Popen(
        [sys.executable, "-c", run, "--port", "0", "--locations", "10", "--groups", "200",
         "--first-page", "1", "--fault", "too_many=1"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        key = process.stdout.readline().split()[-1]
        statuses = [requests.get(url + LOCATION, headers={"x-api-key": key}, timeout=10).status_code
                    for _ in range(2)]
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=10)
    finally:
        process.kill()

    assert statuses == [429, 200]
    assert rest.endswith("Gestopt.\n")
    assert process.returncode == 0
