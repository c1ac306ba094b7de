from typing import Any

import pytest

from bot.answers.compose.pathway import compose_pathway
from bot.answers.compose.results import PathwayShown
from bot.answers.texts import Texts
from bot.catalogue.model import Link, Pathway
from bot.catalogue.pathways import RULES
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
