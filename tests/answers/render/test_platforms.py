"""One content, every platform: within its limits, nothing lost, every choice there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.answers.model import Answer
from bot.answers.render import messenger, telegram, whatsapp
from bot.answers.render.parts import choices, numbering
from bot.answers.render.plain import plain
from bot.answers.words import dutch_date
from bot.channels.choices import chosen
from bot.settings import Settings
from tests.answers.render.stored import stored
from tests.conftest import SCHEMA
from tests.platforms.check import check

Message = dict[str, Any]
Render = Callable[..., list[Message]]
RENDERS: dict[str, Render] = {
    "whatsapp": whatsapp.render, "telegram": telegram.render, "messenger": messenger.render}
BASE = "https://bot.example"


@pytest.fixture(scope="module")
def answers(settings: Settings) -> list[tuple[str, Answer]]:
    return list(stored())


READ = {"body", "text", "title", "description", "caption", "subtitle", "url", "link", "button"}


def words(value: Any, key: str = "") -> Iterator[str]:
    """Every string in a call that a person can read or tap, and every address."""
    if isinstance(value, dict):
        html = value.get("parse_mode") == "HTML"
        for name, inner in value.items():
            yield from map(told if html else str, words(inner, name))
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, key)
    elif key in READ and isinstance(value, str):
        yield value


def told(html: str) -> str:
    """What Telegram's HTML tells, with its addresses."""
    return unescape(re.sub(r"</?[ab]>", "", re.sub(r'<a href="([^"]*)">', r" \1 ", html)))


def readable(platform: str, calls: list[Message]) -> str:
    """All words of the calls on one line, without the platform's own signs."""
    text = " ".join(word for call in calls for word in words(call))
    if platform == "whatsapp":
        text = text.translate({ord(twin): sign for sign, twin in whatsapp.TWINS.items()})
    return flat(text)


def flat(text: str) -> str:
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+|\n", text) if s.strip()]


def shown(message: Message) -> list[str]:
    """Everything of an answer that a person must be able to read."""
    parts = [message.get("title", ""), *sentences(message["text"]), *message.get("widened", ())]
    for bullet in message.get("bullets", ()):
        parts += sentences(bullet)
    for card in message.get("cards", ()):
        parts += [card["title"], card.get("subtitle", ""), *card.get("lines", ()),
                  card.get("phone", ""), card.get("url", "")]
    for source in message.get("sources", ()):
        parts += [source["title"], source.get("url", ""), source.get("published", ""),
                  dutch_date(source["checked"])]
    parts += (message.get("map") or {}).values()
    if "image" in message:
        parts.append(message["image"]["alt"])
    if "as_of" in message:
        parts += [message["as_of"]["school_year"], dutch_date(message["as_of"]["date"])]
    return [flat(part) for part in parts if part.strip()]


def payloads(message: Message) -> list[str]:
    rows = (*message.get("buttons", ()), *message.get("cards", ()))
    return [row["payload"] for row in rows if "payload" in row]


def tapped(value: Any) -> Iterator[str]:
    """The payloads of the buttons of a call."""
    if isinstance(value, dict):
        for key in ("id", "callback_data", "payload"):
            if isinstance(value.get(key), str):
                yield value[key]
        for inner in value.values():
            yield from tapped(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tapped(inner)


def faults(platform: str, message: Message, base: str) -> list[str]:
    """What is wrong with an answer on a platform: over a limit, lost, not to choose."""
    calls = RENDERS[platform](message, base)
    found = [] if calls else ["niets gestuurd"]
    found += [fault for call in calls for fault in check(platform, call)]
    text = unmarked(readable(platform, calls))
    found += [f"verloren: {part}" for part in shown(message) if unmarked(part) not in text]
    buttons = {payload for call in calls for payload in tapped(call)}
    found += [f"geen knop: {payload}" for payload in payloads(message) if payload not in buttons]
    return found


def unmarked(text: str) -> str:
    """Without the signs that make WhatsApp bold: they stand against the words."""
    return flat(text.replace("*", ""))


@pytest.mark.parametrize("base", ["", BASE])
@pytest.mark.parametrize("platform", RENDERS)
def test_every_stored_answer_fits_and_keeps_every_word_and_choice(
    answers: list[tuple[str, Answer]], platform: str, base: str
) -> None:
    wrong = {name: found for name, answer in answers
             if (found := faults(platform, answer.to_dict(), base))}

    assert wrong == {}


def test_the_stored_answers_are_of_every_kind(answers: list[tuple[str, Answer]]) -> None:
    kinds = SCHEMA.schema["properties"]["kind"]["enum"]

    assert {answer.kind for _, answer in answers} == set(kinds)
    assert len(answers) > 1000


def test_a_number_never_means_something_else_than_it_stands_for(
    answers: list[tuple[str, Answer]],
) -> None:
    wrong = []
    for name, answer in answers:
        message = answer.to_dict()
        for payload, number in numbering(message).items():
            if chosen(str(number), message) not in {payload, None}:
                wrong.append((name, number, payload))

    assert wrong == []


def test_what_stands_at_a_place_among_the_choices_is_what_its_number_means(
    answers: list[tuple[str, Answer]]
) -> None:
    wrong = []
    for name, answer in answers:
        message = answer.to_dict()
        for place, choice in enumerate(choices(message), 1):
            if chosen(str(place), message) != choice.payload:
                wrong.append((name, place, choice.payload))

    assert wrong == []


def test_plain_text_is_as_whole_as_the_platforms(answers: list[tuple[str, Answer]]) -> None:
    lost = []
    for name, answer in answers:
        message, text = answer.to_dict(), flat(plain(answer))
        lost += [(name, part) for part in shown(message) if part not in text]
        numbers = numbering(message)
        options = {c["payload"]: c["title"] for c in reversed(message.get("cards", ()))
                   if c.get("payload")}
        for b in message.get("buttons", ()):
            options.setdefault(b["payload"], b.get("label") or b["title"])
        lost += [(name, title) for payload, title in options.items()
                 if f"{numbers[payload]}. {title}" not in text]

    assert lost == []


# Signs that format, break HTML or count double; long words and long texts.
SIGNS = st.sampled_from([*"abcé  .,\n*_~`<>&\"'’…😀", "www ", "woord ", "zin. ", "&amp;", "<b>"])
LONG = st.sampled_from(["woord ", "Een hele zin hier. ", "alinea.\n\n", "😀😀 ", "x<y & z "])


def writing(most: int) -> st.SearchStrategy[str]:
    short = st.lists(SIGNS, min_size=1, max_size=most).map(lambda s: "".join(s)[:most])
    return short.filter(lambda text: text.strip())


LONG_TEXT = st.builds(lambda part, times: part * times, LONG, st.integers(1, 300))
TEXT = st.one_of(writing(60), LONG_TEXT)
PAYLOAD = st.from_regex(r"[a-z0-9_:.-]{1,64}", fullmatch=True)
URL = st.from_regex(r"https://[a-z]{1,9}\.example/[a-zA-Z0-9_*~&=?-]{0,60}", fullmatch=True)
DAY = st.dates().map(str)
PROPERTIES = {
    "title": TEXT,
    "bullets": st.lists(TEXT, max_size=5),
    "cards": st.lists(st.fixed_dictionaries(
        {"id": st.one_of(PAYLOAD, PAYLOAD.map("school-{}".format)), "title": writing(90)},
        optional={"subtitle": writing(60), "lines": st.lists(writing(90), max_size=4),
                  "url": URL, "phone": st.just("09 123 45 67"), "payload": PAYLOAD}), max_size=13),
    "buttons": st.lists(st.fixed_dictionaries(
        {"title": writing(20), "payload": PAYLOAD}, optional={"label": writing(72)}), max_size=30),
    "sources": st.lists(st.fixed_dictionaries(
        {"title": writing(90), "checked": DAY},
        optional={"url": URL, "published": st.sampled_from(["2026", "zonder datum"])}),
        max_size=4),
    "as_of": st.fixed_dictionaries({"school_year": st.just("2026-2027"), "date": DAY}),
    "widened": st.lists(writing(60), max_size=3),
    "image": st.fixed_dictionaries(
        {"url": st.just("/opleidingen/beeld/88.svg"), "alt": TEXT}),
    "map": st.fixed_dictionaries({"url": URL, "title": writing(60)}),
    "ask_location": st.booleans(),
}
GENERATED = st.fixed_dictionaries(
    {"v": st.just(1), "kind": st.just("offers"), "text": TEXT}, optional=PROPERTIES)


@pytest.mark.parametrize("platform", RENDERS)
@hypothesis_settings(max_examples=100, deadline=None,
                     suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(GENERATED, st.sampled_from(["", BASE]))
def test_any_answer_of_the_contract_fits_and_keeps_every_word_and_choice(
    platform: str, message: Message, base: str
) -> None:
    SCHEMA.validate(message)

    assert faults(platform, message, base) == []
