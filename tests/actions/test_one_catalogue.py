"""A new catalogue is published while people talk: every answer comes from one of the two."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.query import Asked, asked
from actions.tasks import show_offers, show_programme, show_school
from actions.ways import show_pathway
from bot import reloading, resources
from bot.answers.compose.tasks import compose_task
from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.opening import open_catalogue
from bot.catalogue.staging import Staging, read_staging, write_staging
from bot.resources import Resources
from bot.settings import Settings
from tests.answers.values import contract

TODAY = "2026-11-26"
OLD, NEW = ("2025-2026", "2026-06-01"), ("2026-2027", "2026-11-25")
SCHOOL = "39859-14"
Message = dict[str, Any]


class Answers:
    """Takes what an action sends, as JSON, and composes it."""

    def __init__(self) -> None:
        self.said: list[Message] = []

    def utter_message(self, response: str, resultaat: Any) -> None:
        sent = json.loads(json.dumps(resultaat))
        answer = compose_task(response.removeprefix("utter_"), sent, resources.texts())
        self.said.append(contract(answer))


@pytest.fixture
def running(settings: Settings, tmp_path: Path) -> Iterator[Resources]:
    """A bot on the day of TODAY, with a data folder of its own."""
    before = resources.current()
    mine = replace(settings, data_dir=tmp_path / "var")
    made = Resources(mine, lambda: date.fromisoformat(TODAY))
    resources.use(made)
    yield made
    resources.use(before)


Change = Callable[[Staging], Staging]


def marked(year: str, day: str) -> Change:
    """The rows with the school year and the day of one version, and both behind each school."""
    def change(rows: Staging) -> Staging:
        return replace(rows, schools=tuple({**s, "naam": f"{s['naam']} [{year}]"}
                                           for s in rows.schools),
                       offers=tuple({**o, "schooljaar": year, "bron_datum": day}
                                    for o in rows.offers))
    return change


def built(folder: Path, target: Path, change: Change) -> None:
    """The catalogue of the real rows after a change."""
    source = resources.settings().catalogue_source
    write_staging(folder, change(read_staging(source)))
    build(source, target, today=TODAY, fetched=folder)


@pytest.fixture
def versions(running: Resources, tmp_path: Path) -> list[Catalogue]:
    made = []
    for version in (OLD, NEW):
        file = tmp_path / f"{version[0]}.sqlite"
        built(tmp_path / version[0], file, marked(*version))
        made.append(open_catalogue(file))
    return made


def wanted() -> Asked:
    names = {"opleiding": "elektrische installaties", "plaats": "Gent"}
    said = {"entities": [{"entity": kind, "value": value} for kind, value in names.items()]}
    return asked(Tracker("web-1", {}, said, [], False, None, {}, None))


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("show", [
    show_offers, show_programme, lambda to, what: show_pathway(to, what, None),
    lambda to, what: show_school(to, what, SCHOOL)], ids=["offers", "programme", "path", "school"])
def test_an_answer_is_of_one_catalogue_though_another_comes_between_any_two_reads(
    versions: list[Catalogue], monkeypatch: pytest.MonkeyPatch, first: int,
    show: Callable[[Any, Asked], object],
) -> None:
    reads = cycle(versions[first:] + versions[:first])
    monkeypatch.setattr(resources, "catalogue", lambda: next(reads))
    answers = Answers()
    show(answers, wanted())
    (said,) = answers.said

    year, day = next(v for v in (OLD, NEW) if v[0] == said["as_of"]["school_year"])
    other = OLD[0] if year == NEW[0] else NEW[0]
    assert said["as_of"]["date"] == day
    assert f"[{other}]" not in json.dumps(said)
    if show is show_offers:
        assert ("Let op: deze gegevens zijn van schooljaar" in said["text"]) == (year == OLD[0])


def test_a_school_that_lost_its_offers_still_gets_an_answer(
    running: Resources, tmp_path: Path
) -> None:
    def without(rows: Staging) -> Staging:
        return replace(rows, offers=tuple(
            o for o in rows.offers if f"{o['instelling']}-{o['vestiging']}" != SCHOOL))

    built(running.settings.fetched_dir, running.settings.catalogue_file, without)
    answers = Answers()
    show_school(answers, wanted(), SCHOOL)  # type: ignore[arg-type]

    assert "geen duaal aanbod" in answers.said[0]["text"]


def test_the_names_that_are_recognised_are_those_of_the_catalogue_in_use(
    running: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(rows: Staging) -> Staging:
        return replace(rows, schools=tuple({**s, "naam": "Zilverzwaan"} if
                                           f"{s['instelling']}-{s['vestiging']}" == SCHOOL else s
                                           for s in rows.schools))

    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(reloading, "time", SimpleNamespace(monotonic=lambda: clock.now))

    def kinds() -> set[str]:
        return {found.kind for found in running.lexicon.get().find("wat biedt de Zilverzwaan aan")}

    assert "schoolnaam" not in kinds()
    clock.now = 1.5
    running.catalogue.get()  # looked just before the new one came, and will not soon again
    built(running.settings.fetched_dir, running.settings.catalogue_file, renamed)
    clock.now = 2.0
    kinds()
    clock.now = 4.0
    assert "schoolnaam" in kinds()
