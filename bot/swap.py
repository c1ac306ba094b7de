"""A running bot takes the model that is made active, without restart and without a lost turn.

The new model is loaded in a thread beside the old one; turns that have begun end with the old.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from pathlib import Path
from typing import Any, Awaitable, Callable

from bot import active
from bot.active import InUse
from bot.conversations import store_of
from bot.failures import log_failure
from bot.settings import Settings

logger = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two looks at the pointer
Load = Callable[[Path], Awaitable[Any]]


async def follow(app: Any, settings: Settings, load: Load) -> None:
    """For as long as the server runs; `load` gives a ready agent or raises."""
    seen: object = None
    active.say_in_use(settings, InUse(app.ctx.model))
    while True:
        await asyncio.sleep(EVERY)
        now = _stamp(settings)
        if now == seen:
            continue
        seen = now
        try:
            wanted = active.read(settings)
            if wanted is not None and wanted.model != app.ctx.model:
                await _take(app, settings, wanted.model, load)
        except Exception as error:  # whatever it is, the old model goes on answering
            log_failure(logger, "Wisselen van model mislukt", error)


def keep_loaded() -> None:
    """What is loaded stays: looking through it for garbage again and again takes 2 ms a message."""
    gc.unfreeze()  # of a model before this one nothing stays
    gc.collect()
    gc.freeze()


async def _take(app: Any, settings: Settings, name: str, load: Load) -> None:
    serving = app.ctx.model
    try:
        agent = await asyncio.to_thread(lambda: asyncio.run(_loaded(load, settings, name)))
    except Exception as error:
        log_failure(logger, f"Model {name} kan niet geladen worden", error)
        active.hold_back(settings, name, serving)
        active.say_in_use(settings, InUse(serving, name, type(error).__name__))
        return
    old, app.ctx.agent, app.ctx.model = app.ctx.agent, agent, name
    active.say_in_use(settings, InUse(name))
    logger.warning("Model %s is nu in gebruik.", name)
    engine = getattr(store_of(old), "engine", None)
    if engine is not None:
        engine.dispose()  # connections that no turn uses
    del old
    keep_loaded()


async def _loaded(load: Load, settings: Settings, name: str) -> Any:
    return await load(settings.models_dir / name)


def _stamp(settings: Settings) -> tuple[int, int] | None:
    try:
        state = active.pointer(settings).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ino
