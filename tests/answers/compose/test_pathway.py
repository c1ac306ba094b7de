from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.answers.compose.pathway import compose_pathway
from bot.answers.compose.results import PathwayShown
from bot.answers.model import Image
from bot.answers.texts import Texts
from bot.catalogue.goals import GOAL_FACTS, OWN_RULES
from bot.catalogue.model import Graduate, Programme
from bot.catalogue.pathways import RULES
from bot.catalogue.ways import Goal, Link, Pathway, Route
from tests.answers.values import INFO, contract, programme

SEVENTH = Link("zevende", "Elektrotechnicus duaal", "822", official=False, addresses=25)
GRADUATE = Link("graduaat", "HVAC-systemen", None, official=False, colleges=("Odisee", "UCLL"),
                url="https://example.org")
BEFORE = Link("vooraf", "Installateur duaal", "133", official=True)


def shown(texts: Texts, *after: Link, before: tuple[Link, ...] = (), kind: str = "OK3",
          interest: str = "") -> dict[str, Any]:
    path = Pathway(programme(), kind, RULES[kind], after, before)
    return contract(compose_pathway(PathwayShown(path, (), interest, INFO), texts))


def test_an_inferred_step_is_marked_and_an_official_one_too(texts: Texts) -> None:
    seventh, graduate, before = shown(texts, SEVENTH, GRADUATE, before=(BEFORE,))["cards"]

    assert "geen officiële" in seventh["lines"][0]
    assert seventh["lines"][0] == graduate["lines"][0] == texts.say("pad", "afgeleid")
    assert before["lines"] == [texts.say("pad", "officieel")]
    assert texts.say("pad", "officieel") != texts.say("pad", "afgeleid")


def test_a_step_says_what_it_is_and_where_it_leads(texts: Texts) -> None:
    seventh, graduate, before = shown(texts, SEVENTH, GRADUATE, before=(BEFORE,))["cards"]

    assert [c["subtitle"] for c in (seventh, graduate, before)] == [
        texts.entry("pad", "soorten")[kind] for kind in ("zevende", "graduaat", "vooraf")]
    assert (seventh["payload"], seventh["programme"]) == ("opleiding:822", "822")
    assert any("25 adressen" in line for line in seventh["lines"])
    assert "payload" not in graduate
    assert graduate["url"] == "https://example.org"
    assert any("Odisee en UCLL" in line for line in graduate["lines"])


@pytest.mark.parametrize("kind", RULES)
def test_every_certificate_and_every_rule_has_its_words(texts: Texts, kind: str) -> None:
    said = shown(texts, kind=kind)

    assert said["text"].endswith(texts.entry("pad", "bewijzen")[kind])
    assert said["bullets"] == [texts.entry("pad", "regels")[rule] for rule in RULES[kind]]


def test_steps_within_school_come_before_graduates_and_what_precedes_comes_last(
    texts: Texts,
) -> None:
    said = shown(texts, GRADUATE, SEVENTH, before=(BEFORE,))

    assert [c["title"] for c in said["cards"]] == [
        "Elektrotechnicus duaal", "HVAC-systemen", "Installateur duaal"]


def test_a_long_pathway_is_cut_to_what_a_person_can_read(texts: Texts) -> None:
    sevenths = [Link("zevende", f"Z{i}", str(i), official=True) for i in range(20)]
    graduates = [Link("graduaat", f"G{i}", None, official=False) for i in range(20)]
    before = tuple(Link("vooraf", f"V{i}", str(i), official=True) for i in range(20))
    cards = shown(texts, *graduates, *sevenths, before=before)["cards"]

    assert [c["title"] for c in cards] == [
        *(f"Z{i}" for i in range(8)), *(f"G{i}" for i in range(4)), *(f"V{i}" for i in range(4))]


def test_the_answer_has_the_sources_of_the_programme_and_of_the_rules(texts: Texts) -> None:
    said = shown(texts, interest="stroom")

    assert [s["title"] for s in said["sources"]] == [
        "Een bron", *(b["titel"] for b in texts.entry("pad", "bronnen"))]
    assert [b["payload"] for b in said["buttons"]] == ["taak:aanbod", "onderwerp:ok3_ok4"]
    assert said["understood"] == {"programmes": ["Elektrische installaties duaal"],
                                  "interest": "stroom", "years": [5, 6]}


def test_a_name_with_several_meanings_is_asked_with_at_most_six_choices(texts: Texts) -> None:
    choices = tuple(programme(str(i), f"Opleiding {i} duaal") for i in range(9))
    said = contract(compose_pathway(PathwayShown(None, choices, "hout", INFO), texts))

    assert (said["kind"], said["ask"]) == ("question", "which_programme")
    assert "hout" in said["text"]
    assert [b["payload"] for b in said["buttons"]] == [f"opleiding:{i}" for i in range(6)]
    assert "cards" not in said


PICTURE = Image("/opleidingen/beeld/88.svg", "Na dit kan dat volgen.")
CARE = programme("665", "Basiszorg duaal", addresses=30)
START = programme("205", "Kamerdienst duaal", grade="2", years=(3, 4), addresses=9)
TO_CARE = Link("graad3", "Basiszorg duaal", "665", official=True, addresses=30)
TO_NURSE = Link("zevende", "Zorgkundige duaal", "755", official=False, addresses=51)
DIPLOMA = Link("graduaat", "basisverpleegkunde", None, official=False, colleges=("Odisee",),
               url="https://example.org", checked="2026-27")
NURSING = Graduate("basisverpleegkunde", "zorg", "", ("Odisee",), "https://example.org", "2026-27")


def told(texts: Texts, *routes: Route, target: Programme | None = None, interest: str = "",
         profession: bool = False) -> dict[str, Any]:
    """The ways to a programme, or else to the graduate programme NURSING."""
    made = Goal("755", target.title, target, None, "BK_NA_OK3", ("instap_zevende_ok3",),
                routes) if target else Goal(
        "basisverpleegkunde", "het graduaat basisverpleegkunde", None, NURSING, "GRADUAAT",
        OWN_RULES["basisverpleegkunde"], routes)
    return contract(compose_pathway(
        PathwayShown(None, (), interest, INFO, made, profession, PICTURE), texts))


def test_a_pathway_has_its_picture(texts: Texts) -> None:
    path = Pathway(programme(), "OK3", RULES["OK3"], (SEVENTH,), ())
    said = contract(compose_pathway(PathwayShown(path, (), "", INFO, image=PICTURE), texts))

    assert said["image"] == {"url": PICTURE.url, "alt": PICTURE.alt}


def test_the_ways_to_a_goal_are_lines_with_what_each_step_rests_on(texts: Texts) -> None:
    said = told(texts, Route(START, (TO_CARE, TO_NURSE, DIPLOMA)), Route(CARE, (DIPLOMA,)))

    assert (said["kind"], said["title"]) == ("pathway", "Naar het graduaat basisverpleegkunde")
    assert said["bullets"][:2] == [
        "Route 1: 3de en 4de jaar Kamerdienst duaal → 5de en 6de jaar Basiszorg duaal (officiële "
        "volgorde) → 7de jaar Zorgkundige duaal (vaak gekozen, geen officiële regel) → graduaat "
        "basisverpleegkunde (vaak gekozen, geen officiële regel)",
        "Route 2: 5de en 6de jaar Basiszorg duaal → graduaat basisverpleegkunde (vaak gekozen, "
        "geen officiële regel)",
    ]
    assert said["bullets"][2:] == [texts.entry("pad", "regels")[rule]
                                   for rule in OWN_RULES["basisverpleegkunde"]]
    assert said["text"].endswith(texts.entry("pad", "bewijzen")["GRADUAAT"])
    assert said["image"]["url"] == PICTURE.url


def test_each_step_to_a_goal_is_one_card_by_school_year(texts: Texts) -> None:
    other = programme("319", "Schoonmaak duaal", grade="2", years=(3, 4))
    cards = told(texts, Route(START, (TO_CARE, TO_NURSE, DIPLOMA)),
                 Route(other, (TO_CARE, DIPLOMA)))["cards"]

    assert [(c["title"], c["subtitle"]) for c in cards] == [
        ("Kamerdienst duaal", "eerst, 3de en 4de jaar"),
        ("Schoonmaak duaal", "eerst, 3de en 4de jaar"),
        ("Basiszorg duaal", "daarna, 5de en 6de jaar"),
        ("Zorgkundige duaal", "daarna, 7de jaar"),
        ("basisverpleegkunde", "daarna, graduaat (hoger onderwijs)"),
    ]
    assert [c.get("payload") for c in cards] == [
        "opleiding:205", "opleiding:319", "opleiding:665", "opleiding:755", None]
    assert cards[-1]["lines"] == [texts.say("pad", "afgeleid"), "Bij Odisee (stand 2026-27)"]
    assert len({c["id"] for c in cards}) == len(cards)


def test_a_step_that_is_official_in_one_way_only_is_not_told_as_official(texts: Texts) -> None:
    inferred = replace(TO_CARE, official=False)
    for first, second in ((TO_CARE, inferred), (inferred, TO_CARE)):
        cards = told(texts, Route(START, (first, DIPLOMA)),
                     Route(replace(START, number="319"), (second, DIPLOMA)))["cards"]
        (care,) = [c for c in cards if c["id"] == "graad3-665"]

        assert care["lines"][0] == texts.say("pad", "afgeleid")


def test_the_buttons_ask_where_the_first_step_is_and_what_it_is(texts: Texts) -> None:
    where, first, more = told(texts, Route(START, (TO_CARE, DIPLOMA)))["buttons"]

    assert (where["payload"], where["label"]) == ("taak:aanbod",
                                                  "Waar kan ik Kamerdienst duaal volgen?")
    assert first["payload"] == "opleiding:205"
    assert more["payload"] == "onderwerp:ok3_ok4"


def test_a_profession_is_what_you_become(texts: Texts) -> None:
    said = told(texts, Route(CARE, (DIPLOMA,)), interest="basisverpleegkundige", profession=True)

    assert said["title"] == "Zo word je basisverpleegkundige"
    assert said["understood"] == {"interest": "basisverpleegkundige"}
    assert "basisverpleegkunde" in said["text"]


def test_a_goal_without_known_ways_says_so_and_who_may_start(texts: Texts) -> None:
    said = told(texts, interest="basisverpleegkundige", profession=True)

    assert said["text"].startswith("Ik ken geen duale opleiding")
    assert said["bullets"] == [texts.entry("pad", "regels")[rule]
                               for rule in OWN_RULES["basisverpleegkunde"]]
    (card,) = said["cards"]
    assert (card["title"], card["lines"]) == ("basisverpleegkunde", ["Bij Odisee (stand 2026-27)"])
    assert [b["payload"] for b in said["buttons"]] == ["onderwerp:ok3_ok4"]


def test_a_programme_that_is_its_own_start_has_no_route_line(texts: Texts) -> None:
    said = told(texts, Route(CARE, ()), target=CARE)

    assert said["text"].startswith("Ik ken geen opleiding die vóór Basiszorg duaal komt.")
    assert said["bullets"] == [texts.entry("pad", "regels")["instap_zevende_ok3"]]
    assert [c["title"] for c in said["cards"]] == ["Basiszorg duaal"]


def test_every_rule_for_a_goal_has_its_words(texts: Texts) -> None:
    assert set(GOAL_FACTS) <= set(texts.entry("pad", "regels"))


def test_the_source_of_a_graduate_programme_is_told_with_its_own_date(texts: Texts) -> None:
    sources = told(texts, Route(CARE, (DIPLOMA,)))["sources"]

    assert [s["title"] for s in sources[:2]] == [
        "Een bron", "Graduaat basisverpleegkunde: lijst van opleidingen"]
    assert (sources[1]["published"], sources[1]["url"]) == ("2026-27", "https://example.org")
