"""`duaalwijzer bench serve`, `token` and `gate`: the pages of the test bench, and what CI runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import preparation, resources
from bot import settings as settings_module
from bot.bench.gate import folder_of, read_gates, run_gates
from bot.errors import StartError
from bot.settings import Settings
from bot.testbench.access import Access, Role
from bot.testbench.alone import alone
from bot.testbench.database import Database

ROLES = click.Choice([role.dutch for role in Role])


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres om op te luisteren.")
@click.option("--port", default=5006, show_default=True, type=click.IntRange(1, 65535),
              help="Poort om op te luisteren.")
def serve(host: str, port: int) -> None:
    """Start de proefbank: pagina's om antwoorden te testen en te verbeteren."""
    settings = _settings()
    preparation.writable(settings.data_dir)
    with alone(settings.data_dir):
        _serve(settings, host, port)


def _serve(settings: Settings, host: str, port: int) -> None:
    preparation.free_port(host, port)
    preparation.catalogue(settings)
    choice = preparation.choose_model(settings)
    if choice.reason:
        raise StartError(f"Er is geen passend model ({choice.reason}). "
                         "Train eerst met: duaalwijzer train")
    # Only here: the other commands need no web server.
    from bot.testbench.app import create_app, server_of

    app = create_app(settings, choice.file)
    if not any(not row["revoked"] for row in app.state.desk.access.granted()):
        click.echo("Er is nog geen code. Maak er een: duaalwijzer bench token add NAAM")
    click.echo(f"De proefbank staat klaar op http://{host}:{port}/  (stoppen: Ctrl-C)")
    server_of(app, host, port).run()


@click.command("gate")
def gate() -> None:
    """Stel de vragen van elke poort en eindig met code 1 als er een niet gehaald wordt."""
    settings = _settings()
    folder = folder_of(settings.root)
    gates = read_gates(folder)
    if not gates:
        click.echo("Er is geen enkele poort: maak er een op de pagina van een testlijst.")
        return
    preparation.writable(settings.data_dir)
    preparation.catalogue(settings)
    # Only here: the other commands need no model.
    from bot.bench.command import local

    results = run_gates(folder, gates, local(settings))
    for result in results:
        click.echo(result.sentence)
    broken = [result for result in results if not result.holds]
    if broken:
        raise StartError(f"{len(broken)} van de {len(results)} poorten niet gehaald. Kijk welke "
                         "vragen: duaalwijzer bench run --show tests/bench/" + broken[0].gate.lijst)


@click.group("token")
def token() -> None:
    """Codes om in te loggen in de proefbank."""


@token.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default=Role.TESTER.dutch, show_default=True,
              help="Wat deze code mag: een tester oordeelt, een redacteur wijzigt antwoorden, een "
                   "beheerder mag alles.")
def add(name: str, role: str) -> None:
    """Maak een code voor een CLB of een dienst. Ze wordt maar een keer getoond."""
    made = _access().grant(name, Role.named(role))
    click.echo(f"Code voor {name} ({role}): {made}")
    click.echo("Bewaar ze veilig: ze wordt niet opnieuw getoond.")


@token.command("list")
def list_tokens() -> None:
    """Toon alle codes, zonder hun geheim."""
    rows = _access().granted()
    for row in rows:
        role = row["role"]
        assert isinstance(role, Role)
        state = f"ingetrokken op {row['revoked']}" if row["revoked"] else "geldig"
        click.echo(f"{row['id']}  {role.dutch:<10} {row['name']!s:<40} {state}")
    click.echo(f"{len(rows)} codes")


@token.command("revoke")
@click.argument("code")
def revoke(code: str) -> None:
    """Trek een code in; wie ermee is ingelogd, is meteen uitgelogd."""
    if not _access().revoke(code.partition(".")[0]):
        raise StartError(f"Er is geen geldige code {code.partition('.')[0]}. Kijk met: duaalwijzer "
                         "bench token list.")
    click.echo("Ingetrokken.")


def _access() -> Access:
    settings = _settings()
    preparation.writable(settings.data_dir)
    return Access(Database(settings.testbench_file), time.time)


def _settings() -> Settings:
    settings = settings_module.from_environment()
    resources.use(resources.Resources(settings))
    return settings


@contextmanager
def beside(settings: Settings, host: str, port: int) -> Iterator[None]:
    """The pages in a process of their own, as long as the bot runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "bench", "serve", "--host", host, "--port", str(port)],
        cwd=settings.root, env={**os.environ, "DUAALWIJZER_DATA_DIR": str(settings.data_dir)})
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
