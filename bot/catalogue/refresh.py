"""From fetched rows to a published catalogue: each step is done whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from bot.catalogue.build import build
from bot.catalogue.leftovers import discard, unfinished
from bot.catalogue.reference import Reference
from bot.catalogue.sources import last_fetched, places_dir, previous_dir, read_all
from bot.catalogue.staging import Row, Staging, read_staging, write_staging, write_table
from bot.catalogue.validation.report import Report
from bot.catalogue.validation.validate import validate
from bot.errors import CatalogueError


class CatalogueRefused(CatalogueError):
    """Fetched rows that broke a hard rule; its text is the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("De nieuwe gegevens zijn geweigerd; de oude catalogus blijft in "
                         f"gebruik.\n{report}")


def current(source_dir: Path, fetched_dir: Path) -> Staging:
    """What the catalogue is built from now: the last fetched rows, else the built-in ones."""
    last = last_fetched(fetched_dir)
    return read_staging(last if last.exists() else source_dir)


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
    with _replacing(fetched_dir, target) as (waiting, trial):
        write_staging(waiting, report.cleaned)
        build(source_dir, trial, today=today, fetched=waiting)
    return report


def publish_places(
    places: tuple[Row, ...], source_dir: Path, fetched_dir: Path, target: Path, today: str
) -> None:
    """Replace the fetched places and the catalogue by new ones, as `publish` does.

    Raises CatalogueSourceError when a place or an address that depends on it is wrong,
    CatalogueError when nothing can be written; the old catalogue then stays.
    """
    with _replacing(places_dir(fetched_dir), target) as (waiting, trial):
        write_table(waiting, "place", places)
        build(source_dir, trial, today=today, fetched=fetched_dir, places=waiting)


@contextmanager
def _replacing(folder: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Gives a folder and a file to write; they become `folder` and `target` if all goes well."""
    waiting, trial = unfinished(folder), target.with_name(f".{target.name}.proef")
    previous = previous_dir(folder)
    try:
        discard(waiting)
        yield waiting, trial
        if folder.exists():
            shutil.rmtree(previous, ignore_errors=True)
            folder.rename(previous)
        waiting.rename(folder)
        trial.replace(target)
    except OSError as error:
        raise CatalogueError(f"De opgehaalde gegevens kunnen niet bewaard worden ({error}). "
                             f"Controleer de schrijfrechten en de vrije ruimte.") from error
    finally:
        discard(waiting)
        discard(trial)
