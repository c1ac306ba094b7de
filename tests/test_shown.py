from __future__ import annotations

from typing import Any

import pytest

from bot.shown import last_topic

USER: dict[str, Any] = {"event": "user"}


def said(kind: str, topic: str | None = None) -> dict[str, Any]:
    return {"event": "bot", "metadata": {"soort": kind, "onderwerp": topic}}


BONUS, ILL = said("knowledge", "startbonus"), said("knowledge", "ziek")


@pytest.mark.parametrize(("events", "topic"), [
    ([USER], None),
    ([USER, BONUS, USER], "startbonus"),
    ([USER, BONUS, USER, said("smalltalk"), USER], "startbonus"),
    ([USER, BONUS, USER, said("choice"), USER], "startbonus"),
    ([USER, BONUS, USER, said("offers"), USER], None),
    ([USER, BONUS, USER, said("safety"), USER], None),
    ([USER, BONUS, USER, said("safety", "pesten_geweld"), USER], "pesten_geweld"),
    ([USER, BONUS, USER, ILL, USER], "ziek"),
    ([USER, BONUS, *[USER, said("choice")] * 3, USER], None),
    ([USER, BONUS, USER, {"event": "bot"}, USER], None),
    ([USER, BONUS], None),
])
def test_the_topic_before_the_latest_message_is_what_it_leans_on(
    events: list[dict[str, Any]], topic: str | None
) -> None:
    assert last_topic(reversed(events)) == topic
