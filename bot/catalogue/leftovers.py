"""Half-written files and folders, named after the process that writes them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path


def unfinished(path: Path) -> Path:
    """Where this process writes what becomes `path`; what stopped processes left there goes."""
    half = re.compile(rf"\.{re.escape(path.name)}\.(\d+)(-journal)?")
    for found in path.parent.glob(f".{path.name}.*"):
        name = half.fullmatch(found.name)
        if name and not _runs(int(name[1])):
            discard(found)
    return path.with_name(f".{path.name}.{os.getpid()}")


def discard(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """True for a process that runs; also where looking would end it (Windows), and for our own."""
    if os.name == "nt" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
