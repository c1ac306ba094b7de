"""`duaalwijzer catalogue …`: fetch, validate, build, publish and export the catalogue."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Iterator

import click
import requests

from bot import preparation, resources
from bot import settings as settings_module
from bot.catalogue.build import build
from bot.catalogue.corrections import correct
from bot.catalogue.difference import describe, difference
from bot.catalogue.documents import documents
from bot.catalogue.fetch.api import fetch_api
from bot.catalogue.fetch.failure import FetchError
from bot.catalogue.fetch.fetcher import HOST, Fetcher, Progress
from bot.catalogue.fetch.geonames import SOURCE, read_places
from bot.catalogue.refresh import current, publish, publish_places
from bot.catalogue.sources import previous_dir, read_all
from bot.catalogue.staging import Staging, read_staging, read_table
from bot.commands.standin import standin_command
from bot.errors import CatalogueError
from bot.settings import Settings

KEY = "DUAALWIJZER_API_SLEUTEL"
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def catalogue() -> None:
    """De catalogus van opleidingen, scholen en plaatsen."""


catalogue.add_command(standin_command)


@catalogue.command("build")
@click.option("--source", type=click.Path(path_type=Path, exists=True, file_okay=False),
              default=None, help="Map met de CSV-bestanden.  [standaard: data/catalogue]")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Doelbestand.  [standaard: <data-dir>/catalogus.sqlite]")
def catalogue_build(source: Path | None, out: Path | None) -> None:
    """Controleer de bronbestanden en bouw de catalogus in een keer, of laat de oude staan."""
    settings = settings_module.from_environment()
    target = out or settings.catalogue_file
    preparation.writable(target.parent)
    fetched = None if source else settings.fetched_dir
    report = build(source or settings.catalogue_source, target, today=date.today().isoformat(),
                   fetched=fetched)
    click.echo(f"{target}\n{report}")


@catalogue.command("fetch")
@click.option("--host", default=HOST, show_default=True, help="Adres van de API.")
@click.option("--locations", type=FILE, default=None,
              help="Zonder sleutel: CSV met vestigingsplaatsen.")
@click.option("--offers", type=FILE, default=None,
              help="Zonder sleutel: xlsx van Discimus of CSV van 1 februari.")
@click.option("--plaatsen", "places", type=FILE, multiple=True,
              help="BE.txt of BE.zip van GeoNames: postcodes, en in een tweede keer plaatsnamen.")
@click.option("--dry-run", is_flag=True, help="Toon wat er verandert en bewaar niets.")
def catalogue_fetch(host: str, locations: Path | None, offers: Path | None,
                    places: tuple[Path, ...], dry_run: bool) -> None:
    """Haal scholen en aanbod op, keur ze en zet ze in de catalogus.

    Met een sleutel in DUAALWIJZER_API_SLEUTEL uit de officiële API; anders uit twee bestanden
    (--locations en --offers). Met --plaatsen komen ook de plaatsen en coördinaten van GeoNames
    (CC BY 4.0), of die alleen als er geen sleutel en geen andere bestanden zijn.

    Onderbroken? Start opnieuw: wat er al is, wordt niet nog eens gevraagd. Bij een fout
    blijft de oude catalogus in gebruik.
    """
    settings, today = settings_module.from_environment(), date.today()
    preparation.writable(settings.data_dir)
    if places:
        _fetch_places(places, settings, today.isoformat(), dry_run)
        if not (locations or offers or os.environ.get(KEY)):
            return
    pages = settings.data_dir / "ophalen"
    if locations and offers:
        # Only here: reading maps and spreadsheets would slow every start of the bot.
        from bot.catalogue.fetch.files import read_files

        programmes = [{"nummer": r["number"], "titel": r["title"], "duaal": str(r["dual"])}
                      for r in read_all(settings.catalogue_source)["programme"]]
        staging, told = read_files(locations, offers, programmes, _school_year(today),
                                   today.isoformat())
        click.echo("".join(f"{line}\n" for line in told), nl=False)
    else:
        staging = _from_api(host, pages, settings, today)
    before = current(settings.catalogue_source, settings.fetched_dir)
    click.echo(describe(difference(before, staging, _titles(settings))))
    if not dry_run:
        report = publish(staging, settings.catalogue_source, settings.fetched_dir,
                         settings.catalogue_file, today.isoformat())
        click.echo(f"{report}\nDe catalogus is vernieuwd: {settings.catalogue_file}")
        _tell_corrections(settings, today.isoformat())


def _fetch_places(files: tuple[Path, ...], settings: Settings, today: str, dry_run: bool) -> None:
    source = settings.catalogue_source
    rows, told = read_places(files, read_table(source, "municipality"),
                             read_table(source, "place"), today)
    taken = sum(row["bron"] == SOURCE for row in rows)
    click.echo("\n".join((*told, f"Plaatsen van GeoNames: {taken} van de {len(rows)}.")))
    if not dry_run:
        publish_places(rows, source, settings.fetched_dir, settings.catalogue_file, today)
        click.echo(f"De plaatsen zijn vernieuwd: {settings.catalogue_file}")


def _tell_corrections(settings: Settings, today: str) -> None:
    """The corrections that do nothing any more."""
    rows = read_all(settings.catalogue_source, settings.fetched_dir)
    for note in correct(rows, today).notes:
        click.echo(note)


def _from_api(host: str, pages: Path, settings: Settings, today: date) -> Staging:
    key = os.environ.get(KEY, "")
    if not key:
        raise CatalogueError(f"Er is geen sleutel. Zet ze in {KEY}, of geef --locations en "
                             "--offers met gedownloade bestanden.")
    programmes = {r["number"] for r in read_all(settings.catalogue_source)["programme"]}
    with _progress() as progress, requests.Session() as session:
        fetcher = Fetcher(session, pages, key=key, sleep=time.sleep, now=datetime.now, host=host,
                          progress=progress)
        try:
            staging = fetch_api(fetcher, programmes, int(_school_year(today)[:4]),
                                today.isoformat())
        except FetchError as error:
            if not error.resumable:  # the same pages would fail again
                shutil.rmtree(pages, ignore_errors=True)
            raise
    shutil.rmtree(pages, ignore_errors=True)
    return staging


@contextmanager
def _progress() -> Iterator[Progress]:
    def told(done: int, total: int, product: str) -> None:
        click.echo(f"\r  {product:<36} pagina {done} van {total or '?'}   ", nl=False)

    yield told
    click.echo()


def _school_year(today: date) -> str:
    start = today.year if today.month >= 9 else today.year - 1
    return f"{start}-{start + 1}"


def _titles(settings: Settings) -> dict[str, str]:
    return {r["number"]: r["title"] for r in read_all(settings.catalogue_source)["programme"]}


@catalogue.command("status")
def catalogue_status() -> None:
    """Toon de bronnen, hun datums en aantallen, en wat verouderd is."""
    settings = settings_module.from_environment()
    resources.use(resources.Resources(settings))
    opened = resources.catalogue()
    rows = current(settings.catalogue_source, settings.fetched_dir)
    click.echo(f"Schooljaar   {opened.info.school_year}"
               + ("  (voorbij: haal nieuwe gegevens op)"
                  if resources.offers_outdated(opened.info) else ""))
    click.echo(f"Toestand     {opened.info.date}")
    click.echo(f"Scholen      {len(opened.schools)}")
    click.echo(f"Aanbodrijen  {opened.info.offers}")
    for retrieval in rows.retrievals:
        click.echo(f"  {retrieval.source:<34} {retrieval.records:>7} op {retrieval.retrieved_at}")
    if not rows.retrievals:
        click.echo("  ingebouwde gegevens (data/catalogue), nog niets opgehaald")
    click.echo(f"Plaatsen     {sum(count for *_, count in opened.place_sources)}")
    for source, day, count in opened.place_sources:
        click.echo(f"  {count:>7} op {day}: {source}")
    click.echo(f"Afwijkingen  {opened.corrections}"
               + (f", de eerste vervalt na {opened.expires}" if opened.expires else ""))
    _tell_corrections(settings, resources.today().isoformat())


@catalogue.command("diff")
def catalogue_diff() -> None:
    """Toon in woorden wat de laatste ophaling veranderde."""
    settings = settings_module.from_environment()
    previous = previous_dir(settings.fetched_dir)
    if not settings.fetched_dir.exists():
        raise CatalogueError("Er is nog niets opgehaald. Doe eerst: duaalwijzer catalogue fetch")
    before = read_staging(previous if previous.exists() else settings.catalogue_source)
    click.echo(describe(difference(before, read_staging(settings.fetched_dir), _titles(settings))))


@catalogue.command("export")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Map voor de bestanden.")
def catalogue_export(out: Path) -> None:
    """Schrijf de catalogus als CSV en JSON, met een pagina per opleiding."""
    settings = settings_module.from_environment()
    resources.use(resources.Resources(settings))
    preparation.writable(out)
    made = documents(resources.catalogue(), resources.path_words())
    with click.progressbar(made.items(), label="Schrijven") as items:
        for name, document in items:
            (out / name).write_text(document.render(), encoding="utf-8")
    click.echo(f"{len(made)} bestanden in {out}")
