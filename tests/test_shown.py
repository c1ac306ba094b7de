from typing import Any

import pytest

from bot.shown import last_topic

USER: dict[str, Any] = {"event": "user"}


def said(name: str) -> dict[str, Any]:
    return {"event": "bot", "metadata": {"utter_action": name}}


@pytest.mark.parametrize(("events", "topic"), [
    ([USER], None),
    ([USER, said("utter_geld/startbonus"), USER], "startbonus"),
    ([USER, said("utter_geld/startbonus"), USER, said("utter_bron"), USER], "startbonus"),
    ([USER, said("utter_geld/startbonus"), USER, said("utter_keuze"), USER], "startbonus"),
    ([USER, said("utter_geld/startbonus"), USER, said("utter_aanbod"), USER], None),
    ([USER, said("utter_geld/startbonus"), USER, said("utter_nood"), USER], None),
    ([USER, said("utter_geld/startbonus"), USER, said("utter_werkdag/ziek"), USER], "ziek"),
    ([USER, said("utter_geld/startbonus"), *[USER, said("utter_bron")] * 3, USER], None),
    ([USER, said("utter_geld/startbonus")], None),
])
def test_the_topic_before_the_latest_message_is_what_it_leans_on(
    events: list[dict[str, Any]], topic: str | None
) -> None:
    assert last_topic(events) == topic
