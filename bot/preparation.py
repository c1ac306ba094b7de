"""Everything `start` needs before it serves: port, folders, catalogue, answers, model.

Each step either succeeds or raises an error with one clear Dutch sentence; nothing half-written
stays behind.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Callable

from bot import active
from bot.catalogue.build import build
from bot.catalogue.opening import open_catalogue
from bot.catalogue.sources import places_dir
from bot.errors import CatalogueMissing, StartError
from bot.fingerprint import combined, fingerprints
from bot.settings import Settings

Progress = Callable[[int, int, str], None]


def free_port(host: str, port: int) -> None:
    """StartError when the port cannot be used."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(
                f"Poort {port} op {host} is al in gebruik of niet toegelaten. Stop het andere "
                f"programma of kies een andere poort met --port."
            ) from error


def writable(folder: Path) -> None:
    """Make the folder; StartError when nothing can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StartError(
            f"In de map {folder} kan ik niet schrijven. Geef schrijfrechten of kies een andere "
            f"map met --data-dir."
        ) from error


def catalogue(settings: Settings, clock: Callable[[], date] = date.today) -> str:
    """A catalogue that can be opened, built when it is missing or older than its sources.

    Also when a correction in it has expired by the clock. Gives a Dutch line that says what was
    done and why.
    """
    file, sources = settings.catalogue_file, settings.catalogue_source
    today = clock().isoformat()
    folders = (sources, settings.fetched_dir, places_dir(settings.fetched_dir))
    files = [file for folder in folders for file in folder.glob("*.csv")]
    newest = max((f.stat().st_mtime for f in files), default=0.0)
    reason = "ze ontbreekt"
    if file.exists():
        if file.stat().st_mtime >= newest:
            opened = open_catalogue(file)
            expired = opened.expired(today)
            opened.close()
            if not expired:
                return "catalogus is er al"
            reason = "een afwijking is vervallen"
        else:
            reason = "de bronbestanden zijn nieuwer"
    if not newest:
        raise CatalogueMissing(f"De map {sources} bevat geen catalogusbestanden. Zet ze terug.")
    build(sources, file, today=today, fetched=settings.fetched_dir)
    return f"catalogus gebouwd, want {reason}"


@dataclass(frozen=True)
class ModelChoice:
    """The model that fits the current files, and why it must be trained (None: it need not)."""

    file: Path
    reason: str | None


def choose_model(settings: Settings) -> ModelChoice:
    """Which model to use: the one that fits the files, or the active one when that is held back."""
    fitting = fitting_model(settings)
    if fitting.reason:
        return fitting
    return ModelChoice(active.chosen(settings, fitting.file), None)


def fitting_model(settings: Settings) -> ModelChoice:
    """Which model file fits the files of now, without loading Rasa."""
    parts = fingerprints(settings.root)
    file = settings.models_dir / f"duaalwijzer-{combined(parts)}.tar.gz"
    if file.exists():
        return ModelChoice(file, None)
    known = sorted(settings.models_dir.glob("duaalwijzer-*.json"), key=lambda f: f.stat().st_mtime)
    if not known:
        return ModelChoice(file, "er is nog geen model")
    try:
        before = json.loads(known[-1].read_text(encoding="utf-8"))
    except ValueError:
        return ModelChoice(file, "de gegevens van het vorige model zijn onleesbaar")
    changed = [part for part, digest in parts.items() if before.get(part) != digest]
    return ModelChoice(file, f"gewijzigd: {', '.join(changed) or 'het modelbestand ontbreekt'}")


def train(settings: Settings, target: Path, progress: Progress, nice: int = 0) -> None:
    """Train into a temporary name in a process of its own, then rename into place.

    `nice` is how much the process stands back for others. Beside the model stands a JSON file with
    the fingerprints of what it was trained on and, as `proef`, its held-out result.
    """
    writable(settings.models_dir)
    temporary = target.with_name(f"bezig-{os.getpid()}.tar.gz")
    # A file, not a pipe: a pipe that is full would stop the trainer.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.training", str(temporary)],
            cwd=settings.root, stdout=subprocess.PIPE, stderr=complaints, text=True,
            env={**os.environ, "DUAALWIJZER_DATA_DIR": str(settings.data_dir)},
        )
        try:
            if nice and hasattr(os, "setpriority"):
                os.setpriority(os.PRIO_PROCESS, process.pid, nice)
            held_out: dict[str, float] | None = None
            assert process.stdout is not None
            for line in process.stdout:
                words = line.split(maxsplit=3)
                if words[:1] == ["STAP"]:
                    progress(int(words[1]), int(words[2]), words[3].strip())
                elif words[:1] == ["PROEF"]:
                    held_out = json.loads(line.partition(" ")[2])
            if process.wait() != 0 or not temporary.exists():
                complaints.seek(0)
                last = next((e for e in reversed(complaints.read().splitlines()) if e.strip()), "")
                raise StartError(f"Het trainen van het model is mislukt: {last}")
            temporary.replace(target)
            parts = target.with_name(target.name.replace(".tar.gz", ".json"))
            written = parts.with_suffix(".nieuw")
            about = {**fingerprints(settings.root), **({"proef": held_out} if held_out else {})}
            written.write_text(json.dumps(about), encoding="utf-8")
            written.replace(parts)
        finally:
            process.kill()
            process.wait()
            temporary.unlink(missing_ok=True)
