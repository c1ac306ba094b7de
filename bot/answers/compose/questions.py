"""Questions back for a missing or ambiguous piece."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import button
from bot.answers.compose.fixed import buttons
from bot.answers.compose.results import Question
from bot.answers.model import Answer, Button, Understood
from bot.answers.texts import Texts
from bot.answers.words import short
from bot.catalogue.model import Place, School

GROUP = "vragen"
MAX_OPTIONS = 6


def compose_question(question: Question, texts: Texts) -> Answer:
    """One question with its options as buttons."""
    ask = question.ask
    key = f"{ask}_onbekend" if question.unknown else ask
    if question.outside:
        key = "place_buiten"
    elif question.about and not question.unknown:
        key = f"{ask}_voor"
    known = Understood(question.titles) if question.titles else None
    options: tuple[Button, ...] = buttons(texts.entry(GROUP, "knoppen").get(ask) or ())
    if question.places:
        options = tuple(_place(p) for p in question.places[:MAX_OPTIONS])
    if question.programmes:
        options = tuple(button(p) for p in question.programmes[:MAX_OPTIONS])
    if question.schools:
        key = f"{ask}_kiezen"
        options = tuple(_school(s) for s in question.schools[:MAX_OPTIONS])
    return Answer(
        kind="refusal" if question.outside else "question",
        text=texts.say(GROUP, key, onbekend=short(question.unknown, 40), wat=question.about),
        buttons=options,
        understood=known,
        ask=ask,
        ask_location=True if ask == "place" else None,
    )


def _school(school: School) -> Button:
    return Button(short(school.name, 20), f"school:{school.key}",
                  short(f"{school.name}, {school.municipality}", 72))


def _place(place: Place) -> Button:
    name = place.municipality if place.is_municipality else place.name
    where = place.province if place.is_municipality else f"deel van {place.municipality}"
    title = short(f"{place.postcode or ''} {name}".strip(), 20)
    return Button(title, f"plaats:{place.niscode}", short(f"{name} ({where})", 72))
