"""Which trained model is active: a pointer that the test bench moves and the bot follows.

Without a pointer (`actief.json` in the data folder) nothing here changes anything: the model that
fits the files is used. The bot answers in `in_gebruik.json` which model it serves.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.errors import StartError
from bot.files import locked, write_atomically
from bot.settings import Settings

# Any file of the models folder, and nothing outside it.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.tar\.gz")


@dataclass(frozen=True)
class Active:
    """Names of model files: the active one, the one before it ("" when there is none), and those
    that were trained but may not be used: a gate did not hold, or people went back.
    """

    model: str
    previous: str = ""
    held_back: tuple[str, ...] = ()


@dataclass(frozen=True)
class InUse:
    """What the bot serves; `refused` with `reason` is a model that it could not load."""

    model: str
    refused: str = ""
    reason: str = ""


def pointer(settings: Settings) -> Path:
    """The file that names the active model."""
    return settings.data_dir / "actief.json"


def read(settings: Settings) -> Active | None:
    """The pointer; None when there is none.

    StartError when it cannot be read: then nobody knows which models may not be used.
    """
    file = pointer(settings)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        made = Active(found["model"], found["previous"], tuple(found["held_back"]))
        if not all(NAME.fullmatch(name) for name in (made.model, *made.held_back)) or not (
                made.previous == "" or NAME.fullmatch(made.previous)):
            raise ValueError("geen naam van een model")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StartError(f"{file.name} is niet leesbaar: niemand weet welk model mag antwoorden. "
                         "Herstel het bestand uit een reservekopie, of verwijder het om het "
                         "model te gebruiken dat bij de bestanden past.") from error
    return made


def activate(settings: Settings, model: str, serving: str) -> Active:
    """Make a model the active one; `serving` is in use when there is no pointer yet."""
    with locked(pointer(settings)):
        now = read(settings) or Active(serving)
        held = tuple(name for name in now.held_back if name != model)
        if now.model == model:
            return _write(settings, replace(now, held_back=held))
        return _write(settings, Active(model, now.model, held))


def hold_back(settings: Settings, model: str, serving: str) -> Active:
    """A model that may not be used; what is active stays so, `serving` when there is no pointer.

    A held back model that was active makes room for `serving`.
    """
    with locked(pointer(settings)):
        now = read(settings) or Active(serving)
        held = (*(name for name in now.held_back if name != model), model)
        return _write(settings, replace(now, held_back=held,
                                        model=serving if now.model == model else now.model))


def go_back(settings: Settings) -> Active | None:
    """The previous model is active again; None when there is none that may be used.

    The model that people left may not be used from then on: going back twice does not return to it.
    """
    with locked(pointer(settings)):
        now = read(settings)
        if now is None or now.previous in ("", *now.held_back):
            return None
        if not (settings.models_dir / now.previous).is_file():
            return None
        return _write(settings, Active(now.previous, now.model, (*now.held_back, now.model)))


def chosen(settings: Settings, fitting: Path) -> Path:
    """The model to use when `fitting` is trained on the files of now.

    That is `fitting` itself, unless it is held back and the active one is still there.
    """
    now = read(settings)
    if now is None or fitting.name not in now.held_back:
        return fitting
    active = settings.models_dir / now.model
    return active if active.is_file() else fitting


def say_in_use(settings: Settings, in_use: InUse) -> None:
    """Let the pages know what the bot serves."""
    write_atomically(settings.data_dir / "in_gebruik.json", json.dumps(asdict(in_use)).encode())


def in_use(settings: Settings) -> InUse | None:
    """What the bot said last; None when it never did."""
    try:
        found = json.loads((settings.data_dir / "in_gebruik.json").read_text(encoding="utf-8"))
        return InUse(str(found["model"]), str(found["refused"]), str(found["reason"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(settings: Settings, made: Active) -> Active:
    write_atomically(pointer(settings), json.dumps(asdict(made)).encode())
    return made
