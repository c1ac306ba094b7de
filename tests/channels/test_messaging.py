"""Conversations on the three platforms with the real bot: `duaalwijzer start` in a process."""

from __future__ import annotations

import itertools
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.channels.test_webhooks import NAMES, texts
from tests.conftest import ROOT, free_port, healthy
from tests.platforms import graph, telegram
from tests.platforms.graph import Graph
from tests.platforms.secrets import SECRETS
from tests.platforms.standin import Standin
from tests.platforms.telegram import Telegram

KEYS = itertools.count(1)
TIMES = re.compile(rb"1\d{9}\.\d+")


@dataclass
class Bot:
    """A running bot with its stand-in platforms."""

    url: str
    data_dir: Path
    graph: Graph
    telegram: Telegram
    said_at_start: str = ""

    def person(self, channel: str) -> Person:
        return Person(self, channel, str(30_000_000 + next(KEYS)))


@dataclass
class Person:
    """Someone on one platform; `say` and the others give what the platform then delivered."""

    bot: Bot
    channel: str
    id: str

    @property
    def platform(self) -> Standin:
        return self.bot.telegram if self.channel == "telegram" else self.bot.graph

    def say(self, text: str) -> list[dict[str, Any]]:
        return self._send({"whatsapp": {"text": text}, "messenger": {"text": text},
                           "telegram": {"text": text}}[self.channel])

    def press(self, payload: str) -> list[dict[str, Any]]:
        if self.channel == "telegram":
            return self._post(telegram.pressed(next(KEYS), payload, int(self.id)))
        return self._send({
            "whatsapp": {"type": "interactive", "interactive": {
                "type": "button_reply", "button_reply": {"id": payload, "title": "x"}}},
            "messenger": {"text": "x", "quick_reply": {"payload": payload}}}[self.channel])

    def locate(self, lat: float, lon: float) -> list[dict[str, Any]]:
        place = {"latitude": lat, "longitude": lon}
        return self._send({
            "whatsapp": {"type": "location", "location": place},
            "messenger": {"attachments": [{"type": "location", "payload": {
                "coordinates": {"lat": lat, "long": lon}}}]},
            "telegram": {"location": place}}[self.channel])

    def picture(self, caption: str = "") -> list[dict[str, Any]]:
        told = {"caption": caption} if caption else {}
        return self._send({
            "whatsapp": {"type": "image", "image": {"id": "1", **told}},
            "messenger": {"attachments": [{"type": "image", "payload": {"url": "x"}}]},
            "telegram": {"photo": [{"file_id": "x"}], **told}}[self.channel])

    def _send(self, parts: dict[str, Any]) -> list[dict[str, Any]]:
        key = next(KEYS)
        return self._post({
            "whatsapp": lambda: graph.whatsapp(graph.whatsapp_message(str(key), self.id, **parts)),
            "messenger": lambda: graph.messenger(
                graph.messenger_message(str(key), self.id, **parts)),
            "telegram": lambda: telegram.update(key, int(self.id), **parts)}[self.channel]())

    def _post(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        sign = telegram.signed if self.channel == "telegram" else graph.signed
        raw, headers = sign(body)
        before = len(self.platform.delivered(self.id))
        answer = requests.post(f"{self.bot.url}/webhooks/{self.channel}/webhook", data=raw,
                               headers=headers, timeout=10)
        assert answer.status_code == 200
        self.platform.wait_for(before + 1, self.id, 20)
        self._quiet()
        return self.platform.delivered(self.id)[before:]

    def _quiet(self) -> None:
        """Until nothing of this bot waits any more."""
        file = sqlite3.connect(self.bot.data_dir / "berichten.sqlite")
        while file.execute("SELECT (SELECT count(*) FROM inbound) + "
                           "(SELECT count(*) FROM outbound)").fetchone()[0]:
            time.sleep(0.02)
        file.close()


@pytest.fixture(scope="module")
def bot(model: Path) -> Iterator[Bot]:
    port = free_port()
    with Graph() as meta, Telegram() as bot_api, tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, **{f"DUAALWIJZER_{k}": v for k, v in SECRETS.items()},
               "DUAALWIJZER_GRAPH_URL": meta.url, "DUAALWIJZER_TELEGRAM_URL": bot_api.url,
               "DUAALWIJZER_ADRES": "https://bot.example", "DUAALWIJZER_SETTLING": "0"}
        log = Path(folder) / "log"
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "start", "--port", str(port), "--data-dir",
             f"{folder}/var"], cwd=ROOT, env=env, stdout=log.open("wb"),
            stderr=subprocess.STDOUT)
        url = f"http://127.0.0.1:{port}"
        healthy(url, process)
        yield Bot(url, Path(folder) / "var", meta, bot_api, log.read_text())
        process.terminate()
        process.wait(20)
        assert meta.violations == bot_api.violations == []


def kept_on_disk(bot: Bot) -> Iterator[tuple[str, bytes]]:
    """The files of conversations and of messages, without times: those hold any digits."""
    for file in (*bot.data_dir.glob("gesprekken*"), *bot.data_dir.glob("berichten*")):
        yield file.name, TIMES.sub(b"", file.read_bytes())


def whole(calls: list[dict[str, Any]]) -> str:
    """Everything that was delivered, as one text."""
    return str(calls)


def test_the_start_says_which_channels_are_on(bot: Bot) -> None:
    assert "web aan, WhatsApp aan, Messenger aan, Telegram aan" in bot.said_at_start
    assert not any(secret in bot.said_at_start for secret in SECRETS.values())


@pytest.mark.parametrize("channel", NAMES)
def test_a_question_is_answered_with_its_source(channel: str, bot: Bot) -> None:
    said = whole(bot.person(channel).say("krijg ik nog een startbonus"))

    assert "Je praat met een computer" in said
    assert "https://bot.example/privacy" in said
    assert "startbonus" in said
    assert "nagekeken" in said


@pytest.mark.parametrize("channel", NAMES)
def test_a_typed_number_and_a_pressed_button_mean_the_same(channel: str, bot: Bot) -> None:
    typing, pressing = bot.person(channel), bot.person(channel)
    for person in (typing, pressing):
        person.say("hallo")
    typed = typing.say("2")
    pressed = [c for c in pressing.press("taak:aanbod") if c.get("method") !=
               "answerCallbackQuery"]

    assert texts(typed) == texts(pressed)
    assert any("?" in text for text in texts(typed))


@pytest.mark.parametrize("channel", NAMES)
def test_a_location_becomes_a_municipality_and_is_nowhere_on_disk(
    channel: str, bot: Bot
) -> None:
    person = bot.person(channel)
    person.say("waar kan ik kapper duaal doen")
    said = whole(person.locate(50.95847, 4.06921))

    assert "Aalst" in said
    for name, content in kept_on_disk(bot):
        for part in (b"50.95", b"50.96", b"4.0692", b"atitude"):
            assert part not in content, (name, part)


@pytest.mark.parametrize("channel", NAMES)
def test_a_cry_for_help_gets_help_lines_first_and_leaves_neither_words_nor_kind(
    channel: str, bot: Bot
) -> None:
    person = bot.person(channel)
    calls = person.say("ik wil dood zeg ik jou")

    assert "1813" in texts(calls)[0]
    for name, content in kept_on_disk(bot):
        for part in (b"zeg ik jou", b"nood", b"zelfdoding", b"safety", b"1813"):
            assert part not in content, (name, part)


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_a_cry_for_help_under_a_picture_gets_help_lines_first(channel: str, bot: Bot) -> None:
    calls = bot.person(channel).picture("ik wil dood")

    assert "1813" in texts(calls)[0]
    assert "niet bekijken" not in whole(calls)


@pytest.mark.parametrize("channel", NAMES)
def test_a_long_cry_for_help_gets_help_lines(channel: str, bot: Bot) -> None:
    long = "Ik moet het ergens kwijt. " * 20 + "Ik wil dood. " + "Niemand luistert naar mij. " * 30

    assert "1813" in texts(bot.person(channel).say(long))[0]


@pytest.mark.parametrize("channel", NAMES)
def test_a_picture_gets_a_polite_answer(channel: str, bot: Bot) -> None:
    assert "Ik kan een foto niet bekijken" in whole(bot.person(channel).picture())


@pytest.mark.parametrize("channel", NAMES)
def test_a_button_that_we_never_offered_is_answered_in_words(channel: str, bot: Bot) -> None:
    assert "Deze knop werkt niet meer" in whole(bot.person(channel).press("/restart"))


@pytest.mark.parametrize("channel", NAMES)
def test_after_wis_mijn_gesprek_nothing_is_left(channel: str, bot: Bot) -> None:
    person = bot.person(channel)
    person.say("hoeveel verdien je xqzgeheim")
    found = [f for f in bot.data_dir.glob("gesprekken.sqlite*") if b"xqzgeheim" in f.read_bytes()]
    assert found
    said = whole(person.say("wis mijn gesprek"))

    assert "Gewist" in said
    assert "Dat kan je daar zelf wissen" in said
    for file in bot.data_dir.glob("*.sqlite*"):
        assert b"xqzgeheim" not in file.read_bytes()
    assert "Je praat met een computer" in whole(person.say("hallo"))


def test_the_number_and_the_name_of_a_person_are_nowhere_on_disk(bot: Bot) -> None:
    person = bot.person("whatsapp")
    person.say("wat is duaal leren")
    telegram_person = bot.person("telegram")
    telegram_person.say("wat is duaal leren")

    for file in bot.data_dir.glob("*.sqlite*"):
        content = file.read_bytes()
        if file.name.startswith("catalogus"):
            continue
        assert person.id.encode() not in content, file.name
        assert telegram_person.id.encode() not in content, file.name
        assert b"Proef" not in content, file.name
