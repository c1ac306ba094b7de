"""A changed answer changes its own lines in its file and nothing else."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.knowledge.editing import changed, merged, rewrite
from bot.knowledge.load import parse_topic
from bot.knowledge.model import Source, Topic
from bot.knowledge.versions import compare, difference
from bot.testbench.answer_form import to_fields, to_topic, typed
from tests.conftest import ROOT

FILES = sorted((ROOT / "data/nlu/kennis").glob("*/*.yml"))
NAME = "geld/startbonus.yml"
CONTENT = """version: "3.1"
nlu:
- intent: geld/startbonus
  examples: |
    - bestaat de startbonus nog 😀
responses:
  utter_geld/startbonus:
  - text: |-
      Eerste zin.

      Tweede zin.
    metadata:
      # de redactie let op: dit blijft staan
      titel: 'De startbonus'   # enkele aanhalingstekens
      vraag: Krijg ik nog een startbonus?
      knop: Startbonus
      punten:
      - een   # eerste
      # tussen twee punten
      - "twee"
      - drie
      bronnen:
      - {titel: "Bron", url: "https://example.org", stand: "2026"}
      feiten: ["duaal:F4.08"]
      nagekeken: "2026-11-23"
      herzien_voor: "2027-08-15"
      geldig: "2026-2027"
      eigenaar: redactie
      vervolg: [clb]

# tot hier
"""
BASE = parse_topic(NAME, CONTENT)


def load(file: Path) -> tuple[str, Topic]:
    content = file.read_bytes().decode()
    return content, parse_topic(f"{file.parent.name}/{file.name}", content)


def lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines())
            if line[:2] in ("- ", "+ ")]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_file_stays_byte_for_byte_when_the_form_is_saved_unchanged(file: Path) -> None:
    content, topic = load(file)
    fields = {key: value.replace("\n", "\r\n") for key, value in to_fields(topic).items()}
    same, wrong = to_topic(topic, typed(fields))

    assert (same, wrong) == (topic, {})
    assert rewrite(content, same) == content


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_field_of_every_file_can_be_changed_and_changed_back(file: Path) -> None:
    content, topic = load(file)
    other = replace(
        topic, text="Nieuw: tekst\n\n- met streepje\n# en hekje", title='Een "titel" \\ van: ons',
        bullets=("# punt", *topic.bullets[1:], "- x: y"), question="Vraag?", button="Ja",
        sources=(*topic.sources[:1], Source("{a}", "https://x.be", "ca. 2024")),
        checked=date(2027, 1, 2), review_by=date(2028, 1, 2), expires=date(2029, 1, 2),
        school_year="2027-2028", owner="on", followups=("clb", "no"))

    once = rewrite(content, other)

    assert parse_topic(topic.file, once) == other
    assert once.partition("\nresponses:")[0] == content.partition("\nresponses:")[0]
    assert parse_topic(topic.file, rewrite(once, topic)) == topic


@pytest.mark.parametrize(("change", "expected"), [
    ({"title": "Weg"}, ["- titel: 'De startbonus'   # enkele aanhalingstekens",
                        '+ titel: "Weg"   # enkele aanhalingstekens']),
    ({"text": "Eerste zin.\n\nAndere zin."}, ["- Tweede zin.", "+ Andere zin."]),
    ({"bullets": ("een", "nieuw", "drie")}, ['- - "twee"', '+ - "nieuw"']),
    ({"bullets": ("een", "twee", "drie", "vier")}, ['+ - "vier"']),
    ({"expires": date(2027, 9, 1)}, ['+ vervalt: "2027-09-01"']),
    ({"school_year": ""}, ['- geldig: "2026-2027"']),
    ({"followups": ()}, ["- vervolg: [clb]", "+ vervolg: []"]),
    ({"bullets": ()}, ["- punten:", "- - een   # eerste", "- # tussen twee punten", '- - "twee"',
                       "- - drie", "+ punten: []"]),
])
def test_only_the_lines_of_a_changed_field_change(change: dict[str, object], expected: list[str]
                                                  ) -> None:
    wanted = replace(BASE, **change)  # type: ignore[arg-type]

    after = rewrite(CONTENT, wanted)

    assert sorted(f"{line[:2]}{line[2:].strip()}" for line in lines(CONTENT, after)
                  ) == sorted(expected)
    assert parse_topic(NAME, after) == wanted


WORDS = st.text(min_size=1, max_size=60)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=WORDS, text=st.text(min_size=1, max_size=200), bullets=st.text(max_size=80),
       question=WORDS, owner=WORDS, source=st.tuples(WORDS, WORDS, WORDS))
def test_whatever_the_form_takes_is_exactly_what_the_file_gives_back(
    title: str, text: str, bullets: str, question: str, owner: str, source: tuple[str, str, str],
) -> None:
    form = to_fields(BASE) | {
        "titel": title, "tekst": text, "punten": bullets, "vraag": question, "eigenaar": owner,
        "bron1_titel": source[0], "bron1_url": source[1], "bron1_stand": source[2]}
    topic, wrong = to_topic(BASE, typed(form))
    if wrong:
        return

    assert parse_topic(NAME, rewrite(CONTENT, topic)) == topic


def test_a_file_of_another_build_is_refused_and_not_spoiled() -> None:
    flow = ('nlu: [{intent: geld/startbonus, examples: "- hallo"}]\n'
            'responses: {utter_geld/startbonus: [{text: a, metadata: {vraag: b, knop: c, '
            'titel: d, nagekeken: "2026-01-01", herzien_voor: "2027-01-01"}}]}\n')
    topic = parse_topic(NAME, flow)

    with pytest.raises(KnowledgeError, match="met de hand"):
        rewrite(flow, replace(topic, bullets=("een",)))


def test_empty_required_fields_and_wrong_dates_are_named() -> None:
    _, wrong = to_topic(BASE, to_fields(BASE) | {
        "titel": "", "nagekeken": "gisteren", "bron0_url": "", "punten": "x" * 7000})

    assert set(wrong) == {"titel", "nagekeken", "bronnen", "punten"}


def test_what_two_people_changed_apart_is_put_together_and_what_both_changed_is_named() -> None:
    mine = replace(BASE, title="Mijn titel", text="Mijn tekst")
    current = replace(BASE, text="Hun tekst", button="Hun knop")

    together, both = merged(BASE, mine, current)

    assert (together.title, together.text, together.button) == (
        "Mijn titel", "Mijn tekst", "Hun knop")
    assert both == ("text",)
    assert changed(BASE, mine) == ("text", "titel")


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_difference_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = difference(old, new)

    assert "".join(p.text for p in pieces if p.element != "ins") == old
    assert "".join(p.text for p in pieces if p.element != "del") == new


def test_compared_versions_name_only_what_differs() -> None:
    found = compare(BASE, replace(BASE, button="Bonus", examples=(*BASE.examples, "startbonus")))

    assert [d.name for d in found] == ["knop", "voorbeeldvragen"]
