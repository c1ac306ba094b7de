"""Node with the packer that widget/package-lock.json pins, for the tests that run it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

WIDGET = Path(__file__).resolve().parents[2] / "widget"


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node; what it needs is installed when it is not there yet."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        pytest.skip("Geen node of npm: installeer Node.js 20 of nieuwer.")
    if not (WIDGET / "node_modules" / "esbuild").is_dir():
        done = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=WIDGET, timeout=300,
                              text=True, capture_output=True)
        assert done.returncode == 0, f"npm ci in widget/ lukte niet: {done.stderr[-2000:]}"
    return found
