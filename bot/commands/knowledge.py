"""Commands for editors: list, check, what falls due, export, and the kill switch."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from bot import resources
from bot import settings as settings_module
from bot.errors import StartError
from bot.knowledge.due import content_due
from bot.knowledge.export import entries, to_csv, to_html, to_json
from bot.knowledge.silence import load_silence, objection, switch
from bot.settings import Settings

TODAY = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None,
                     help="Dag waarvoor de datums gelden.  [standaard: vandaag]")


@click.group()
def knowledge() -> None:
    """De antwoorden en hun bronnen."""


@knowledge.command("list")
@TODAY
def list_topics(today: datetime | None) -> None:
    """Toon elk onderwerp met zijn stand, datums en aantal voorbeeldvragen."""
    settings, day = _settings(), _day(today)
    silence = load_silence(settings.silence_file)
    for topic in resources.knowledge():
        state = "stil" if silence.covers(topic.id) else topic.state(day).value
        click.echo(f"{topic.label:<42}{state:<15}nagekeken {topic.checked}  herzien voor "
                   f"{topic.review_by}  {len(topic.examples):>3} vragen")


@knowledge.command("check")
@TODAY
def check_topics(today: datetime | None) -> None:
    """Keur alle antwoorden. Exitcode 1 bij een fout; waarschuwingen zijn werk voor de redactie."""
    # Only here: measuring how a text reads would slow every start of the bot.
    from bot.knowledge.check import check, load_explained
    from bot.knowledge.copies import copies

    settings, day = _settings(), _day(today)
    explained = load_explained(settings.root / "data" / "uitgelegd.txt")
    findings = check(resources.knowledge(), resources.facts(), explained, day)
    findings += copies(resources.examples())
    for finding in findings:
        click.echo(str(finding))
    errors = sum(f.error for f in findings)
    click.echo(f"{len(resources.knowledge().topics)} onderwerpen, {errors} fouten, "
               f"{len(findings) - errors} waarschuwingen op {day}")
    sys.exit(1 if errors else 0)


@knowledge.command("due")
@click.option("--weeks", default=8, show_default=True, type=click.IntRange(0, 520),
              help="Hoeveel weken vooruit.")
@TODAY
def due(weeks: int, today: datetime | None) -> None:
    """Toon wat moet worden nagekeken of vervalt, het dringendste eerst."""
    _settings()
    day = _day(today)
    until = day + timedelta(weeks=weeks)
    rows = content_due(resources.knowledge(), resources.facts(), until)
    for row in rows:
        late = "  (te laat)" if row.when < day else ""
        click.echo(f"{row.when}  {row.what:<13} {row.name}{late}")
    click.echo(f"{len(rows)} na te kijken tot {until}")


@knowledge.command("export")
@click.option("--form", "form", type=click.Choice(["csv", "json", "html"]), default="html",
              show_default=True, help="Vorm van de uitvoer.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="Doelbestand.")
@TODAY
def export(form: str, out: Path, today: datetime | None) -> None:
    """Schrijf alle antwoorden met hun bronnen naar een bestand."""
    _settings()
    day = _day(today)
    chosen = entries(resources.knowledge(), resources.facts(), day, resources.silence())
    texts = {"csv": lambda: to_csv(chosen), "json": lambda: to_json(chosen, day),
             "html": lambda: to_html(chosen, resources.texts().entry("keuze", "themas"), day)}
    try:
        out.write_text(texts[form](), encoding="utf-8-sig" if form == "csv" else "utf-8")
    except OSError as error:
        raise StartError(f"{out} kan ik niet schrijven. Kies een andere plaats met --out.") \
            from error
    click.echo(f"{len(chosen)} antwoorden in {out}")


@knowledge.command("silence")
@click.argument("subject")
@click.option("--reason", default="", help="Waarom; verplicht bij stilzetten.")
@click.option("--off", is_flag=True, help="Laat weer spreken.")
def silence(subject: str, reason: str, off: bool) -> None:
    """Zet een antwoord stil, of de hele bot met `alles`. Werkt meteen, zonder herstart.

    Noodantwoorden blijven altijd. Elk gebruik staat in het bestand stil.json.
    """
    settings = _settings()
    if refused := objection(resources.knowledge(), subject, None if off else reason):
        raise StartError(f"{refused} Kijk met: duaalwijzer knowledge silence --help.")
    switch(settings.silence_file, subject, None if off else reason, datetime.now())
    click.echo(f"{subject}: {'spreekt weer' if off else 'is stil'}")


def _day(today: datetime | None) -> date:
    return today.date() if today else date.today()


def _settings() -> Settings:
    settings = settings_module.from_environment()
    resources.use(resources.Resources(settings))
    return settings
