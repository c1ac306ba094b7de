"""Fetching from the stand-in of the API and publishing: whole, or the old catalogue stays."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from bot.__main__ import main
from bot.catalogue.build import build
from bot.catalogue.fetch.api import fetch_api
from bot.catalogue.fetch.failure import FetchError
from bot.catalogue.fetch.fetcher import Fetcher
from bot.catalogue.opening import open_catalogue
from bot.catalogue.refresh import CatalogueRefused, current, publish
from bot.catalogue.sources import previous_dir, read_all
from bot.catalogue.staging import Staging, read_staging
from bot.catalogue.standin.faults import Faults
from bot.catalogue.standin.server import StandIn

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "data" / "catalogue"
TODAY = "2026-11-26"
KEY = "proefsleutel"


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    with StandIn(SOURCE, locations=120, groups=1200) as running:
        yield running


class _Day(date):
    @classmethod
    def today(cls) -> date:
        return date.fromisoformat(TODAY)


def fetch(standin: StandIn, cache: Path) -> Staging:
    numbers = {row["number"] for row in read_all(SOURCE)["programme"]}
    with requests.Session() as session:
        fetcher = Fetcher(session, cache, key=KEY, sleep=lambda _: None, now=datetime.now,
                          host=standin.url, timeout=(2.0, 1.0), page_size=500)
        return fetch_api(fetcher, numbers, 2026, TODAY)


@pytest.fixture
def published(standin: StandIn, tmp_path: Path) -> tuple[Path, Path]:
    """A catalogue published from the stand-in: the folder of fetched rows, and the file."""
    standin.faults = Faults()
    fetched, target = tmp_path / "ophaling", tmp_path / "c.sqlite"
    publish(fetch(standin, tmp_path / "p"), SOURCE, fetched, target, TODAY)
    return fetched, target


def test_what_is_fetched_is_searched_at_once(published: tuple[Path, Path]) -> None:
    opened = open_catalogue(published[1])
    schools = len(opened.schools)
    opened.close()
    assert schools > 50
    assert schools == len(read_staging(published[0]).schools)


@pytest.mark.parametrize(("faults", "told"), [
    (Faults(unauthorised=True), "sleutel"),
    (Faults(server_error=99), "500"),
    (Faults(too_many=99), "429"),
    (Faults(slow=1.5), "niet op tijd"),
    (Faults(cut_off=True), "JSON"),
    (Faults(wrong_content_type=True), "JSON"),
    (Faults(missing_field="administratievegroep_code"), "administratievegroep_code"),
    (Faults(renamed_field=("schooljaar", "jaar")), "schooljaar"),
    (Faults(empty_page=0), "records"),
    (Faults(shrunken=0.5), "verdwenen"),
], ids=lambda value: str(value)[:60])
def test_a_fault_is_told_and_the_old_catalogue_stays(
    standin: StandIn, published: tuple[Path, Path], tmp_path: Path, faults: Faults, told: str
) -> None:
    fetched, target = published
    before = target.read_bytes()
    standin.faults = faults

    with pytest.raises((FetchError, CatalogueRefused)) as caught:
        publish(fetch(standin, tmp_path / "q"), SOURCE, fetched, target, TODAY)

    assert told.lower() in str(caught.value).lower()
    assert KEY not in str(caught.value)
    assert target.read_bytes() == before


def test_a_few_refusals_are_waited_out(standin: StandIn, tmp_path: Path) -> None:
    standin.faults = Faults(too_many=1, server_error=1)
    assert fetch(standin, tmp_path / "p").offers


def test_the_key_is_in_no_file(published: tuple[Path, Path]) -> None:
    files = [f for f in published[0].parent.rglob("*") if f.is_file()]
    assert files
    assert not [f for f in files if KEY.encode() in f.read_bytes()]


def test_the_rows_before_are_kept_and_used_when_the_last_ones_are_lost(
    standin: StandIn, published: tuple[Path, Path], tmp_path: Path
) -> None:
    fetched, target = published
    publish(fetch(standin, tmp_path / "q"), SOURCE, fetched, target, TODAY)
    before = read_staging(previous_dir(fetched))

    shutil.rmtree(fetched)

    assert current(SOURCE, fetched).schools == before.schools
    made = build(SOURCE, tmp_path / "opnieuw.sqlite", today=TODAY, fetched=fetched)
    assert made.rows["school"] == len(before.schools)


def test_what_was_refused_is_asked_again_and_not_read_from_disk(
    standin: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUAALWIJZER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DUAALWIJZER_API_SLEUTEL", KEY)
    monkeypatch.setattr("bot.commands.catalogue.date", _Day)
    command = ["catalogue", "fetch", "--host", standin.url]
    standin.faults = Faults(missing_field="administratievegroep_code")
    refused = CliRunner().invoke(main, command)

    standin.faults = Faults()
    accepted = CliRunner().invoke(main, command)

    assert (refused.exit_code, accepted.exit_code) == (1, 0), accepted.output
    assert "administratievegroep_code" in refused.output
    assert "De catalogus is vernieuwd" in accepted.output
    assert KEY not in refused.output + accepted.output


def test_killed_while_publishing_the_catalogue_is_always_whole(
    published: tuple[Path, Path], tmp_path: Path
) -> None:
    fetched, target = published
    code = ("import sys; from pathlib import Path; from bot.catalogue.refresh import *;"
            "s, f, t = map(Path, sys.argv[1:]);"
            "[publish(current(s, f), s, f, t, '2026-11-26') for _ in range(50)]")
    for round_ in range(4):
        process = subprocess.Popen([sys.executable, "-c", code, SOURCE, fetched, target], cwd=ROOT,
                                   stderr=subprocess.DEVNULL)
        time.sleep(1.2 + 0.13 * round_)
        process.send_signal(signal.SIGKILL)
        process.wait()
        opened = open_catalogue(target)
        assert len(opened.schools) > 50
        opened.close()
        build(SOURCE, tmp_path / "opnieuw.sqlite", today=TODAY, fetched=fetched)
    assert current(SOURCE, fetched).schools
