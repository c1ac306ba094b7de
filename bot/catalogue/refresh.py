"""From fetched rows to a published catalogue: each step is done whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bot.catalogue.build import build
from bot.catalogue.reference import Reference
from bot.catalogue.sources import read_all
from bot.catalogue.staging import Staging, read_staging, write_staging
from bot.catalogue.validation import Report, validate
from bot.errors import CatalogueError


class CatalogueRefused(CatalogueError):
    """Fetched rows that broke a hard rule; its text is the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("De nieuwe gegevens zijn geweigerd; de oude catalogus blijft in "
                         f"gebruik.\n{report}")


def previous_dir(fetched_dir: Path) -> Path:
    """Where the fetched rows before the last ones are kept, to tell the difference."""
    return fetched_dir.with_name(f"{fetched_dir.name}-vorige")


def current(source_dir: Path, fetched_dir: Path) -> Staging:
    """What the catalogue is built from now: the last fetched rows, else the built-in ones.

    An interruption between the two renames of `publish` leaves only the previous ones: those then.
    """
    folders = (fetched_dir, previous_dir(fetched_dir), source_dir)
    return read_staging(next(folder for folder in folders if folder.exists()))


def publish(
    staging: Staging, source_dir: Path, fetched_dir: Path, target: Path, today: str
) -> Report:
    """Replace the fetched rows and the catalogue by new ones; gives the report of the validation.

    Raises CatalogueRefused when a hard rule is broken, CatalogueError when nothing can be written;
    the old catalogue then stays. The catalogue goes last: after an interruption between the two
    the next build makes it from the new rows.
    """
    reference = Reference.from_rows(read_all(source_dir))
    report = validate(staging, current(source_dir, fetched_dir), reference, today)
    if report.refused:
        raise CatalogueRefused(report)
    waiting = fetched_dir.with_name(f".{fetched_dir.name}.{os.getpid()}")
    trial, previous = target.with_name(f".{target.name}.proef"), previous_dir(fetched_dir)
    try:
        shutil.rmtree(waiting, ignore_errors=True)
        write_staging(waiting, report.cleaned)
        build(source_dir, trial, fetched=waiting)
        if fetched_dir.exists():
            shutil.rmtree(previous, ignore_errors=True)
            fetched_dir.rename(previous)
        waiting.rename(fetched_dir)
        trial.replace(target)
    except OSError as error:
        raise CatalogueError(f"De opgehaalde gegevens kunnen niet bewaard worden ({error}). "
                             f"Controleer de schrijfrechten en de vrije ruimte.") from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
        trial.unlink(missing_ok=True)
    return report
