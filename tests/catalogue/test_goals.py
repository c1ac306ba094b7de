"""Words for goals, and the ways that lead to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.goals import (
    GOAL_FACTS,
    GRADUATE_RULES,
    MAX_ROUTES,
    MAX_STEPS,
    OWN_RULES,
    SEVENTH_RULES,
    entry_rules,
    goal,
    routes_to,
)
from bot.catalogue.ways import Route
from tests.catalogue.conftest import DATA, rows

Edit = Callable[[str, str, str], None]


def names(route: Route) -> list[str]:
    return [route.start.title, *(step.title for step in route.steps)]


@pytest.mark.parametrize(("word", "graduate"), [
    ("basisverpleegkundige", "basisverpleegkunde"), ("Verpleegkunde", "basisverpleegkunde"),
    ("boekhouder", "accounting administration"), ("software developer", "programmeren"),
    ("maatschappelijk werker", "maatschappelijk werk"), ("werfleider", "werforganisatie"),
    ("elektromechanicus", "elektromechanische systemen"),
    ("leerkracht", "educatief graduaat secundair onderwijs"), ("hr-medewerker", "HR-support"),
    ("cybersecurity", "systeem- en netwerkbeheer"), ("winkelmanager", "winkelmanagement"),
    ("gebarentaal", "tolk Vlaamse Gebarentaal"), ("graduaat hvac-systemen", "HVAC-systemen"),
])
def test_a_well_known_profession_or_study_means_its_graduate_programme(
    real: Catalogue, word: str, graduate: str
) -> None:
    found = real.find_goal(word)

    assert found is not None
    assert found.name == graduate


def test_every_graduate_programme_has_everyday_words_and_all_lead_to_one(real: Catalogue) -> None:
    words = rows(DATA / "doelen.csv")

    assert len(words) >= 120
    assert {w["graduaat"] for w in words} == {g.name for g in real.graduates.values()}
    assert all(w["alias"] == w["alias"].strip().lower() for w in words)
    assert {w["alias"] for w in words} <= set(real.goals)


def test_no_title_of_a_programme_is_a_goal(real: Catalogue) -> None:
    assert not {name for name in real.goals if real.names.is_title(name)}
    assert real.find_goal("bedrijfsorganisatie") is None
    found = real.find_goal("graduaat bedrijfsorganisatie")
    assert found is not None


def test_a_word_of_no_goal_is_none(real: Catalogue) -> None:
    assert real.find_goal("kapper") is None
    assert real.find_goal("") is None


def test_a_profession_is_told_from_a_study(catalogue: Catalogue) -> None:
    assert catalogue.professions == {"klimaattechnicus"}
    assert set(catalogue.goals) == {"klimaattechnicus", "klimaatstudie", "hvac-systemen",
                                    "graduaat hvac-systemen"}


def test_a_way_goes_from_the_second_grade_to_the_goal(real: Catalogue) -> None:
    ways = [names(route) for route in routes_to(real, "basisverpleegkunde")]

    assert ways == [
        ["Schoonmaker duaal", "Basiszorg en ondersteuning duaal", "basisverpleegkunde"],
        ["Assistentie in wonen, zorg en welzijn duaal", "basisverpleegkunde"],
        ["Schoonmaker duaal", "Basiszorg en ondersteuning duaal",
         "Verzorgende/Zorgkundige duaal", "basisverpleegkunde"],
    ]


def test_an_official_way_comes_first_and_then_the_one_with_most_addresses(real: Catalogue) -> None:
    joiner = routes_to(real, "836")

    assert [route.official for route in joiner] == [True, True]
    kitchen = [route.start.addresses for route in routes_to(real, "304")]
    assert kitchen == sorted(kitchen, key=lambda n: -(n or 0))
    assert len(kitchen) == MAX_ROUTES


def test_no_step_of_any_way_is_invented(real: Catalogue) -> None:
    known = {(r["van"], r["naar"].lower()): r["status"] for r in rows(DATA / "vervolg.csv")}
    for target in (*real.programmes, *real.graduates):
        ways = routes_to(real, target)
        assert len(ways) <= MAX_ROUTES
        for way in ways:
            before = way.start.number
            for step in way.steps:
                after = step.number or step.title
                assert known[before, after.lower()] == step.status, (before, after)
                before = after
            assert before.lower() == target, target
            assert len(way.steps) < MAX_STEPS


def test_no_two_ways_read_the_same(real: Catalogue) -> None:
    for target in (*real.programmes, *real.graduates):
        told = [tuple(names(way)) for way in routes_to(real, target)]
        assert len(set(told)) == len(told), target


def test_a_way_never_has_more_than_four_programmes(
    edit: Edit, reopened: Callable[[], Catalogue]
) -> None:
    more = "".join(f"{a},{b},zevende,afgeleid,lang,trajecten:Z20,test,2026-09-01\n"
                   for a, b in (("822", "700"), ("700", "900"), ("900", "133")))
    edit("vervolg.csv", "88,822,", f"{more}88,822,")  # a ring of five

    for target in ("133", "88", "822", "900"):
        assert {len(way.steps) for way in routes_to(reopened(), target)} == {MAX_STEPS - 1}


def test_a_programme_that_nothing_leads_to_is_a_way_of_its_own(catalogue: Catalogue) -> None:
    (way,) = routes_to(catalogue, "133")

    assert names(way) == ["Installateur duaal"]


def test_a_graduate_programme_that_nothing_leads_to_has_no_way(real: Catalogue) -> None:
    assert routes_to(real, "HR-support") == ()
    assert goal(real, "hr-support").rules == GRADUATE_RULES


@pytest.mark.parametrize("target", ["9999", "kapper", ""])
def test_an_unknown_goal_is_a_key_error(catalogue: Catalogue, target: str) -> None:
    with pytest.raises(KeyError):
        goal(catalogue, target)


@pytest.mark.parametrize(("number", "rules"), [
    ("133", ("start_duaal",)), ("88", ("instap_graad3",)), ("822", ("instap_zevende_ok3",)),
    ("700", ("instap_zevende_ok4",)), ("900", ()), ("22", ()), ("588", ()),
])
def test_who_may_start_a_programme_is_a_rule(
    catalogue: Catalogue, number: str, rules: tuple[str, ...]
) -> None:
    assert entry_rules(catalogue.programmes[number]) == rules


def test_graduates_with_rules_of_their_own_exist_and_every_rule_rests_on_a_fact(
    real: Catalogue,
) -> None:
    told = {"start_duaal", "instap_graad3", *GRADUATE_RULES}
    for rules in (*OWN_RULES.values(), *SEVENTH_RULES.values()):
        told |= set(rules)

    assert set(OWN_RULES) <= {g.name for g in real.graduates.values()}
    assert told == set(GOAL_FACTS)
    assert goal(real, "basisverpleegkunde").rules == OWN_RULES["basisverpleegkunde"]


def test_a_goal_says_what_it_gives(catalogue: Catalogue) -> None:
    assert goal(catalogue, "822").certificate == "BK_NA_OK3"
    assert goal(catalogue, "HVAC-systemen").certificate == "GRADUAAT"
    assert goal(catalogue, "hvac-systemen").title == "het graduaat HVAC-systemen"
