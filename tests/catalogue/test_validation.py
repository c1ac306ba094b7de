"""Fetched rows are judged before they replace the catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.build import build
from bot.catalogue.sources import read_all
from bot.catalogue.staging import Row, Staging, read_staging, write_staging
from bot.catalogue.validation import Finding, Reference, Report, validate
from bot.errors import CatalogueError

TODAY = "2026-11-26"
BUILT_IN = Path(__file__).parents[2] / "data" / "catalogue"


@pytest.fixture
def reference(source: Path) -> Reference:
    return Reference.from_rows(read_all(source))


@pytest.fixture
def good(source: Path) -> Staging:
    return read_staging(source)


def school(staging: Staging, index: int = 0, **values: str) -> Staging:
    """The same with other values in one school."""
    rows = list(staging.schools)
    rows[index] = {**rows[index], **values}
    return replace(staging, schools=tuple(rows))


def offer(staging: Staging, index: int = 0, **values: str) -> Staging:
    """The same with other values in one offer."""
    rows = list(staging.offers)
    rows[index] = {**rows[index], **values}
    return replace(staging, offers=tuple(rows))


def many(staging: Staging, count: int) -> Staging:
    """`count` schools in Aalst, each with one offer."""
    first: Row = staging.schools[0]
    return replace(
        staging,
        schools=tuple({**first, "instelling": str(n)} for n in range(1000, 1000 + count)),
        offers=tuple({**staging.offers[0], "instelling": str(n)}
                     for n in range(1000, 1000 + count)))


def finding(report: Report, rule: str) -> Finding:
    found = [f for f in report.findings if f.rule == rule]
    assert found, f"{rule} niet gevonden in:\n{report}"
    return found[0]


def rules(report: Report) -> list[str]:
    return [f.rule for f in report.findings]


def test_good_rows_have_no_findings_and_stay_as_they_are(
    good: Staging, reference: Reference
) -> None:
    report = validate(good, good, reference, TODAY)
    assert (report.findings, report.refused, report.cleaned) == ((), False, good)
    assert str(report).startswith("Aanvaard. Scholen: 4, aanbodrijen: 9")


def test_the_built_in_catalogue_passes_its_own_rules() -> None:
    report = validate(read_staging(BUILT_IN), None, Reference.from_rows(read_all(BUILT_IN)), TODAY)
    assert report.findings == (), str(report)


@pytest.mark.parametrize("field", ["naam", "straat", "postcode", "provincie", "fiche_url",
                                   "bron_datum"])
def test_a_required_field_of_a_school_may_not_be_empty(
    good: Staging, reference: Reference, field: str
) -> None:
    found = finding(validate(school(good, 0, **{field: " "}), None, reference, TODAY),
                    "verplicht veld is leeg")
    assert (found.hard, found.count) == (True, 1)
    assert field in found.examples[0]


def test_a_required_field_of_an_offer_may_not_be_empty(
    good: Staging, reference: Reference
) -> None:
    report = validate(offer(good, administratieve_groep=""), None, reference, TODAY)
    assert finding(report, "verplicht veld is leeg").hard


def test_a_row_cut_short_in_its_file_is_a_finding_and_no_crash(
    source: Path, reference: Reference
) -> None:
    file = source / "scholen.csv"
    file.write_text(file.read_text(encoding="utf-8") + "9,1,School\n", encoding="utf-8")
    assert validate(read_staging(source), None, reference, TODAY).refused


def test_an_optional_field_that_no_record_has_any_more_is_refused(
    good: Staging, reference: Reference
) -> None:
    old = replace(good, seen={"instelling": frozenset({"naam", "telefoon"})})
    new = replace(good, seen={"instelling": frozenset({"naam", "tel"})})
    found = finding(validate(new, old, reference, TODAY), "veld hernoemd of verdwenen")
    assert (found.hard, found.count) == (True, 1)
    assert "telefoon" in found.examples[0]


def test_another_source_without_the_old_products_is_no_more_than_a_warning(
    good: Staging, reference: Reference
) -> None:
    old = replace(good, seen={"instelling": frozenset({"naam"})})
    new = replace(good, seen={"vestigingen": frozenset({"schoolnummer"})})
    report = validate(new, old, reference, TODAY)
    assert rules(report) == ["product niet meer opgehaald"]
    assert not report.refused


def test_a_column_that_lost_all_its_values_is_told(good: Staging, reference: Reference) -> None:
    new = replace(good, offers=tuple({**o, "inschrijvingen_open": ""} for o in good.offers))
    found = finding(validate(new, good, reference, TODAY), "kolom heeft geen enkele waarde meer")
    assert found.examples == ("aanbod.csv: inschrijvingen_open",)


def test_an_unknown_province_is_refused_with_the_known_ones(
    good: Staging, reference: Reference
) -> None:
    report = validate(school(good, provincie="Henegouwen"), None, reference, TODAY)
    found = finding(report, "onbekende provincie")
    assert found.hard
    assert "Oost-Vlaanderen" in found.advice


def test_a_province_other_than_that_of_the_municipality_is_told(
    good: Staging, reference: Reference
) -> None:
    report = validate(school(good, provincie="Limburg"), None, reference, TODAY)
    assert rules(report) == ["provincie hoort niet bij de gemeente"]


def test_an_unknown_programme_is_refused(good: Staging, reference: Reference) -> None:
    found = finding(validate(offer(good, nummer="9999"), None, reference, TODAY),
                    "onbekende opleiding")
    assert found.hard
    assert "9999" in found.examples[0]


@pytest.mark.parametrize(("left", "refused"), [(85, False), (84, True)])
def test_schools_may_shrink_by_15_percent_and_no_more(
    good: Staging, reference: Reference, left: int, refused: bool
) -> None:
    old = many(good, 100)
    new = replace(many(good, left), offers=tuple(
        {**many(good, left).offers[0], "administratieve_groep": str(n)} for n in range(100)))
    report = validate(new, old, reference, TODAY)
    assert rules(report) == (["te veel scholen verdwenen"] if refused else [])
    assert report.refused is refused


def test_offers_shrink_apart_from_schools(good: Staging, reference: Reference) -> None:
    old = many(good, 100)
    report = validate(replace(old, offers=old.offers[:84]), old, reference, TODAY)
    assert finding(report, "te veel aanbodrijen verdwenen").examples == ("van 100 naar 84",)


def test_growth_is_fine(good: Staging, reference: Reference) -> None:
    assert not validate(many(good, 200), many(good, 10), reference, TODAY).findings


def test_rows_that_came_twice_do_not_hide_shrinkage(good: Staging, reference: Reference) -> None:
    old = many(good, 100)
    half = many(good, 50)
    report = validate(replace(half, schools=half.schools * 2, offers=half.offers * 2), old,
                      reference, TODAY)
    assert {"dubbele sleutel", "te veel scholen verdwenen",
            "te veel aanbodrijen verdwenen"} <= set(rules(report))


def test_nothing_at_all_is_refused_without_a_previous_retrieval(reference: Reference) -> None:
    report = validate(Staging((), ()), None, reference, TODAY)
    assert report.refused
    assert finding(report, "niets opgehaald").count == 2


def test_two_school_years_are_refused(good: Staging, reference: Reference) -> None:
    report = validate(offer(good, schooljaar="2027-2028"), None, reference, TODAY)
    assert finding(report, "meer dan één schooljaar").hard


@pytest.mark.parametrize("year", ["2026", "2026-2028", "2026-27"])
def test_a_school_year_is_two_years_that_follow(
    good: Staging, reference: Reference, year: str
) -> None:
    new = replace(good, offers=tuple({**o, "schooljaar": year} for o in good.offers))
    assert finding(validate(new, None, reference, TODAY), "schooljaar is fout geschreven").hard


def test_the_school_year_does_not_go_back(good: Staging, reference: Reference) -> None:
    new = replace(good, offers=tuple({**o, "schooljaar": "2025-2026"} for o in good.offers))
    report = validate(new, good, reference, TODAY)
    assert finding(report, "schooljaar ouder dan dat van de vorige ophaling").hard


@pytest.mark.parametrize(("today", "over"), [("2027-08-31", False), ("2027-09-01", True)])
def test_a_school_year_is_over_on_the_first_of_september(
    good: Staging, reference: Reference, today: str, over: bool
) -> None:
    report = validate(good, None, reference, today)
    assert rules(report) == (["schooljaar is voorbij"] if over else [])
    assert not report.refused


def test_a_day_that_is_no_date_is_an_error_in_dutch(good: Staging, reference: Reference) -> None:
    with pytest.raises(CatalogueError, match="geen datum: gisteren"):
        validate(good, None, reference, "gisteren")


@pytest.mark.parametrize(("lat", "lon", "told"), [
    ("4.04", "50.94", "buiten Vlaanderen"),
    ("50.94", "6.01", "buiten Vlaanderen"),
    ("0", "0", "buiten Vlaanderen"),
    ("nan", "4.04", "buiten Vlaanderen"),
    ("51.05", "3.73", "km van het midden van Aalst"),
    ("noord", "4.04", "geen getal"),
])
def test_a_single_odd_coordinate_becomes_the_centre_of_the_municipality(
    good: Staging, reference: Reference, lat: str, lon: str, told: str
) -> None:
    new = school(many(good, 51), 7, lat=lat, lon=lon)
    report = validate(new, None, reference, TODAY)
    found = finding(report, "coördinaat klopt niet")
    assert (found.hard, found.count, report.refused) == (False, 1, False)
    assert told in found.examples[0]
    assert (report.cleaned.schools[7]["lat"], report.cleaned.schools[7]["lon"]) == ("50.94", "4.04")
    others = [s for n, s in enumerate(report.cleaned.schools) if n != 7]
    assert others == [s for n, s in enumerate(new.schools) if n != 7]


@pytest.mark.parametrize(("schools", "refused"), [(50, True), (51, False)])
def test_two_percent_odd_coordinates_is_too_many(
    good: Staging, reference: Reference, schools: int, refused: bool
) -> None:
    new = school(many(good, schools), lat="4.04", lon="50.94")
    assert validate(new, None, reference, TODAY).refused is refused


def test_missing_coordinates_leave_the_room_of_odd_ones(
    good: Staging, reference: Reference
) -> None:
    new = school(school(many(good, 60), 0, lat="", lon=""), 1, lat="0", lon="0")
    report = validate(new, None, reference, TODAY)
    assert rules(report) == ["coördinaat ontbreekt", "coördinaat klopt niet"]
    assert not report.refused
    assert {s["lat"] for s in report.cleaned.schools} == {"50.94"}


@pytest.mark.parametrize(("lat", "fine"), [("51.07", True), ("51.08", False)])
def test_a_school_lies_within_15_km_of_the_centre(
    good: Staging, reference: Reference, lat: str, fine: bool
) -> None:
    # 0.13 degrees of latitude are 14.5 km, 0.14 are 15.6 km.
    new = school(many(good, 60), lat=lat, lon="4.04")
    assert rules(validate(new, None, reference, TODAY)) == ([] if fine
                                                            else ["coördinaat klopt niet"])


def test_the_postcode_belongs_to_the_municipality(good: Staging, reference: Reference) -> None:
    found = finding(validate(school(good, postcode="9000"), None, reference, TODAY),
                    "postcode hoort niet bij de gemeente")
    assert found.hard
    assert "9000 Aalst" in found.examples[0]


def test_the_postcode_tells_two_places_of_one_name_apart(
    good: Staging, reference: Reference
) -> None:
    aalst_in_limburg = {"gemeente": "Aalst", "postcode": "3800", "provincie": "Limburg"}
    report = validate(school(good, 1, **aalst_in_limburg), None, reference, TODAY)
    assert report.findings == (), str(report)
    wrong_side = school(many(good, 60), 0, **aalst_in_limburg)  # its coordinates stay near 9300
    report = validate(wrong_side, None, reference, TODAY)
    assert report.cleaned.schools[0]["lon"] == "5.19"


def test_an_unknown_municipality_is_refused(good: Staging, reference: Reference) -> None:
    report = validate(school(good, gemeente="Nergenshuizen"), None, reference, TODAY)
    assert finding(report, "onbekende gemeente").hard


@pytest.mark.parametrize(("number", "group", "fine"), [
    ("88", "2e lj 3e gr Elektrische installaties DL", True),
    ("88", "Elektrische installaties", True),  # the programme's own title says it
    ("188", "Elektrische installaties", True),
    ("188", "Elektrische installaties duaal BSO", False),
    ("188", "Elektr. installaties DL", False),
    ("188", "Handling van goederen", True),
])
def test_dual_agrees_with_the_name_of_the_group(
    good: Staging, reference: Reference, number: str, group: str, fine: bool
) -> None:
    report = validate(offer(good, nummer=number, administratieve_groep=group), None, reference,
                      TODAY)
    assert rules(report) == ([] if fine else ["duaal past niet bij de naam"])
    assert report.refused is not fine


@pytest.mark.parametrize(("group", "fine"), [("Crème en keuken duaal DBSO", True), ("100", False)])
def test_a_dual_programme_is_called_dual_by_its_group_or_its_title(
    good: Staging, reference: Reference, group: str, fine: bool
) -> None:
    silent = replace(reference.programmes["304"], title="Crème en keuken")
    other = replace(reference, programmes={**reference.programmes, "304": silent})
    report = validate(offer(good, 6, administratieve_groep=group), None, other, TODAY)
    assert rules(report) == ([] if fine else ["duaal past niet bij de naam"])


def test_keys_are_unique(good: Staging, reference: Reference) -> None:
    new = replace(good, schools=(*good.schools, good.schools[0]),
                  offers=(*good.offers, good.offers[0]))
    found = finding(validate(new, None, reference, TODAY), "dubbele sleutel")
    assert (found.hard, found.count) == (True, 2)


def test_an_offer_has_its_school(good: Staging, reference: Reference) -> None:
    report = validate(offer(good, vestiging="77"), None, reference, TODAY)
    assert finding(report, "aanbod zonder school").hard


@pytest.mark.parametrize(("field", "value"), [
    ("variant", "XYZ"), ("leerjaar", "8"), ("inschrijvingen_open", "true")])
def test_a_code_of_an_offer_that_nobody_knows_is_refused(
    good: Staging, reference: Reference, field: str, value: str
) -> None:
    report = validate(offer(good, 0, **{field: value}), None, reference, TODAY)
    assert finding(report, "onverwachte waarde").hard


def test_a_website_is_a_web_address(good: Staging, reference: Reference) -> None:
    report = validate(school(good, website="javascript:alert(1)"), None, reference, TODAY)
    assert finding(report, "onverwachte waarde").hard


@pytest.mark.parametrize(("field", "value"), [
    ("instelling_directeur", "Voor Beeld"),
    ("telefoon", "053 00 00 00 (mevr. Voorbeeld)"),
    ("website", "https://example.org/?mail=voor.beeld@example.org"),
    ("net", "voor.beeld@example.org"),
])
def test_a_person_in_a_value_is_refused_and_not_repeated(
    good: Staging, reference: Reference, field: str, value: str
) -> None:
    report = validate(school(good, 0, **{field: value}), None, reference, TODAY)
    assert finding(report, "gegeven van een persoon").hard
    assert field in str(report)
    assert "eeld" not in str(report)


@pytest.mark.parametrize("values", [
    {"email": "info@example.org"}, {"email": "secretariaat.aalst@example.org"},
    {"email": "example@example.org"}, {"instelling_directeur": ""},
    {"straat": "Mevrouw Courtmansstraat"}, {"naam": "Directeur Janssens-instituut"},
])
def test_mailboxes_of_schools_and_streets_named_after_people_are_fine(
    good: Staging, reference: Reference, values: dict[str, str]
) -> None:
    assert not validate(school(good, 0, **values), None, reference, TODAY).findings


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
