"""Cries for help are found whatever their spelling; what only looks like one is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlite_utils

from bot import resources
from bot.errors import SafetyError
from bot.safety.counter import count
from bot.safety.crisis import load_examples, load_patterns
from bot.settings import Settings


@pytest.mark.parametrize(("text", "category"), [
    ("ik wil niet meer leven", "zelfdoding"),
    ("kwil ni meer leven", "zelfdoding"),
    ("ik denk aan zelfmoort", "zelfdoding"),
    ("ik snij mezelf als niemand kijkt", "zelfverwonding"),
    ("mijn baas betast mij in de keuken", "geweld"),
    ("mijn stiefvader slaat mij elke dag", "geweld"),
    ("kben van thuis weggelopen waar kan ik slapen", "weglopen"),
    ("ik ben verslaafd aan coke", "verslaving"),
    ("ik kots expres na het eten", "eetstoornis"),
    ("er is iemand van de ladder gevallen en hij ademt niet", "ongeval"),
    ("hoeveel verdien ik in duaal want eigenlijk wil ik dood", "zelfdoding"),
])
def test_a_cry_for_help_is_found(settings: Settings, text: str, category: str) -> None:
    assert resources.crisis().detect(text).category == category


@pytest.mark.parametrize("text", ["je veux mourir", "I want to kill myself",
                                  "mon père me frappe tous les jours", "my boss keeps touching me"])
def test_a_cry_for_help_in_french_and_english_is_found(settings: Settings, text: str) -> None:
    assert resources.crisis().detect(text).category


@pytest.mark.parametrize("text", [
    "ik ga dood van de stress voor die toets", "mijn gsm is dood", "ik verveel mij dood op school",
    "hoeveel verdien je in duaal", "wat als ik een ongeval heb op de werkplek",
    "hoe snij je een kip in stukken als slager", "ben verslaafd aan fifa", "kapper in Gent",
])
def test_figures_of_speech_and_ordinary_questions_are_no_crisis(
    settings: Settings, text: str
) -> None:
    assert resources.crisis().detect(text).category is None


def test_a_veiled_message_raises_concern(settings: Settings) -> None:
    signal = resources.crisis().detect("soms denk ik dat iedereen beter af is zonder mij")

    assert signal.category or signal.concern


def test_only_a_number_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "tellers.sqlite"
    for _ in range(2):
        count(file, "geweld", date(2026, 11, 26))

    rows = list(sqlite_utils.Database(file)["nood"].rows)
    assert rows == [{"dag": "2026-11-26", "soort": "geweld", "aantal": 2}]


def test_broken_patterns_are_named(tmp_path: Path) -> None:
    file = tmp_path / "patronen.yml"
    file.write_text("zegswijzen: []\nnood: {geweld: ['(open']}\n")

    with pytest.raises(SafetyError, match=r"patronen\.yml"):
        load_patterns(file)


def test_every_category_of_the_examples_has_its_text(settings: Settings) -> None:
    categories = {label for _, label in load_examples(settings.safety_dir)} - {"zorg", "gewoon"}
    answers = resources.texts().entry("nood", "antwoorden")

    assert categories == {*answers, "ongeval"}
    assert resources.texts().entry("nood", "ongeval")["bronnen"]
