"""All answers can be taken along: as a table, as data, and as a page without JavaScript."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from bot.knowledge.export import entries, to_csv, to_html, to_json
from bot.knowledge.silence import Silence
from tests.knowledge.values import TODAY, fact, knowledge, topic

FACTS = {"premie": fact("premie", "500 euro", "2020-01-01", "2030-01-01")}
KNOWLEDGE = knowledge(
    topic("premie", theme="geld", text="Je krijgt {premie}.", question="Is er <b>een</b> premie?"),
    topic("oud", theme="geld", text="Oude tekst.", expires=date(2026, 1, 1)),
    topic("later", theme="geld", written=False),
    topic("formule", theme="wat", text="=1+1"),
)


def test_facts_are_filled_in_and_unwritten_topics_left_out() -> None:
    rows = json.loads(to_json(entries(KNOWLEDGE, FACTS, TODAY), TODAY))

    assert [a["onderwerp"] for a in rows["antwoorden"]] == ["premie", "oud", "formule"]
    assert rows["antwoorden"][0]["antwoord"] == "Je krijgt 500 euro."
    assert rows["licentie"] == "CC BY 4.0"


def test_an_expired_answer_gives_its_source_not_its_text() -> None:
    page = to_html(entries(KNOWLEDGE, FACTS, TODAY), {"geld": "geld", "wat": "wat"}, TODAY)

    assert "Oude tekst" not in page
    assert 'id="oud"' in page


def test_an_answer_whose_number_no_longer_holds_is_not_shown() -> None:
    page = to_html(entries(KNOWLEDGE, FACTS, date(2031, 1, 1)), {"geld": "geld"}, TODAY)

    assert "500 euro" not in page


def test_a_silenced_answer_is_not_exported() -> None:
    shown = entries(KNOWLEDGE, FACTS, TODAY, Silence(topics={"premie": "bron gewijzigd"}))

    assert [e.topic.id for e in shown] == ["oud", "formule"]


def test_the_page_has_an_anchor_for_each_answer_and_escapes_what_is_written() -> None:
    page = to_html(entries(KNOWLEDGE, FACTS, TODAY), {"geld": "geld", "wat": "wat"}, TODAY)

    assert '<html lang="nl-BE">' in page
    assert 'id="premie"' in page
    assert "&lt;b&gt;een&lt;/b&gt;" in page
    assert "<script" not in page


def test_a_spreadsheet_runs_no_formula_from_the_table() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(entries(KNOWLEDGE, FACTS, TODAY)))))

    assert rows[2]["antwoord"] == "'=1+1"
