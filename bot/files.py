"""Files that are never seen half: written beside their place, then renamed into it."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path


def digest(content: bytes) -> str:
    """The SHA-256 of a content, as hexadecimal text."""
    return sha256(content).hexdigest()


def write_atomically(file: Path, content: bytes) -> None:
    """Put this content in the file's place, on disk before this returns.

    Who reads meanwhile gets the old content or the new. A process that is killed leaves at most a
    `.<name>.<process>.nieuw` beside it. OSError when it cannot be written; the old file stays.
    """
    temporary = file.with_name(f".{file.name}.{os.getpid()}.nieuw")
    try:
        with temporary.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        if file.exists():
            temporary.chmod(file.stat().st_mode & 0o777)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    try:
        folder = os.open(file.parent, os.O_RDONLY)
    except PermissionError:  # a system without folder handles
        return
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
