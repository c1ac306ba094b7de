"""Tasks on odd conversations, asked of the real catalogue and composed."""

from __future__ import annotations

from typing import Any

import cattrs
import pytest
from rasa_sdk import Tracker

from actions.conversation import ActionComplete
from actions.followup import COMPARISON, PATHWAY, PROGRAMME, SCHOOL
from actions.query import STATE, asked, latest_names
from actions.search import Search
from actions.tasks import show
from bot import resources
from bot.catalogue.narrowing import Narrowing
from bot.settings import Settings
from tests.actions.test_goal import Answers

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def school(settings: Settings) -> str:
    """The key of a school of the catalogue."""
    return next(iter(resources.catalogue().offers))


def tracker(before: Search, *latest: tuple[str, str], **message: Any) -> Tracker:
    """A conversation with this search so far; its latest message has these (kind, value) names."""
    names = [{"entity": kind, "value": value} for kind, value in latest]
    return Tracker("web-1", {STATE: cattrs.unstructure(before)}, {"entities": names, **message},
                   [], False, None, {}, None)


def answer(task: str, before: Search, *latest: tuple[str, str]) -> dict[str, Any]:
    answers, said = Answers(), tracker(before, *latest)
    show(answers, asked(said), task, latest_names(said))  # type: ignore[arg-type]
    return answers.said[0]


@pytest.mark.parametrize("latest", [
    [("wens", "erna")], [("wens", "erna"), ("jaar", "7")]])
def test_what_follows_a_whole_group_asks_which_programme(latest: list[tuple[str, str]]) -> None:
    said = answer(PATHWAY, Search(by=Narrowing(form="OV3")), *latest)

    assert (said["kind"], said["ask"]) == ("question", "which_programme")
    assert '""' not in said["text"]


def test_full_time_is_compared_with_the_same_programme_not_with_the_one_before() -> None:
    search = Search(programmes=("bakker",), before=("kapper",))

    titles = [card["title"] for card in answer(COMPARISON, search, ("wens", "voltijds"))["cards"]]
    assert titles == ["Brood- en banketbakkerij duaal", "Brood- en banketbakkerij"]


def test_a_name_that_is_no_school_never_shows_the_school_of_before(school: str) -> None:
    said = answer(SCHOOL, Search(schools=(school,)), ("schoolnaam", "bestaat niet"))

    assert (said["kind"], said["ask"]) == ("question", "school")


def test_other_programmes_than_the_one_that_is_named_are_told_apart() -> None:
    said = answer(PROGRAMME, Search(), ("opleiding", "kapper"), ("vorm", "OV3"))

    assert "ken ik die opleiding niet" in said["text"]
    assert "kapper" not in said["text"]


def test_a_filter_that_one_programme_does_not_meet_is_told() -> None:
    said = answer(PROGRAMME, Search(), ("opleiding", "haarverzorging"), ("jaar", "3"))

    assert "In het 3de jaar bestaat dit niet duaal" in said["text"]


def test_a_rule_and_a_pathway_that_lean_on_nothing_start_the_pathway() -> None:
    said = tracker(Search(), ("opleiding", "bakker"), alleen="regel_en_pad", vast=False)
    events = ActionComplete().run(Answers(), said, {})  # type: ignore[arg-type]

    assert [event["name"] for event in events] == ["pad_form"]
