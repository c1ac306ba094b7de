from typing import Any

import pytest
import yaml

from bot.answers.compose.fixed import compose_fixed
from bot.channels.payloads import parse_payload
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import Knowledge
from tests.answers.values import contract
from tests.conftest import ROOT

ENTRIES: dict[str, Any] = yaml.safe_load(
    (ROOT / "data" / "teksten" / "gesprek.yml").read_text(encoding="utf-8"))
# A bare sentence is a note beside another answer, not a message.
MESSAGES = {name: entry for name, entry in ENTRIES.items() if isinstance(entry, dict)}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_fixed_message_keeps_the_contract_and_its_slots_are_filled(name: str) -> None:
    message = contract(compose_fixed(MESSAGES[name], privacy="/privacy"))

    assert "{" not in message["text"]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge(ROOT / "data" / "nlu" / "kennis")


@pytest.mark.parametrize("name", MESSAGES)
def test_every_button_of_a_fixed_message_leads_somewhere(name: str, known: Knowledge) -> None:
    for button in compose_fixed(MESSAGES[name], privacy="/privacy").buttons:
        assert parse_payload(
            button.payload, lambda topic: known.topics[topic].label, known.themes()
        ) is not None, button.payload


def test_a_message_has_the_parts_that_are_written() -> None:
    said = compose_fixed({
        "soort": "notice", "titel": "Welkom", "tekst": "Lees {privacy}.\n", "punten": ["een"],
        "knoppen": [{"knop": "Start", "doel": "actie:help", "label": "Begin hier"}],
        "bronnen": [{"titel": "Bron", "nagekeken": "2026-11-23", "url": "https://example.org",
                     "stand": "2026"}],
        "vraagt": "place", "locatie": True,
    }, privacy="/p")

    assert contract(said) == {
        "v": 1, "kind": "notice", "title": "Welkom", "text": "Lees /p.", "bullets": ["een"],
        "buttons": [{"title": "Start", "payload": "actie:help", "label": "Begin hier"}],
        "sources": [{"title": "Bron", "checked": "2026-11-23", "url": "https://example.org",
                     "published": "2026"}],
        "ask": "place", "ask_location": True,
    }


def test_a_message_of_text_alone_has_no_other_parts() -> None:
    assert contract(compose_fixed({"soort": "smalltalk", "tekst": "Dag!"})) == {
        "v": 1, "kind": "smalltalk", "text": "Dag!"}
