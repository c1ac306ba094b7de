"""The command that runs the stand-in of the official API, to try out fetching without a key."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from bot import settings as settings_module
from bot.catalogue.standin.faults import Faults, parse_faults
from bot.catalogue.standin.server import StandIn
from bot.errors import CatalogueError


def _faults(context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]) -> Faults:
    try:
        return parse_faults(texts)
    except CatalogueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("standin")
@click.option("--port", default=5999, show_default=True, type=click.IntRange(0, 65535),
              help="Poort op 127.0.0.1; 0 kiest een vrije poort.")
@click.option("--source", type=click.Path(path_type=Path, exists=True, file_okay=False),
              default=None, help="Map met de CSV-bestanden.  [standaard: data/catalogue]")
@click.option("--locations", default=2200, show_default=True, type=click.IntRange(0, 20_000),
              help="Hoeveel vestigingen in totaal.")
@click.option("--groups", default=42_000, show_default=True, type=click.IntRange(0, 400_000),
              help="Hoeveel ingerichte groepen in totaal.")
@click.option("--seed", default=0, show_default=True, type=int,
              help="Zelfde getal, zelfde gegevens.")
@click.option("--first-page", default=0, show_default=True, type=click.IntRange(0, 1),
              help="Nummer van de eerste pagina.")
@click.option("--fault", "faults", multiple=True, callback=_faults,
              help="Wat er misgaat, bijvoorbeeld too_many=2, cut_off, shrunken=0.7, "
                   "renamed_field=oud:nieuw of only=instellingslocatie. Mag meermaals.")
def standin_command(port: int, source: Path | None, locations: int, groups: int, seed: int,
                    first_page: int, faults: Faults) -> None:
    """Boots de API van Onderwijs en Vorming na, met verzonnen scholen, om ophalen te proberen."""
    folder = source or settings_module.from_environment().catalogue_source
    standin = StandIn(folder, locations=locations, groups=groups, seed=seed, faults=faults,
                      first_page=first_page, port=port)
    with standin:
        click.echo(f"De nagebootste API staat klaar op {standin.url}")
        click.echo(f"Proefsleutel (kop x-api-key): {standin.key}")
        click.echo("Stoppen: Ctrl-C")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("Gestopt.")
