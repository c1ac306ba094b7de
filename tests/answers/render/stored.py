"""Every answer the bot has: all topics in all states, all fixed texts, all kinds, real data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot import resources
from bot.answers.compose.choice import compose_choice
from bot.answers.compose.comparison import compose_comparison
from bot.answers.compose.crisis import compose_crisis
from bot.answers.compose.fixed import compose_fixed, compose_language
from bot.answers.compose.handover import compose_handover
from bot.answers.compose.knowledge import compose_silenced, compose_topic
from bot.answers.compose.offers import compose_offers
from bot.answers.compose.pathway import compose_pathway
from bot.answers.compose.programme import compose_programme
from bot.answers.compose.questions import compose_question
from bot.answers.compose.results import (
    ComparisonShown,
    HandoverShown,
    OffersShown,
    PathwayShown,
    ProgrammeFacts,
    ProgrammeShown,
    Question,
    SchoolShown,
)
from bot.answers.compose.school import compose_school
from bot.answers.compose.theme import compose_theme
from bot.answers.model import Answer, Image
from bot.catalogue.goals import goal
from bot.catalogue.offers import OfferQuery
from bot.catalogue.pathways import certificate, pathway
from bot.catalogue.pictures import goal_picture, route_picture
from bot.catalogue.search import full_time, search_offers

TODAY = date(2026, 11, 26)
SLOTS = {"privacy": "https://bot.example/privacy"}
NUMBERS = ("88", "202", "304", "665")  # programmes that the questions back name


def stored() -> Iterator[tuple[str, Answer]]:
    """Each answer with a name; the resources must be those of a built catalogue."""
    yield from _topics()
    yield from _fixed()
    yield from _programmes()
    yield from _offers()
    yield from _schools()
    yield from _questions()


def _topics() -> Iterator[tuple[str, Answer]]:
    knowledge, facts, texts = resources.knowledge(), resources.facts(), resources.texts()
    for topic in knowledge:
        states = {
            "actueel": (topic, TODAY),
            "achterstallig": (replace(topic, review_by=date(2026, 11, 1), expires=None), TODAY),
            "vervallen": (replace(topic, expires=date(2026, 11, 1)), TODAY),
            "in_opmaak": (replace(topic, written=False), TODAY),
        }
        for state, (changed, day) in states.items():
            yield f"{topic.id} {state}", compose_topic(changed, knowledge, facts, texts, day)
        yield f"{topic.id} stil", compose_silenced(topic, texts)
    for theme in knowledge.themes():
        yield f"thema {theme}", compose_theme(theme, knowledge, texts)
    labels = [topic.label for topic in knowledge]
    for at in range(0, len(labels), 3):
        yield f"keuze {at}", compose_choice(labels[at:at + 3], knowledge, texts, doubts=at)


def _fixed() -> Iterator[tuple[str, Answer]]:
    texts = resources.texts()
    for name, entry in texts.entries["gesprek"].items():
        if isinstance(entry, dict):
            yield f"vast {name}", compose_fixed(entry, **SLOTS)
    needs = [*texts.entry("nood", "antwoorden"), "ongeval"]
    for need in needs:
        for language in ("", *texts.entry("nood", "talen")):
            yield f"nood {need} {language}", compose_crisis(
                f"{need}:{language}", resources.knowledge(), resources.facts(), texts, TODAY)
    for language in texts.entries["talen"]:
        if language not in {"bronnen", "knoppen"}:
            yield f"taal {language}", compose_language(language, texts)


def _programmes() -> Iterator[tuple[str, Answer]]:
    catalogue, texts = resources.catalogue(), resources.texts()
    info = catalogue.info
    programmes = tuple(p for p in catalogue.programmes.values() if p.dual)
    for p in programmes:
        yield f"opleiding {p.number}", compose_programme(
            ProgrammeShown((p,), "", info, 3, full_time(catalogue, (p,))), texts)
        yield f"pad {p.number}", compose_pathway(
            PathwayShown(pathway(catalogue, p.number), (), "", info,
                         image=Image(*route_picture(catalogue, p.number))), texts)
        found = goal(catalogue, p.number)
        picture = goal_picture(found)
        yield f"doel {p.number}", compose_pathway(
            PathwayShown(None, (), "", info, found,
                         image=Image(*picture) if picture else None), texts)
    for start in (0, 6, len(programmes) - 2):
        yield f"opleidingen vanaf {start}", compose_programme(
            ProgrammeShown(programmes, "duaal", info, 3, (), start=start), texts)
    yield "welk pad", compose_pathway(PathwayShown(None, programmes[:6], "hout", info), texts)
    for first, second in pairwise(programmes):
        sides = tuple(ProgrammeFacts(p, certificate(p)) for p in (first, second))
        yield f"vergelijk {first.number}", compose_comparison(
            ComparisonShown(sides, info), texts)


def _offers() -> Iterator[tuple[str, Answer]]:
    catalogue, texts = resources.catalogue(), resources.texts()
    places = [catalogue.places.meant([name])[0] for name in ("Gent", "De Panne", "Voeren")]
    for place in places:
        for numbers in ((), NUMBERS[:1], NUMBERS):
            result = search_offers(catalogue, OfferQuery(numbers, place))
            for cards in (0, 1, 5):
                hits = result.hits[:cards]
                shown = replace(result, hits=hits, nearest=hits[0] if hits else None,
                                found=result.found if hits else 0)
                yield f"aanbod {place.name} {len(numbers)} {cards}", compose_offers(
                    OffersShown(shown, catalogue.info, "iets met hout", outdated=True), texts)


def _schools() -> Iterator[tuple[str, Answer]]:
    catalogue, texts = resources.catalogue(), resources.texts()
    for key, school in catalogue.schools.items():
        clbs = catalogue.clbs_near(school.lat, school.lon)
        offered = tuple(catalogue.offers.get(key, {}).values())
        yield f"school {key}", compose_school(
            SchoolShown(school, offered, catalogue.info, clbs), texts)
    place = catalogue.places.meant(["Gent"])[0]
    for clbs in ((), catalogue.clbs_near(place.lat, place.lon)):
        yield f"overdracht {len(clbs)}", compose_handover(HandoverShown(clbs, place), texts)
    yield "overdracht", compose_handover(HandoverShown((), None), texts)


def _questions() -> Iterator[tuple[str, Answer]]:
    catalogue, texts = resources.catalogue(), resources.texts()
    programmes = tuple(catalogue.programmes[number] for number in NUMBERS)
    places = tuple({place.niscode: place for place in catalogue.places.all}.values())[:6]
    questions = {
        "plaats": Question("place"), "buiten": Question("place", unknown="Breda", outside=True),
        "onbekend": Question("place", unknown="*Zuid_*<b>&"), "opleiding": Question("programme"),
        "welke plaats": Question("which_place", places=places),
        "welke school": Question("school", schools=tuple(catalogue.schools.values())[:6]),
        "welke opleiding": Question("which_programme", programmes=programmes),
    }
    for name, question in questions.items():
        yield f"vraag {name}", compose_question(question, texts)
