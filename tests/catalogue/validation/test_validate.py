"""Fetched rows are judged before they replace the catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.catalogue.build import build
from bot.catalogue.reference import Reference
from bot.catalogue.sources import read_all
from bot.catalogue.staging import Staging, read_staging, write_staging
from bot.catalogue.validation.validate import validate
from tests.catalogue.validation.rows import TODAY, finding, many, offer, school

BUILT_IN = Path(__file__).parents[3] / "data" / "catalogue"


def test_good_rows_have_no_findings_and_stay_as_they_are(
    good: Staging, reference: Reference
) -> None:
    report = validate(good, good, reference, TODAY)
    assert (report.findings, report.refused, report.cleaned) == ((), False, good)
    assert str(report).startswith("Aanvaard. Scholen: 4, aanbodrijen: 9")


def test_the_built_in_catalogue_passes_its_own_rules() -> None:
    report = validate(read_staging(BUILT_IN), None, Reference.from_rows(read_all(BUILT_IN)), TODAY)
    assert report.findings == (), str(report)


def test_nothing_at_all_is_refused_without_a_previous_retrieval(reference: Reference) -> None:
    report = validate(Staging((), ()), None, reference, TODAY)
    assert report.refused
    assert finding(report, "niets opgehaald").count == 2


def test_the_report_counts_all_and_shows_three(good: Staging, reference: Reference) -> None:
    new = replace(good, offers=tuple({**o, "nummer": "9999"} for o in good.offers))
    report = validate(new, None, reference, TODAY)
    found = finding(report, "onbekende opleiding")
    assert (found.count, len(found.examples)) == (9, 3)
    text = str(report)
    assert text.startswith("GEWEIGERD")
    assert "FOUT: onbekende opleiding (9 keer)" in text
    assert "Doe dit: Voeg de opleiding toe aan opleidingen.csv" in text


def test_hard_findings_come_first(good: Staging, reference: Reference) -> None:
    new = offer(school(many(good, 60), lat="0", lon="0", provincie="Limburg"), nummer="9999")
    report = validate(new, None, reference, TODAY)
    assert [f.hard for f in report.findings] == [True, False, False]


def test_what_is_accepted_can_be_built(
    good: Staging, reference: Reference, source: Path, tmp_path: Path
) -> None:
    new = school(school(many(good, 60), lat="0", lon="0"), 1, lat="", lon="")
    report = validate(new, None, reference, TODAY)
    assert not report.refused
    write_staging(source, report.cleaned)
    assert build(source, tmp_path / "nieuw.sqlite", today=TODAY).rows["school"] == 60
