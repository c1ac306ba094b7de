"""Copies among example questions."""

from __future__ import annotations

from bot.knowledge.copies import copies


def test_the_same_question_in_two_files_is_an_error_whatever_its_spelling() -> None:
    (finding,) = copies({"a.yml": ["Hoeveel verdien je dan?"], "b.yml": ["hvl verdien je dan"]})
    assert finding.error
    assert (finding.file, "a.yml" in finding.reason) == ("b.yml", True)


def test_one_changed_word_in_one_file_is_a_warning() -> None:
    (finding,) = copies({"a.yml": ["moet ik zelf werkschoenen kopen",
                                   "moet ik zelf gereedschap kopen"]})
    assert not finding.error
    assert "werkschoenen" in finding.reason


def test_neighbours_that_differ_in_the_word_that_counts_may_stand_in_two_files() -> None:
    assert copies({"a.yml": ["moet ik het arbeidsreglement tekenen"],
                   "b.yml": ["moet ik het opleidingsplan tekenen"]}) == []


def test_short_and_truly_different_questions_are_no_copies() -> None:
    assert copies({"a.yml": ["hey", "heyyy", "wat is dat loon", "wat is een mentor"]}) == []


def test_two_findings_on_one_pair_are_one() -> None:
    same = "wat moet ik nu weer doen"
    assert len(copies({"a.yml": [same, f"{same}?"]})) == 1
