import pytest

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.pathways import (
    EVIDENCE,
    RULE_FACTS,
    RULES,
    after,
    before,
    certificate,
    evidence,
    pathway,
)


@pytest.mark.parametrize(("number", "kind", "papers"), [
    ("133", "OK2", ("OK2", "BK")),
    ("88", "OK3", ("OK3", "BK")),
    ("93", "OK4", ("OK4", "BK")),
    ("822", "BK_NA_OK3", ("BK",)),
    ("700", "BK_NA_OK4", ("BK",)),
    ("900", "OK4_VOORBEREIDEND", ("OK4",)),
    ("22", "OV3", ("OV3", "BK")),
    ("588", "OK3", ()),
])
def test_each_programme_leads_to_its_papers(
    catalogue: Catalogue, number: str, kind: str, papers: tuple[str, ...]
) -> None:
    programme = catalogue.programmes[number]

    assert certificate(programme) == kind
    assert evidence(programme) == papers


def test_ok3_opens_no_bachelor_and_ok4_does() -> None:
    for kind in ("OK3", "BK_NA_OK3"):
        assert "geen_bachelor_rechtstreeks" in RULES[kind]
        assert "bachelor" not in RULES[kind]
        assert "voorbereidend" in RULES[kind]
    for kind in ("OK4", "BK_NA_OK4", "OK4_VOORBEREIDEND"):
        assert "bachelor" in RULES[kind]


def test_a_seventh_year_after_ok3_gives_no_new_diploma() -> None:
    assert "OK4" not in EVIDENCE["BK_NA_OK3"]


def test_every_rule_rests_on_a_fact() -> None:
    assert {rule for rules in RULES.values() for rule in rules} == set(RULE_FACTS)
    assert all(fact.startswith("trajecten:") for facts in RULE_FACTS.values() for fact in facts)


def test_what_follows_says_official_or_inferred_with_its_fact(catalogue: Catalogue) -> None:
    links = after(catalogue, "88")

    assert [(link.kind, link.title, link.status, link.facts) for link in links] == [
        ("graduaat", "HVAC-systemen", "afgeleid", ("trajecten:G11",)),
        ("zevende", "Elektrotechnicus duaal", "afgeleid", ("trajecten:Z20",)),
    ]
    assert links[0].colleges == ("Odisee", "UCLL")


def test_what_precedes_includes_the_introductory_year(catalogue: Catalogue) -> None:
    assert [(link.kind, link.number, link.status) for link in before(catalogue, "88")] == [
        ("aanloop", "588", "officieel"), ("vooraf", "133", "officieel")]


def test_a_pathway_holds_both_directions_and_the_rules(catalogue: Catalogue) -> None:
    path = pathway(catalogue, "88")

    assert path.after == after(catalogue, "88")
    assert path.before == before(catalogue, "88")
    assert (path.certificate, path.rules) == ("OK3", RULES["OK3"])


def test_a_programme_without_links_still_has_its_rules(catalogue: Catalogue) -> None:
    path = pathway(catalogue, "304")

    assert (path.after, path.before) == ((), ())
    assert path.rules


def test_an_unknown_number_is_a_key_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        pathway(catalogue, "9999")
