"""The ways to a goal, asked of the real catalogue and composed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.query import Asked, asked
from actions.ways import show_goal, show_pathway
from bot import resources
from bot.answers.compose.tasks import compose_task
from bot.catalogue.pictures import FOLDER, picture
from bot.catalogue.routes import route_text
from tests.answers.values import contract

pytestmark = pytest.mark.usefixtures("settings")


class Answers:
    """Takes what an action sends, as JSON, and composes it."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def utter_message(self, response: str, resultaat: Any) -> None:
        sent = json.loads(json.dumps(resultaat))
        answer = compose_task(response.removeprefix("utter_"), sent, resources.texts())
        self.said.append(contract(answer))


def wanted(**names: str) -> Asked:
    """What a first message with these names asks."""
    said = {"entities": [{"entity": kind, "value": value} for kind, value in names.items()]}
    return asked(Tracker("web-1", {}, said, [], False, None, {}, None))


def goal(target: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer, and the slots that are set after it."""
    answers = Answers()
    events = show_goal(answers, wanted(), target)  # type: ignore[arg-type]
    return answers.said[0], {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize("target", [
    "basisverpleegkundige", "boekhouder", "software developer", "maatschappelijk werker",
    "werfleider", "elektromechanicus", "leerkracht", "hr-medewerker", "graduaat hvac-systemen",
    "winkelmanager", "755", "836", "88", "133",
])
def test_a_goal_is_answered_as_a_pathway_within_the_contract(target: str) -> None:
    said, slots = goal(target)

    assert said["kind"] == "pathway"
    assert slots["taak"] == "pad"
    assert slots["gevraagd"] is None


def test_where_can_that_be_done_means_the_programme_or_the_first_step_to_a_graduate() -> None:
    assert goal("755")[1]["zoekvraag"]["programmes"] == ["755"]
    assert goal("verpleegkundige")[1]["zoekvraag"]["programmes"] == ["665"]


def test_a_picture_of_a_goal_is_served_and_says_the_same() -> None:
    said, _ = goal("winkelmanager")
    found = picture(resources.catalogue(), said["image"]["url"].removeprefix(FOLDER))

    assert found is not None
    for line in said["image"]["alt"].splitlines()[1:]:
        assert line in said["bullets"]


def test_a_goal_that_nothing_leads_to_has_no_picture() -> None:
    said, _ = goal("hr-medewerker")

    assert "image" not in said
    assert "HR-support" in said["text"]


def test_an_unknown_goal_is_asked_again() -> None:
    said, slots = goal("astronaut")

    assert (said["kind"], said["ask"]) == ("question", "programme")
    assert "astronaut" in said["text"]
    assert slots["gevraagd"] == "programme"


def test_a_pathway_shows_its_picture() -> None:
    answers = Answers()
    show_pathway(answers, wanted(opleiding="88"), None)  # type: ignore[arg-type]

    assert answers.said[0]["image"] == {"url": f"{FOLDER}88.svg",
                                        "alt": route_text(resources.catalogue(), "88")}
