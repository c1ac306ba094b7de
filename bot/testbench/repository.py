"""A commit of the files of one change, when the project is a git repository.

All works without git too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Sequence

ADDRESS = "redactie@duaalwijzer.invalid"
LONGEST = 20  # seconds that git may take
# The settings of who runs the bench must not ask for a key, open an editor or run their hooks.
PLAIN = ("-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null")


def commit(root: Path, files: Sequence[Path], message: str, role: str) -> str:
    """Commit these files as that role; files that somebody else staged stay as they are.

    Gives a Dutch sentence that says how it went, "" when there is no git. Never raises: the change
    itself is kept by the bench.
    """
    if shutil.which("git") is None or _git(root, "rev-parse", "--is-inside-work-tree") is None:
        return ""
    paths = [str(file) for file in files]
    if _git(root, "ls-files", "--error-unmatch", "--", *paths) is None:
        return "Niet in git: dit bestand wordt daar niet bijgehouden."
    if _git(root, "diff", "--quiet", "HEAD", "--", *paths) is not None:
        return "Niet in git: het bestand staat er al zo in."
    done = _git(root, *PLAIN, "commit", "--quiet", "--no-verify", "--only", "-m", message, "--",
                *paths, role=role)
    if done is None:
        return "Niet in git: de commit lukte niet. De wijziging zelf is wel bewaard."
    return f"In git bewaard als {(_git(root, 'rev-parse', '--short', 'HEAD') or '').strip()}."


def _git(root: Path, *arguments: str, role: str = "proefbank") -> str | None:
    # What git was told about another repository, as within a hook, does not hold for this one.
    mine = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    for who in ("AUTHOR", "COMMITTER"):
        mine |= {f"GIT_{who}_NAME": role, f"GIT_{who}_EMAIL": ADDRESS}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, env=mine, capture_output=True,
                              text=True, errors="replace", timeout=LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
