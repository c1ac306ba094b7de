from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.check import Finding, check, flesch_douma, load_explained, sentences
from bot.knowledge.facts import Facts
from bot.knowledge.model import Source
from tests.knowledge.values import TODAY, fact, knowledge, topic

FACTS: Facts = {
    "nu": fact("nu", "500 euro", "2026-09-01", "2027-08-31"),
    "oud": fact("oud", "400 euro", "2025-09-01", "2026-08-31"),
}


def found(explained: frozenset[str] = frozenset(), **changes: Any) -> list[Finding]:
    return check(knowledge(topic(**changes)), FACTS, explained, TODAY)


def test_an_answer_that_keeps_every_rule_has_no_findings() -> None:
    assert found() == []
    assert found(text="Je krijgt {nu}. Dat is genoeg.", bullets=()) == []


# the fields of one topic that break exactly one rule, the field and the reason that are named
ERRORS: dict[str, tuple[dict[str, Any], str, str]] = {
    "long question": ({"question": "x" * 61}, "vraag", "61 tekens"),
    "long button": ({"button": "x" * 21}, "knop", "21 tekens"),
    "same question twice": ({"examples": ("Wat is dat", "wat is dat")}, "examples", "dubbele"),
    "no source": ({"sources": ()}, "bronnen", "ontbreken"),
    "source without web address": ({"sources": (Source("t", "www.example.org", "2026"),)},
                                   "bronnen", "www.example.org"),
    "unknown follow-up": ({"followups": ("weg",)}, "vervolg", "weg"),
    "follow-up to itself": ({"followups": ("wat_is_duaal",)}, "vervolg", "wat_is_duaal"),
    "no fact code": ({"facts": ()}, "feiten", "ontbreken"),
    "malformed fact code": ({"facts": ("F4.03",)}, "feiten", "F4.03"),
    "unknown fact": ({"text": "Je krijgt {weg}."}, "text", "{weg}"),
    "unknown fact in a bullet": ({"bullets": ("Je krijgt {weg}.",)}, "text", "{weg}"),
    "fact that holds no longer": ({"text": "Je krijgt {oud}."}, "text", "{oud}"),
    "expired": ({"expires": date(2026, 11, 22)}, "vervalt", "2026-11-22"),
    "81 words": ({"text": "Je leert veel. " * 27}, "text", "81 woorden"),
    "seven bullets": ({"bullets": ("Je leert.",) * 7}, "punten", "7"),
    "sentence of 21 words": ({"text": "Je " + "leert en " * 10 + "."}, "text", "lange zin"),
    "bullet of 21 words": ({"bullets": ("Je " + "leert en " * 10 + ".",)}, "text", "lange zin"),
    "hard to read": ({"text": "Verantwoordelijkheid veronderstelt organisatie. "
                              "Universiteiten ontwikkelen mogelijkheden."}, "text",
                     "leest moeilijk"),
    "longer than a Messenger text": ({"bullets": ("Je leert veel op school en werk. " * 9,) * 6},
                                     "text", "tekens"),
    "rare word": ({"text": "Je leert over een trajectplan."}, "text", "trajectplan"),
}


@pytest.mark.parametrize("example", ERRORS.values(), ids=ERRORS.keys())
def test_a_broken_rule_is_one_error_with_file_field_reason_and_fix(
    example: tuple[dict[str, Any], str, str]
) -> None:
    changes, field, reason = example

    (finding,) = found(**changes)

    assert (finding.file, finding.field, finding.error) == ("wat/wat_is_duaal.yml", field, True)
    assert reason in finding.reason
    assert finding.fix


@pytest.mark.parametrize("changes", [
    {"question": "x" * 60}, {"button": "x" * 20}, {"expires": TODAY}, {"review_by": TODAY},
    {"bullets": ("Je leert.",) * 6}, {"text": "Je leert veel. " * 26 + "Je werkt."},
    {"text": "Je " + "leert en " * 9 + "werkt."},
], ids=lambda changes: next(iter(changes)))
def test_the_limits_themselves_are_allowed(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


@pytest.mark.parametrize(("changes", "field"), [
    ({"review_by": date(2026, 11, 22)}, "herzien_voor"),
    ({"school_year": "2025-2026"}, "geldig"),
])
def test_work_for_an_editor_is_a_warning_and_stops_nothing(
    changes: dict[str, Any], field: str
) -> None:
    (finding,) = found(**changes)

    assert (finding.field, finding.error) == (field, False)
    assert str(finding).startswith("let op: wat/wat_is_duaal.yml")


@pytest.mark.parametrize(("today", "warned"), [
    (date(2027, 8, 31), False), (date(2027, 9, 1), True)])
def test_a_school_year_ends_with_august(today: date, warned: bool) -> None:
    findings = check(knowledge(topic(review_by=None)), FACTS, frozenset(), today)

    assert [f.field for f in findings] == (["geldig"] if warned else [])


def test_a_school_year_that_is_none_is_a_finding() -> None:
    assert [f.field for f in found(school_year="altijd")] == ["geldig"]


def test_two_topics_with_the_same_button_name_each_other() -> None:
    (finding,) = check(knowledge(topic("a"), topic("b")), FACTS, frozenset(), TODAY)

    assert (finding.file, finding.field) == ("wat/b.yml", "knop")
    assert "wat/a.yml" in finding.reason


def test_a_follow_up_to_another_topic_is_allowed() -> None:
    known = knowledge(topic("a", followups=("b",)), topic("b", button="Andere knop"))

    assert check(known, FACTS, frozenset(), TODAY) == []


def test_an_unwritten_answer_is_held_only_to_its_labels_and_links() -> None:
    assert found(written=False, facts=(), text="", expires=date(2020, 1, 1)) == []
    assert [f.field for f in found(written=False, button="x" * 21, sources=())] == [
        "knop", "bronnen"]


def test_an_explained_word_and_a_web_address_may_be_rare() -> None:
    assert found(frozenset({"trajectplan"}), text="Je leert over een trajectplan.") == []
    assert found(text="Kijk op trajectplannen.be.") == []


def test_the_words_of_a_fact_count_as_they_are_shown() -> None:
    facts = {"nu": fact("nu", " ".join(["een"] * 25), "2026-09-01", "2027-08-31")}

    (finding,) = check(knowledge(topic(text="Je krijgt {nu}.")), facts, frozenset(), TODAY)

    assert "lange zin" in finding.reason


def test_each_bullet_and_each_line_is_a_sentence_of_its_own() -> None:
    spoken = sentences(topic(text="Een. Twee!\nDrie", bullets=("Vier", "Vijf? Zes")), FACTS)

    assert spoken == ["Een.", "Twee!", "Drie", "Vier", "Vijf?", "Zes"]


def test_short_words_read_easier_than_long_ones() -> None:
    easy, hard = topic(bullets=()), topic(text="Organisaties ontwikkelen mogelijkheden.")

    assert flesch_douma(easy, FACTS) > 60 > flesch_douma(hard, FACTS)


def test_explained_words_are_read_without_comments_and_empty_lines(tmp_path: Path) -> None:
    file = tmp_path / "uitgelegd.txt"
    file.write_text("# woorden\n\nmentor \nwerkplek\n", encoding="utf-8")

    assert load_explained(file) == {"mentor", "werkplek"}
    assert load_explained(tmp_path / "weg.txt") == frozenset()
