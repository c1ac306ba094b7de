"""Hand-made corrections: made while they hold, named when they do nothing, refused when wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import preparation
from bot.__main__ import main
from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.corrections import FIELDS
from bot.catalogue.opening import open_catalogue
from bot.catalogue.sources import read_all
from bot.errors import CatalogueSourceError
from bot.resources import Resources
from bot.settings import Settings

HEADER = ("soort,instelling,vestiging,nummer,leerjaar,veld,waarde,reden,bron,bron_datum,"
          "geldig_tot\n")
LAST_DAY, DAY_AFTER = "2026-12-31", "2027-01-01"
Write = Callable[..., None]
Made = Callable[..., tuple[Catalogue, tuple[str, ...]]]


@pytest.fixture
def write(source: Path) -> Write:
    """Write corrections, each as "soort,instelling,vestiging,nummer,leerjaar,veld,waarde"."""

    def corrections(*rows: str, until: str = LAST_DAY) -> None:
        text = "".join(f"{row},telefoon van de school,school,2026-11-20,{until}\n" for row in rows)
        (source / "afwijkingen.csv").write_text(HEADER + text, encoding="utf-8")

    return corrections


@pytest.fixture
def made(source: Path, tmp_path: Path) -> Made:
    """Builds on a day and opens; with the notes of the build."""

    def make(today: str = LAST_DAY) -> tuple[Catalogue, tuple[str, ...]]:
        report = build(source, tmp_path / "c.sqlite", today=today)
        return open_catalogue(tmp_path / "c.sqlite"), report.notes

    return make


@pytest.mark.parametrize(("field", "value", "attribute"), [
    ("telefoon", "053 11 22 33", "phone"), ("website", "https://school.example", "website"),
    ("naam", "Nieuwe naam", "name"), ("postcode", "9320", "postcode"),
    ("gemeente", "Nieuwerkerken", "municipality"), ("lat", "50.95", "lat")])
def test_a_field_of_a_school_is_corrected_until_its_last_day(
    write: Write, made: Made, field: str, value: str, attribute: str
) -> None:
    write(f"school,1,1,,,{field},{value}")
    held, notes = made(LAST_DAY)
    assert (str(getattr(held.school("1-1"), attribute)), notes) == (value, ())
    assert held.expires == LAST_DAY

    later, notes = made(DAY_AFTER)
    assert str(getattr(later.school("1-1"), attribute)) != value
    assert len(notes) == 1
    assert "rij 2" in notes[0]
    assert f"vervallen op {LAST_DAY}" in notes[0]
    assert later.expires == ""


def test_all_years_of_an_offer_are_opened_or_closed_unless_a_year_is_given(
    write: Write, made: Made
) -> None:
    write("aanbod,1,1,88,6,inschrijvingen_open,0", "aanbod,2,1,88,,inschrijvingen_open,1")
    opened, notes = made()
    assert notes == ()
    assert opened.offers["1-1"]["88"].open is False
    assert opened.offers["2-1"]["88"].open is True


def test_an_offer_is_removed(write: Write, made: Made) -> None:
    write("aanbod,2,1,146,,verwijder,")
    opened, notes = made()
    assert (set(opened.offers["2-1"]), notes) == ({"88"}, ())


def test_an_offer_is_added_and_the_date_of_the_whole_stays(write: Write, made: Made) -> None:
    write("aanbod,3,1,88,5,toevoegen,1")
    opened, notes = made()
    added = opened.offers["3-1"]["88"]
    assert (added.years, added.open, notes) == ((5,), True, ())
    assert opened.info.date == "2026-09-01"
    assert opened.info.offers == 10


@pytest.mark.parametrize(("row", "reason"), [
    ("school,9,9,,,naam,Weg", "de school staat niet in de bron"),
    ("school,1,1,,,naam,School Aalst", "de bron zegt nu hetzelfde"),
    ("aanbod,2,1,146,,inschrijvingen_open,1", ""),
    ("aanbod,1,1,588,,inschrijvingen_open,1", "de bron zegt nu hetzelfde"),
    ("aanbod,3,1,146,,inschrijvingen_open,1", "het aanbod staat niet in de bron"),
    ("aanbod,3,1,146,,verwijder,", "het aanbod staat niet in de bron"),
    ("aanbod,2,1,146,,toevoegen,", "het aanbod staat nu in de bron"),
    ("aanbod,9,9,146,,toevoegen,", "de school staat niet in de bron")])
def test_a_correction_that_does_nothing_may_go(write: Write, made: Made, row: str,
                                               reason: str) -> None:
    write(row)
    _, notes = made()
    assert bool(notes) == bool(reason)
    if reason:
        assert "kan weg" in notes[0]
        assert reason in notes[0]


@pytest.mark.parametrize(("row", "field"), [
    ("klas,1,1,,,naam,X", "soort"), ("school,1,1,,,directeur,X", "veld"),
    ("school,1,1,,,naam,", "waarde"), ("school,1,1,,,lat,3.73", "waarde"),
    ("school,1,1,,,postcode,9999", "waarde"), ("school,1,1,,,gemeente,Gend", "waarde"),
    ("school,1,1,,,provincie,Henegouwen", "waarde"), ("school,1,1,,,website,school.be", "waarde"),
    ("school,1,1,88,,naam,X", "nummer"), ("aanbod,1,1,9999,,verwijder,", "nummer"),
    ("aanbod,1,1,88,3,verwijder,", "leerjaar"), ("aanbod,1,1,88,,verwijder,1", "waarde"),
    ("aanbod,1,1,88,,inschrijvingen_open,", "waarde"),
    ("aanbod,1,1,88,,inschrijvingen_open,ja", "waarde"), ("aanbod,1,1,88,,naam,X", "veld")])
def test_a_wrong_correction_names_file_row_and_field(source: Path, write: Write, row: str,
                                                     field: str) -> None:
    write(row)
    with pytest.raises(CatalogueSourceError, match=rf"afwijkingen\.csv, rij 2, {field}: ") as told:
        read_all(source)
    assert told.value.fix


@pytest.mark.parametrize("until", ["", "2026", "2026-12", "2026-02-31", "zonder datum"])
def test_a_correction_without_a_last_day_is_refused(source: Path, write: Write,
                                                    until: str) -> None:
    write("school,1,1,,,naam,X", until=until)
    with pytest.raises(CatalogueSourceError, match="geldig_tot"):
        read_all(source)


def test_every_kind_says_what_may_be_corrected() -> None:
    assert set(FIELDS["aanbod"]) == {"inschrijvingen_open", "verwijder", "toevoegen"}
    assert {"telefoon", "website", "naam", "straat"} <= set(FIELDS["school"])
    assert not {"instelling", "vestiging", "bron", "bron_datum"} & set(FIELDS["school"])


@pytest.fixture
def settings(source: Path, tmp_path: Path) -> Settings:
    """A bot whose sources are the small catalogue's."""
    (tmp_path / "data").mkdir()
    source.rename(tmp_path / "data" / "catalogue")
    return Settings(root=tmp_path, data_dir=tmp_path / "var")


def test_a_running_bot_builds_anew_on_the_day_after(
    write: Write, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reloading.LOOK_AGAIN", 0.0)
    _correct(settings, "school,1,1,,,naam,Tijdelijk")
    day = date.fromisoformat(LAST_DAY)
    resources = Resources(settings, clock=lambda: day)

    assert _name(resources) == "Tijdelijk"
    built = settings.catalogue_file.stat().st_ino
    assert _name(resources) == "Tijdelijk"
    assert settings.catalogue_file.stat().st_ino == built

    day = date.fromisoformat(DAY_AFTER)
    assert _name(resources) == "School Aalst"


def test_a_start_builds_anew_when_a_correction_has_expired(settings: Settings) -> None:
    _correct(settings, "school,1,1,,,naam,Tijdelijk")
    preparation.writable(settings.data_dir)

    told = [preparation.catalogue(settings, lambda day=day: date.fromisoformat(day))
            for day in (LAST_DAY, LAST_DAY, DAY_AFTER, DAY_AFTER)]

    assert [text.rpartition(", want ")[2] for text in told] == [
        "ze ontbreekt", "catalogus is er al", "een afwijking is vervallen", "catalogus is er al"]


def test_status_names_what_holds_what_expired_and_what_may_go(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _correct(settings, "school,1,1,,,naam,Lang", until="2999-01-01")
    _correct(settings, "school,2,1,,,naam,Kort", until="2020-01-01", more=True)
    _correct(settings, "school,9,9,,,naam,Weg", until="2999-01-01", more=True)
    monkeypatch.setattr("bot.settings.from_environment", lambda: settings)

    shown = CliRunner().invoke(main, ["catalogue", "status"])

    assert shown.exit_code == 0, shown.output
    assert "Afwijkingen  2, de eerste vervalt na 2999-01-01" in shown.output
    assert "rij 3 (2-1 naam): vervallen op 2020-01-01" in shown.output
    assert "rij 4 (9-9 naam): kan weg" in shown.output


def _correct(settings: Settings, row: str, until: str = LAST_DAY, more: bool = False) -> None:
    file = settings.catalogue_source / "afwijkingen.csv"
    before = file.read_text(encoding="utf-8") if more else HEADER
    file.write_text(f"{before}{row},gebeld,school,2026-11-20,{until}\n", encoding="utf-8")
    os.utime(file, (1, 1))  # older than any catalogue: only the day may make it build


def _name(resources: Resources) -> str:
    school = resources.catalogue.get().school("1-1")
    assert school
    return school.name
