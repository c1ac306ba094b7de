"""The way to a person, asked of the real catalogue with and without an own CLB."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.tasks import show_handover
from bot import resources
from bot.settings import Settings
from tests.actions.test_goal import Answers, wanted


@pytest.fixture
def own_clb(settings: Settings) -> None:
    resources.use(resources.Resources(replace(
        settings, clb_name="CLB Voorbeeldstad", clb_phone="09 000 00 00",
        clb_url="https://clb.example/")))


def handover(**names: str) -> dict[str, Any]:
    answers = Answers()
    show_handover(answers, wanted(**names))  # type: ignore[arg-type]
    return answers.said[0]


@pytest.mark.usefixtures("own_clb")
def test_the_own_clb_of_the_settings_is_the_first_card() -> None:
    said = handover(plaats="Gent")

    assert said["cards"][0] == {
        "id": "clb-eigen", "title": "CLB Voorbeeldstad", "phone": "09 000 00 00",
        "url": "https://clb.example/",
        "subtitle": "Opgegeven door de school die deze chat aanbiedt"}
    assert len(said["cards"]) > 1


@pytest.mark.usefixtures("settings")
def test_without_the_setting_only_clbs_of_the_catalogue_are_shown() -> None:
    assert "cards" not in handover()
    assert "clb-eigen" not in [card["id"] for card in handover(plaats="Gent")["cards"]]
