from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.facts import fill, load_facts, names_in
from tests.knowledge.values import fact

PREMIUM = fact("premie", "500 euro", "2026-09-01", "2027-08-31")
GOOD = """feiten:
- naam: premie
  waarde: 500
  bron: "duaal:F4.01"
  titel: Premie
  url: "https://example.org"
  geldig_van: "2026-09-01"
  geldig_tot: "2027-08-31"
"""


@pytest.mark.parametrize(("today", "holds"), [
    (date(2026, 8, 31), False),
    (date(2026, 9, 1), True),
    (date(2027, 8, 31), True),
    (date(2027, 9, 1), False),
])
def test_a_fact_holds_on_both_its_first_and_its_last_day(today: date, holds: bool) -> None:
    assert PREMIUM.holds(today) is holds


def test_every_known_name_is_filled_in_and_an_unknown_one_stays_visible() -> None:
    assert fill("{premie} en {premie}, niet {weg}", {"premie": PREMIUM}) == (
        "500 euro en 500 euro, niet {weg}")


def test_the_names_that_texts_ask_for_are_found() -> None:
    assert names_in("Je krijgt {premie}.", "Punt {uren_2}", "{Geen naam} {}") == {
        "premie", "uren_2"}


def test_facts_are_read_by_name_and_a_number_becomes_text(tmp_path: Path) -> None:
    file = tmp_path / "facts.yml"
    file.write_text(GOOD, encoding="utf-8")

    facts = load_facts(file)

    assert list(facts) == ["premie"]
    assert facts["premie"].value == "500"
    assert facts["premie"].valid_until == date(2027, 8, 31)


@pytest.mark.parametrize("text", ["", "feiten:\n", "# nog leeg\n"])
def test_no_file_and_an_empty_file_mean_no_facts(tmp_path: Path, text: str) -> None:
    file = tmp_path / "facts.yml"
    file.write_text(text, encoding="utf-8")

    assert load_facts(file) == {}
    assert load_facts(tmp_path / "weg.yml") == {}


@pytest.mark.parametrize(("before", "after"), [
    ("  waarde: 500\n", ""),
    ('"2026-09-01"', '"september"'),
    ('"2026-09-01"', "2026-09-01"),
    ("feiten:", "feiten: ["),
    ("feiten:\n", ""),
], ids=["no value", "no day", "no quotes", "no yaml", "only a list"])
def test_a_fault_names_file_field_and_what_a_fact_must_have(
    tmp_path: Path, before: str, after: str
) -> None:
    file = tmp_path / "facts.yml"
    assert before in GOOD
    file.write_text(GOOD.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r"facts\.yml, feiten: niet leesbaar") as caught:
        load_facts(file)

    assert "geldig_tot" in caught.value.fix


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "facts.yml"
    file.write_bytes(GOOD.replace("Premie", "Prémie").encode("latin-1"))

    with pytest.raises(KnowledgeError, match=r"facts\.yml"):
        load_facts(file)
