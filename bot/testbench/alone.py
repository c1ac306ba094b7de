"""One bench for each data folder: what is under way is known to one process only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import StartError

FILE = "proefbank.slot"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; StartError when another bench does.

    The system lets go of it when the process ends, however that happens: the file may stay.
    """
    with (folder / FILE).open("ab") as handle:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as error:
            raise StartError(
                f"Er draait al een proefbank op de map {folder}. Twee samen zouden elkaars testen "
                "en goedkeuringen niet kennen. Stop de andere eerst, of kies een andere map met "
                "DUAALWIJZER_DATA_DIR.") from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        # Of this process only: a worker that outlives a kill -9 for a moment does not hold it.
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
