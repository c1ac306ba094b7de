"""Files that are never seen half: written beside their place, then renamed into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

if os.name == "posix":
    import fcntl


def digest(content: bytes) -> str:
    """The SHA-256 of a content, as hexadecimal text."""
    return sha256(content).hexdigest()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Alone with this file: other processes and threads that ask the same wait."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.slot").open("w") as handle:
        if os.name == "posix":  # elsewhere one process is assumed
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def write_atomically(file: Path, content: bytes) -> None:
    """Put this content in the file's place, on disk before this returns.

    Who reads meanwhile gets the old content or the new. A process that is killed leaves at most a
    `.<name>.<random>.nieuw` beside it. OSError when it cannot be written; the old file stays.
    """
    temporary = file.with_name(f".{file.name}.{uuid4().hex}.nieuw")
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
