"""The difference between two retrievals, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.difference import Change, describe, difference
from bot.catalogue.sources import read_all
from bot.catalogue.staging import Row, Staging, read_staging

TITLES = {"88": "Elektrische installaties duaal", "588": "Aanloop Elektrische installaties duaal",
          "146": "Koelinstallaties duaal", "304": "Crème en keuken duaal",
          "133": "Installateur duaal"}


@pytest.fixture
def old(source: Path) -> Staging:
    return read_staging(source)


def school(staging: Staging, index: int, **values: str) -> Staging:
    rows = list(staging.schools)
    rows[index] = {**rows[index], **values}
    return replace(staging, schools=tuple(rows))


def offers(staging: Staging, number: str, **values: str) -> Staging:
    """The same with other values in every offer of one programme at school 1."""
    return replace(staging, offers=tuple(
        {**o, **values} if (o["instelling"], o["nummer"]) == ("1", number) else o
        for o in staging.offers))


def only(old: Staging, new: Staging) -> str:
    """The text, of which the first line is left off."""
    return describe(difference(old, new, TITLES)).partition("\n\n")[2]


def test_the_same_rows_in_another_order_are_no_difference(old: Staging) -> None:
    new = replace(old, schools=old.schools[::-1], offers=old.offers[::-1])
    assert describe(difference(old, new, TITLES)) == "geen verschil"


def test_a_new_school_is_told_with_its_programmes(old: Staging) -> None:
    before = replace(old, schools=old.schools[1:],
                     offers=tuple(o for o in old.offers if o["instelling"] != "1"))
    assert describe(difference(before, old, TITLES)) == (
        "Verschil: 1 nieuwe school, 2 nieuwe opleidingen.\n"
        "\n"
        "Aalst: School Aalst (1-1) — nieuw\n"
        "  nieuwe opleiding: Aanloop Elektrische installaties duaal\n"
        "  nieuwe opleiding: Elektrische installaties duaal")


def test_a_vanished_school_is_told_with_what_it_stopped(old: Staging) -> None:
    after = replace(old, schools=old.schools[:-1], offers=old.offers[:-1])
    assert describe(difference(old, after, TITLES)) == (
        "Verschil: 1 verdwenen school, 1 gestopte opleiding.\n"
        "\n"
        "Beveren: School Beveren (3-2) — verdwenen\n"
        "  gestopte opleiding: Aanloop Elektrische installaties duaal")


def test_new_and_stopped_programmes_are_told_per_school(old: Staging) -> None:
    after = offers(old, "588", nummer="133")
    assert only(old, after) == (
        "Aalst: School Aalst (1-1)\n"
        "  nieuwe opleiding: Installateur duaal\n"
        "  gestopte opleiding: Aanloop Elektrische installaties duaal")


def test_a_programme_without_a_title_has_its_number(old: Staging) -> None:
    assert "nieuwe opleiding: opleiding 999" in only(old, offers(old, "588", nummer="999"))


def test_enrolment_closes_when_no_row_of_the_programme_is_open(old: Staging) -> None:
    closed = offers(old, "88", inschrijvingen_open="0")
    assert only(old, closed).endswith("inschrijving gesloten: Elektrische installaties duaal")
    assert only(closed, old).endswith("inschrijving geopend: Elektrische installaties duaal")


def test_enrolment_of_which_nothing_is_known_any_more_is_not_called_closed(old: Staging) -> None:
    text = only(old, offers(old, "588", inschrijvingen_open=""))
    assert "niet meer bekend: Aanloop" in text
    assert "gesloten" not in text


def test_one_open_row_keeps_the_programme_open(old: Staging) -> None:
    first: Row = {**old.offers[1], "inschrijvingen_open": "1"}  # another row of 88 was open already
    new = replace(old, offers=(old.offers[0], first, *old.offers[2:]))
    assert describe(difference(old, new, TITLES)) == "geen verschil"


def test_address_phone_and_website_are_told_before_and_after(old: Staging) -> None:
    new = school(old, 0, straat="Grote Markt", telefoon="053 00 00 00",
                 website="https://nieuw.example.org")
    assert describe(difference(old, new, TITLES)) == (
        "Verschil: 1 school met gewijzigde gegevens.\n"
        "\n"
        "Aalst: School Aalst (1-1)\n"
        "  adres: Markt 1, 9300 Aalst → Grote Markt 1, 9300 Aalst\n"
        "  telefoon: geen → 053 00 00 00\n"
        "  website: geen → https://nieuw.example.org")


def test_a_school_with_a_new_name_is_the_same_school(old: Staging) -> None:
    found = difference(old, school(old, 0, naam="Nieuwe naam"), TITLES).schools
    assert [(s.name, s.status) for s in found] == [("Nieuwe naam", "")]
    assert found[0].details == (Change("naam", "School Aalst", "Nieuwe naam"),)


@pytest.mark.parametrize(("before", "after"), [
    ({"telefoon": "053 72 96 80"}, {"telefoon": "053/72.96.80"}),
    ({"telefoon": "053 72 96 80"}, {"telefoon": "+32 53 72 96 80"}),
    ({"telefoon": "053 72 96 80"}, {"telefoon": "+32 (0)53 72 96 80"}),
    ({"website": "https://example.org"}, {"website": "https://Example.org/"}),
    ({"straat": "Markt"}, {"straat": "MARKT "}),
])
def test_another_spelling_is_no_difference(
    old: Staging, before: dict[str, str], after: dict[str, str]
) -> None:
    text = describe(difference(school(old, 0, **before), school(old, 0, **after), TITLES))
    assert text == "geen verschil"


def test_other_years_of_a_programme_are_told(old: Staging) -> None:
    new = replace(old, offers=tuple(o for o in old.offers if o["administratieve_groep"] != "103"))
    assert describe(difference(old, new, TITLES)) == "geen verschil"  # year 5 is still there
    text = only(old, offers(old, "588", leerjaar="6"))
    assert text.endswith("leerjaren van Aanloop Elektrische installaties duaal: 5 → 6")


def test_a_new_school_year_alone_is_a_difference(old: Staging) -> None:
    new = replace(old, offers=tuple({**o, "schooljaar": "2027-2028"} for o in old.offers))
    assert describe(difference(old, new, TITLES)) == (
        "Verschil: alleen het schooljaar.\nSchooljaar: 2026-2027 → 2027-2028")


def test_schools_come_by_municipality_then_name(old: Staging) -> None:
    rows: tuple[Row, ...] = tuple(
        {**old.schools[0], "instelling": str(number), "naam": name, "gemeente": place}
        for number, (name, place) in enumerate(
            [("B", "Gent"), ("Z", "Aalst"), ("É", "Gent"), ("A", "Gent"), ("F", "Gent")], 50))
    found = difference(old, replace(old, schools=old.schools + rows), TITLES).schools
    assert [(s.municipality, s.name) for s in found] == [
        ("Aalst", "Z"), ("Gent", "A"), ("Gent", "B"), ("Gent", "É"), ("Gent", "F")]


def test_totals_add_up_over_the_schools(old: Staging) -> None:
    text = describe(difference(Staging((), ()), old, TITLES))
    assert text.splitlines()[0] == "Verschil: 4 nieuwe scholen, 7 nieuwe opleidingen."


def test_titles_of_the_built_in_catalogue_serve_as_they_are() -> None:
    folder = Path(__file__).parents[2] / "data" / "catalogue"
    titles = {row["number"]: row["title"] for row in read_all(folder)["programme"]}
    text = describe(difference(Staging((), ()), read_staging(folder), titles))
    assert text.startswith("Verschil: 6 nieuwe scholen, ")
    assert ": opleiding " not in text
