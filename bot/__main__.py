"""The command line: `duaalwijzer …` or `python -m bot …`."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Callable, Iterator

import click

from bot import active, before_rasa, preparation, resources
from bot import settings as settings_module
from bot.commands.catalogue import catalogue
from bot.commands.knowledge import knowledge
from bot.commands.testbench import beside, gate, serve, token
from bot.errors import DuaalwijzerError
from bot.settings import Settings
from bot.testbench.counting import counted
from bot.testbench.training_queue import apply_queue


class Main(click.Group):
    """Shows our own errors as one Dutch sentence with exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DuaalwijzerError as error:
            click.echo(f"Fout: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Duaalwijzer: antwoorden over duaal leren in Vlaanderen."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres om op te luisteren.")
@click.option("--port", default=5005, show_default=True, type=click.IntRange(1, 65535),
              help="Poort om op te luisteren.")
@click.option("--data-dir", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Map voor de catalogus en de gesprekken.  [standaard: var]")
@click.option("--with-bench", is_flag=True, help="Start ook de proefbank, in een eigen proces.")
@click.option("--bench-port", default=5006, show_default=True, type=click.IntRange(1, 65535),
              help="Poort van de proefbank.")
def start(host: str, port: int, data_dir: Path | None, with_bench: bool, bench_port: int) -> None:
    """Bouw wat ontbreekt, train als het nodig is, en start de bot."""
    settings = _settings(data_dir)
    preparation.free_port(host, port)
    if with_bench:
        preparation.free_port(host, bench_port)
    preparation.writable(settings.data_dir)
    with _timed("Catalogus") as say:
        say(preparation.catalogue(settings))
    with _timed("Antwoorden") as say:
        topics = list(resources.knowledge())
        resources.facts(), resources.texts()
        say(f"{sum(t.written for t in topics)} onderwerpen met antwoord, {len(topics)} herkend")
    with _timed("Veiligheid") as say:
        resources.crisis()
        say("noodwoorden geleerd")
    model = _model(settings)
    if (pointer := active.read(settings)) is not None and pointer.model != model.name:
        active.activate(settings, model.name, pointer.model)  # the pages show what is served
    with beside(settings, host, bench_port) if with_bench else nullcontext():
        _serve(settings, model, host, port)


def _model(settings: Settings) -> Path:
    try:
        if added := apply_queue(settings):
            new = counted(added, "nieuwe voorbeeldvraag", "nieuwe voorbeeldvragen")
            click.echo(f"  {new} uit de proefbank toegevoegd.")
    except (DuaalwijzerError, OSError) as error:  # the bot goes first
        click.echo(f"  De voorbeeldvragen uit de proefbank wachten nog: {error}", err=True)
    choice = preparation.choose_model(settings)
    with _timed("Model") as say:
        if choice.reason:
            click.echo(f"  Ik train een nieuw model ({choice.reason}). Dat duurt even.")
            _train(settings, choice.file)
        say("getraind" if choice.reason else "past al")
    return choice.file


def _train(settings: Settings, target: Path) -> None:
    with click.progressbar(length=100, label="  Trainen", show_eta=False) as bar:
        position = 0

        def progress(done: int, total: int, what: str) -> None:
            nonlocal position
            bar.label = f"  {what[:34]:<34}"
            bar.update(100 * done // total - position)
            position = 100 * done // total

        preparation.train(settings, target, progress)


def _serve(settings: Settings, model: Path, host: str, port: int) -> None:
    began = time.monotonic()
    before_rasa.prepare()
    from bot.channels.messaging.registry import said_at_start
    from bot.server import create_app

    app = create_app(model, settings)
    click.echo(f"Kanalen               {said_at_start(settings)}")

    async def _ready(*_: object) -> None:
        click.echo(f"Server       {time.monotonic() - began:6.1f} s  klaar")
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"\nDe Duaalwijzer staat klaar op http://{shown}:{port}/  (stoppen: Ctrl-C)")

    app.register_listener(_ready, "after_server_start")
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)
    click.echo("Gestopt.")


@contextmanager
def _timed(name: str) -> Iterator[Callable[[str], None]]:
    began = time.monotonic()
    said: list[str] = []
    yield said.append
    click.echo(f"{name:<12} {time.monotonic() - began:6.1f} s  {' '.join(said)}")


def _settings(data_dir: Path | None) -> Settings:
    if data_dir is not None:
        os.environ["DUAALWIJZER_DATA_DIR"] = str(data_dir.resolve())
    settings = settings_module.from_environment()
    resources.use(resources.Resources(settings))
    return settings


@main.command()
def train() -> None:
    """Train het model opnieuw als er iets gewijzigd is; zegt waarom."""
    settings = _settings(None)
    preparation.writable(settings.data_dir)
    preparation.catalogue(settings)
    click.echo(f"Model: {_model(settings)}")


main.add_command(catalogue)
main.add_command(knowledge)


@main.group()
def bench() -> None:
    """Testlijsten en de proefbank: vragen met het antwoord dat erbij hoort."""


bench.add_command(gate)
bench.add_command(serve)
bench.add_command(token)


@bench.command("run")
@click.argument("lists", nargs=-1, required=True,
                type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Schrijf elk oordeel naar dit CSV-bestand.")
@click.option("--url", default=None, help="Vraag het aan een draaiende bot in plaats van hier.")
@click.option("--show", is_flag=True, help="Toon elke vraag die niet in een keer juist was.")
def bench_run(lists: tuple[Path, ...], out: Path | None, url: str | None, show: bool) -> None:
    """Stel alle vragen van de testlijsten en tel: juist, juist bij keuze, fout, geweigerd."""
    from bot.bench.command import run_lists

    settings = _settings(None)
    sys.exit(run_lists(lists, settings, out=out, url=url, show=show))


@bench.command("talks")
@click.argument("files", nargs=-1, required=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--show", is_flag=True, help="Toon elke beurt die niet is zoals verwacht.")
@click.option("--bar", type=click.FloatRange(0, 1), default=0.0,
              help="Eindig met code 1 onder dit aandeel goede beurten (0 tot 1).")
def bench_talks(files: tuple[Path, ...], show: bool, bar: float) -> None:
    """Voer de gesprekken van YAML-bestanden en tel de beurten die zijn zoals verwacht."""
    from bot.bench.command import hold_talks

    sys.exit(hold_talks(files, _settings(None), show=show, bar=bar))


if __name__ == "__main__":
    main()
