"""`duaalwijzer bench run`: the lists against the model here, or against a running bot."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Sequence

import click
import requests

from bot.bench.judge import Outcome
from bot.bench.model import Case, read_list
from bot.bench.report import Ask, run, table, write
from bot.bench.talks import read_talks, run_talks, summary
from bot.errors import StartError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.conversation import Conversations


def run_lists(
    lists: Sequence[Path], settings: Settings, *, out: Path | None, url: str | None, show: bool
) -> int:
    """Print one table; exit code 0 (a bar is the caller's)."""
    cases: list[Case] = [case for file in lists for case in read_list(file)]
    ask = _remote(url) if url else local(settings)
    with click.progressbar(cases, label="Vragen", file=None) as shown:
        verdicts = run(shown, ask)
    if show:
        for v in verdicts:
            if v.outcome is not Outcome.RIGHT:
                click.echo(f"{v.outcome.value:<10} {v.case.topic:<24} {v.case.question}"
                           f"  [{v.kind} {v.topic} {v.reason}]")
    click.echo(table(verdicts))
    if out:
        write(verdicts, out)
    return 0


def hold_talks(files: Sequence[Path], settings: Settings, *, show: bool, bar: float) -> int:
    """Hold every conversation with the model here; exit code 1 when fewer turns than `bar` fit."""
    talks = [talk for file in files for talk in read_talks(file)]
    say = _conversations(settings).say
    verdicts = []
    with click.progressbar(talks, label="Gesprekken", file=None) as shown:
        for talk in shown:
            verdicts += run_talks([talk], say)
    if show:
        for v in verdicts:
            if v.faults:
                click.echo(f"{v.talk}: {v.turn.text}\n    {'; '.join(v.faults)}\n"
                           f"    {v.answer[:150]!r}")
    click.echo(summary(verdicts))
    return int(sum(not v.faults for v in verdicts) < bar * len(verdicts))


def _remote(url: str) -> Ask:
    session = requests.Session()

    def ask(question: str) -> list[dict[str, Any]]:
        body = {"sender": str(uuid.uuid4()), "text": question}
        reply = session.post(f"{url.rstrip('/')}/webhooks/web/message", json=body, timeout=30)
        if not reply.ok:
            raise StartError(f"De bot op {url} antwoordde {reply.status_code}: {reply.text[:200]}")
        messages: list[dict[str, Any]] = reply.json()["messages"]
        return messages

    return ask


def local(settings: Settings) -> Ask:
    """Asks the model that fits the files; StartError when there is none."""
    conversations = _conversations(settings)
    return lambda question: conversations.say(str(uuid.uuid4()), question)


def _conversations(settings: Settings) -> Conversations:
    from bot import before_rasa, preparation

    before_rasa.prepare()
    from bot.conversation import Conversations

    choice = preparation.choose_model(settings)
    if choice.reason:
        raise StartError(f"Er is geen passend model ({choice.reason}). "
                         "Train eerst met: duaalwijzer train")
    return Conversations(choice.file, settings)
