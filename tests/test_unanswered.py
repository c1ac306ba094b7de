"""Questions without an answer: off unless asked for, masked, and never of somebody in need."""

from __future__ import annotations

import sqlite3
import time
import uuid
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import nlg, resources, unanswered
from bot.conversations import ConversationStore
from bot.retention import purge
from bot.settings import Settings, from_environment
from bot.turns import Turns
from bot.unanswered import LONGEST, Question, masked, read, remove, save
from tests.test_insight import NOON, Line

DAY = date(2026, 11, 26)
REFUSED_TEXT = "wat eten we vanavond"


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, data_dir=tmp_path, unanswered=True)


@pytest.fixture
def line(conversations: Any, own: Settings) -> Line:
    return Line(conversations, Turns(own, lambda: NOON))


def texts(own: Settings) -> list[tuple[str, str]]:
    return [(q.text, q.reason) for q in read(own.unanswered_file)]


def doubted(line: Line) -> tuple[str, dict[str, Any]]:
    """A question on which the real model offers choices, with that answer."""
    return next((text, a) for text in (
        "verschil", "kosten", "papieren", "hulp", "regels")
        if (a := line.say(text))["kind"] == "choice")


def test_it_is_off_by_default_and_on_with_one_variable() -> None:
    assert from_environment({}).unanswered is False
    assert from_environment({"DUAALWIJZER_ONBEANTWOORD": "1"}).unanswered is True


def test_when_it_is_off_nothing_is_kept(conversations: Any, own: Settings) -> None:
    line = Line(conversations, Turns(replace(own, unanswered=False), lambda: NOON))
    line.say(REFUSED_TEXT)
    doubted(line)
    line.say(REFUSED_TEXT)
    line.turns.stop()

    assert not own.unanswered_file.exists()


def test_a_refused_question_is_kept_with_its_day_only(line: Line, own: Settings) -> None:
    line.say(REFUSED_TEXT)
    line.say("hoeveel verdien je als je duaal leert")
    line.turns.stop()

    assert texts(own) == [(REFUSED_TEXT, "geweigerd")]
    assert read(own.unanswered_file)[0].day == DAY
    content = b"".join(f.read_bytes() for f in own.data_dir.glob("onbeantwoord.sqlite*"))
    assert line.sender.partition("-")[2].encode() not in content
    with sqlite3.connect(own.unanswered_file) as db:
        assert [row[1] for row in db.execute("PRAGMA table_info(question)")] == [
            "id", "day", "text", "reason"]


def test_choices_that_nobody_takes_are_kept_and_those_taken_are_not(line: Line, own: Settings
                                                                    ) -> None:
    text, doubt = doubted(line)
    line.press(doubt["buttons"][0]["payload"])
    line.turns.stop()
    assert text not in [kept for kept, _ in texts(own)]

    line.sender = f"web-{uuid.uuid4()}"  # in another talk nothing is leant on
    text, _ = doubted(line)
    line.press("keuze:geen")
    line.turns.stop()
    assert (text, "keuze niet genomen") in texts(own)


def test_choices_that_stay_open_for_an_hour_count_as_not_taken(conversations: Any, own: Settings
                                                               ) -> None:
    now = [NOON]
    line = Line(conversations, Turns(own, lambda: now[0]))
    text, _ = doubted(line)
    line.turns.stop()
    assert text not in [kept for kept, _ in texts(own)]
    now[0] += 3700
    line.turns.stop()

    assert (text, "keuze niet genomen") in texts(own)


def test_nothing_is_kept_of_a_cry_for_help_nor_of_the_doubt_before_it(line: Line, own: Settings
                                                                     ) -> None:
    text, _ = doubted(line)
    line.say("ik wil dood")
    line.turns.stop()

    assert text not in [kept for kept, _ in texts(own)]
    assert "nood" not in str(texts(own))


def test_a_turn_with_concern_is_not_kept(own: Settings, settings: Settings) -> None:
    turns, worried = Turns(own, lambda: NOON), "ik zie het allemaal niet meer zitten op school"
    assert resources.crisis().detect(worried).concern
    turns._keep(DAY, worried, "geweigerd")
    turns._keep(DAY, REFUSED_TEXT, "geweigerd")
    turns.stop()

    assert texts(own) == [(REFUSED_TEXT, "geweigerd")]


def test_an_erased_conversation_leaves_no_open_doubt(line: Line, own: Settings) -> None:
    text, _ = doubted(line)
    line.turns.forget(line.sender)
    line.say(REFUSED_TEXT)
    line.turns.stop()

    assert text not in [kept for kept, _ in texts(own)]


def hide(text: str) -> str:
    return masked(text, resources.catalogue().school_names, resources.lexicon())


def test_every_school_of_the_catalogue_is_masked(settings: Settings) -> None:
    left = [school.name for school in resources.catalogue().schools.values()
            if (hidden := hide(f"is {school.name} een goede school")).count("[school]") == 0
            or school.name in hidden]

    assert left == []


@pytest.mark.parametrize(("text", "gone"), [
    ("ik heet Jonas en wil roken", "Jonas"),
    ("mag ik roken in het VTI Aalst", "Aalst"),
    ("hoe kom ik van Zottegem naar mijn werk", "Zottegem"),
    ("mail mij op jan@voorbeeld.be", "jan@"),
    ("bel 0470 12 34 56", "0470"),
])
def test_names_schools_and_places_are_masked(settings: Settings, text: str, gone: str) -> None:
    assert gone not in hide(text)


def test_an_ordinary_question_stays_as_it_is(settings: Settings) -> None:
    for text in ("mag ik roken op mijn werkplek", "wat als mijn baas niet betaalt",
                 "hoeveel kost een broodje in de kantine"):
        assert hide(text) == text


def test_masking_comes_before_cutting_and_nothing_is_longer_than_200(settings: Settings) -> None:
    text = hide("waarom mag dat niet " * 9 + "ik heet Bartholomeus Vandenbroucke " + "en zo " * 40)

    assert len(text) <= LONGEST
    assert "Barth" not in text


def test_masking_twice_changes_nothing_more(settings: Settings) -> None:
    once = hide("mag ik roken in het VTI Aalst, ik heet Jonas")

    assert hide(once) == once


def test_after_90_days_or_when_it_is_turned_off_no_byte_is_left(own: Settings) -> None:
    from rasa.shared.core.domain import Domain

    store = ConversationStore(Domain.empty(), db=str(own.data_dir / "gesprekken.sqlite"))
    agent, today = SimpleNamespace(tracker_store=store), date.fromtimestamp(NOON)
    save(own.unanswered_file, [Question(today - timedelta(days=91), "oudwoord", "geweigerd"),
                               Question(today - timedelta(days=90), "nieuwwoord", "geweigerd")])

    assert purge(agent, own, NOON)["onbeantwoorde vragen"] == 1
    assert b"oudwoord" not in own.unanswered_file.read_bytes()
    assert purge(agent, replace(own, unanswered=False), NOON)["onbeantwoorde vragen"] == 1
    assert b"nieuwwoord" not in own.unanswered_file.read_bytes()


def test_what_an_editor_removes_is_gone_from_the_disk(own: Settings) -> None:
    save(own.unanswered_file, [Question(DAY, "wegwoord", "geweigerd")])

    assert remove(own.unanswered_file, [read(own.unanswered_file)[0].id, "onbekend"]) == 1
    assert b"wegwoord" not in own.unanswered_file.read_bytes()


def test_masking_keeps_a_question_within_a_few_milliseconds(settings: Settings) -> None:
    hide("warm")
    began = time.thread_time()
    for _ in range(50):
        hide("mag ik roken in het VTI Aalst als ik daar duaal leer voor kapper")

    assert (time.thread_time() - began) / 50 < 0.02


def test_who_erases_a_conversation_hears_what_may_stay(own: Settings) -> None:
    before = resources.current()
    try:
        for on in (True, False):
            resources.use(resources.Resources(replace(own, data_dir=before.settings.data_dir,
                                                      unanswered=on)))
            for name in ("gewist", "privacy"):
                said = nlg.compose(f"utter_{name}", {}, {}).text
                assert ("bewaard, zonder je naam" in said or "bewaren we alleen die vraag" in said
                        ) is on
    finally:
        resources.use(before)


def test_purging_what_is_not_there_makes_no_file(tmp_path: Path) -> None:
    assert unanswered.purge(tmp_path / "weg.sqlite", DAY) == 0
    assert list(tmp_path.iterdir()) == []
