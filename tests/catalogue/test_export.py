"""The catalogue as open data, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.export import COLUMNS, LICENCE, to_csv, to_json

SENTENCE = "hergebruikslicentie van de brondata niet bevestigd"
Edit = Callable[[str, str, str], None]


def table(catalogue: Catalogue) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(catalogue), newline="")))


def test_every_export_says_the_licence_the_source_and_the_date(catalogue: Catalogue) -> None:
    data: dict[str, Any] = json.loads(to_json(catalogue))

    assert LICENCE == SENTENCE
    assert data["licentie"] == SENTENCE
    assert (data["bron"], data["bron_datum"]) == ("test", "2026-09-01")
    for row in (*table(catalogue), *data["aanbod"]):
        assert row["licentie"] == SENTENCE
        assert (row["bron"], row["bron_datum"]) == ("test", "2026-09-01")
    for row in data["opleidingen"]:
        assert (row["bron"], row["bron_datum"]) == ("test", "2026-09-01")


def test_an_offer_has_its_school_address_programme_years_and_whether_it_is_open(
    catalogue: Catalogue,
) -> None:
    data = json.loads(to_json(catalogue))
    offer = next(o for o in data["aanbod"] if (o["school"], o["nummer"]) == ("School Aalst", "88"))

    assert {k: offer[k] for k in ("straat", "postcode", "gemeente", "titel", "leerjaren",
                                  "schooljaar", "inschrijvingen_open", "aanloop")} == {
        "straat": "Markt 1", "postcode": "9300", "gemeente": "Aalst",
        "titel": "Elektrische installaties duaal", "leerjaren": [5, 6],
        "schooljaar": "2026-2027", "inschrijvingen_open": True, "aanloop": False}


def test_both_exports_have_the_same_offers_and_all_of_them(catalogue: Catalogue) -> None:
    data, found = json.loads(to_json(catalogue)), table(catalogue)
    keys = [(o["instelling"], o["vestiging"], o["nummer"]) for o in data["aanbod"]]

    assert keys == [(o["instelling"], o["vestiging"], o["nummer"]) for o in found]
    assert set(keys) == {(*school.split("-"), number)
                         for school, offers in catalogue.offers.items() for number in offers}
    assert tuple(found[0]) == COLUMNS


def test_the_table_writes_years_yes_no_and_unknown_as_promised(catalogue: Catalogue) -> None:
    by_key = {(r["school"], r["nummer"]): r for r in table(catalogue)}

    assert by_key["School Aalst", "88"]["leerjaren"] == "5|6"
    assert by_key["School Aalst", "88"]["inschrijvingen_open"] == "1"
    assert by_key["School Truiden", "88"]["inschrijvingen_open"] == "0"
    assert by_key["School Truiden", "146"]["inschrijvingen_open"] == ""
    assert by_key["School Aalst", "588"]["aanloop"] == "1"


def test_the_json_has_every_programme_and_marks_inferred_pathways(catalogue: Catalogue) -> None:
    data = json.loads(to_json(catalogue))
    paths = {p["nummer"]: p for p in data["trajecten"]}

    assert {p["nummer"] for p in data["opleidingen"]} == set(catalogue.programmes)
    assert {(s["titel"], s["status"], s["betekenis"]) for s in paths["88"]["daarna"]} == {
        ("Elektrotechnicus duaal", "afgeleid", "vaak gekozen, geen officiële regel"),
        ("HVAC-systemen", "afgeleid", "vaak gekozen, geen officiële regel")}
    assert [(s["nummer"], s["status"]) for s in paths["133"]["daarna"]] == [("88", "officieel")]
    assert {s["nummer"] for s in paths["88"]["ervoor"]} == {"133", "588"}
    assert (paths["88"]["bewijs"], paths["588"]["bewijs"]) == ("OK3", None)


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-a", "+a"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(
    edit: Edit, reopened: Callable[[], Catalogue], name: str
) -> None:
    edit("scholen.csv", "School Aalst", name)

    assert {r["school"] for r in table(reopened()) if r["gemeente"] == "Aalst"} == {f"'{name}"}


def test_an_international_phone_number_stays_as_it_is(
    edit: Edit, reopened: Callable[[], Catalogue]
) -> None:
    edit("scholen.csv", "4.04,GO!,,", "4.04,GO!,+32 53 00 00 00,")

    assert {r["telefoon"] for r in table(reopened()) if r["gemeente"] == "Aalst"} == {
        "+32 53 00 00 00"}


def test_the_same_catalogue_gives_the_same_text(
    catalogue: Catalogue, reopened: Callable[[], Catalogue]
) -> None:
    again = reopened()

    assert to_json(catalogue) == to_json(again)
    assert to_csv(catalogue) == to_csv(again)
