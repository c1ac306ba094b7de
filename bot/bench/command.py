"""`duaalwijzer bench run`: the lists against the model here, or against a running bot."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Sequence

import click
import requests

from bot.bench.judge import Outcome
from bot.bench.model import Case, read_list
from bot.bench.report import Ask, run, table, write
from bot.errors import StartError
from bot.settings import Settings


def run_lists(
    lists: Sequence[Path], settings: Settings, *, out: Path | None, url: str | None, show: bool
) -> int:
    """Print one table; exit code 0 (a bar is the caller's)."""
    cases: list[Case] = [case for file in lists for case in read_list(file)]
    ask = _remote(url) if url else _local(settings)
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


def _local(settings: Settings) -> Ask:
    from bot import before_rasa, preparation

    before_rasa.prepare()
    from bot.conversation import Conversations

    choice = preparation.choose_model(settings)
    if choice.reason:
        raise StartError(f"Er is geen passend model ({choice.reason}). "
                         "Train eerst met: duaalwijzer train")
    conversations = Conversations(choice.file, settings)
    return lambda question: conversations.say(str(uuid.uuid4()), question)
