"""Two benches on one data folder: the second does not start, whatever ended the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.testbench.alone import alone
from tests.conftest import ROOT
from tests.testbench.test_serve import command

# A bench with a worker that outlives it: of a fork, that has all files of its parent open.
HOLDER = """
import os, sys, time
from pathlib import Path
from bot.testbench.alone import alone
with alone(Path(sys.argv[1])):
    child = os.fork()
    if child:
        print(child, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the folder, with a child."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, text=True,
                               stdout=subprocess.PIPE)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    yield process
    process.kill()
    process.wait()
    os.kill(child, signal.SIGKILL)


def test_a_second_bench_on_a_folder_is_refused_and_told_what_to_do(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    refused = command(tmp_path, "serve")

    assert refused.returncode == 1
    assert "Er draait al een proefbank" in refused.stderr
    assert "Stop de andere eerst" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert command(tmp_path, "token", "list").returncode == 0  # codes are for any process


def test_after_a_kill_the_folder_is_free_although_a_worker_lives_on(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    with pytest.raises(StartError, match="draait al"), alone(tmp_path):
        pass
    holder.kill()
    holder.wait()

    with alone(tmp_path):
        assert (tmp_path / "proefbank.slot").exists()


def test_a_bench_that_ended_well_leaves_the_folder_free_and_another_folder_is_its_own(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    other = tmp_path / "ander"
    other.mkdir()
    for _ in range(2):
        with alone(other):
            pass
