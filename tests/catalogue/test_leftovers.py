"""What a killed process left half-written goes at the next write; what is in use stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.catalogue.leftovers import unfinished


def stopped() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_stopped_process_left_goes_and_the_rest_stays(tmp_path: Path) -> None:
    target, dead, alive = tmp_path / "c.sqlite", stopped(), os.getppid()
    gone = [f".c.sqlite.{dead}", f".c.sqlite.{dead}-journal"]
    kept = ["c.sqlite", f".c.sqlite.{alive}", ".c.sqlite.proef", f".d.sqlite.{dead}",
            f".c.sqlite.{os.getpid()}"]
    for name in (*gone, *kept):
        (tmp_path / name).write_text("x", encoding="utf-8")

    assert unfinished(target) == tmp_path / f".c.sqlite.{os.getpid()}"

    assert {f.name for f in tmp_path.iterdir()} == set(kept)


def test_a_folder_goes_with_all_that_is_in_it(tmp_path: Path) -> None:
    left = tmp_path / f".ophaling.{stopped()}"
    left.mkdir()
    (left / "scholen.csv").write_text("x", encoding="utf-8")

    unfinished(tmp_path / "ophaling")

    assert list(tmp_path.iterdir()) == []
