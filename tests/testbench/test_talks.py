"""Golden conversations from the page: saved whole or not at all, and held again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.talks import Turn, read_talks
from bot.errors import InputError, StartError
from bot.testbench import talk_makers
from bot.testbench.access import Role
from bot.testbench.held import Said
from bot.testbench.talks import Wanted, add, drafted, expected, file_of, remove, saved
from bot.testbench.worker import Reply
from tests.testbench.conftest import Bench
from tests.testbench.test_ask import ask, conversation

TURNS = (Turn("wat is duaal", ("knowledge",), (), ("Wat duaal leren is",), ("Brugge",),
              ("wat_is_duaal",)),
         Turn("2", (), ("place",)))
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")), min_size=1,
               max_size=60).map(str.strip).filter(bool)


def said(text: str, message: dict[str, Any], payload: str = "") -> Said:
    return Said(text, Reply([message], {}, None), payload)


def test_what_is_saved_is_read_back_by_the_bench_of_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "tests" / "bench" / "gesprekken_proefbank.yml"
    first, second = add(file, "een", TURNS), add(file, " twee  ", TURNS[:1])

    assert read_talks(file) == [first, second]
    remove(file, "een")
    assert [talk.name for talk in read_talks(file)] == ["twee"]
    remove(file, "twee")
    assert read_talks(file) == []


@given(text=LINE, part=LINE)
def test_any_words_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, text: str, part: str
) -> None:
    file = tmp_path_factory.mktemp("gesprek") / "g.yml"
    talk = add(file, "naam", [Turn(text, (), (), (part,), (part,))])

    assert read_talks(file) == [talk]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "een", "bel 0470 12 34 56"])
def test_a_name_must_be_its_own_and_say_nothing_of_people(tmp_path: Path, name: str) -> None:
    add(tmp_path / "g.yml", "een", TURNS)
    with pytest.raises(InputError):
        add(tmp_path / "g.yml", name, TURNS)
    assert len(saved(tmp_path / "g.yml")) == 1


def test_a_save_that_is_cut_off_leaves_the_old_file_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "g.yml"
    add(file, "een", TURNS)
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError("schijf vol")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StartError, match="niets bewaard"):
        add(file, "twee", TURNS)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_expectations_that_make_sense_are_filled_in() -> None:
    offers = {"kind": "offers", "text": "x", "understood": {
        "programmes": ["Kapper-stylist duaal", "Haarverzorging duaal"], "municipality": "Gent"},
        "buttons": [{"title": "Meer", "payload": "meer:3"}]}
    question = {"kind": "question", "text": "Waar?", "ask": "place"}
    drafts = drafted([said("kapper in Gent", offers), said("Toon meer", question, "meer:3"),
                      said("Toon meer", offers, "meer:3")])

    assert drafts[0] == Turn("kapper in Gent", ("offers",), (), ("Kapper-stylist duaal", "Gent"))
    assert drafts[1] == Turn("1", ("question",), ("place",))  # the number of the button
    assert drafts[2].text == "Toon meer"  # no number any more: its words


def test_only_expectations_of_the_form_are_kept() -> None:
    turn = expected(TURNS[0], Wanted(["knowledge", "verzonnen"], ["wat_is_duaal", "verzonnen"], [],
                                     " een \n\n twee "))

    assert turn == Turn("wat is duaal", ("knowledge",), (), ("een", "twee"), (),
                        ("wat_is_duaal",))
    assert expected(TURNS[0], Wanted([], [], [], "")).topics == ()
    for wrong in ("x" * 201, "mail jan.peeters@school.be", "\n".join("abcdefghijk")):
        with pytest.raises(InputError):
            expected(turn, Wanted([], [], [], wrong))


def test_while_a_conversation_is_saved_readers_see_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, real = tmp_path / "g.yml", os.fsync
    add(file, "een", TURNS)
    before, seen = file.read_bytes(), []

    def look(handle: int) -> None:
        seen.append(file.read_bytes())
        real(handle)

    monkeypatch.setattr(os, "fsync", look)
    add(file, "twee", TURNS)
    assert seen[0] == before != file.read_bytes()


@pytest.mark.parametrize(("text", "kind", "why"), [
    ("ik woon in de [adres]", "offers", "persoonlijke gegevens"),
    ("[nood]", "safety", "noodkreet")])
def test_what_may_not_be_kept_is_refused_with_a_reason(text: str, kind: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        drafted([said("hallo", {"kind": "smalltalk", "text": "dag"}),
                 said(text, {"kind": kind, "text": "help"})])


def test_a_conversation_just_held_is_saved_played_and_deleted_on_the_page(bench: Bench) -> None:
    tester, file = bench.person(), file_of(bench.desk.settings)
    sender = conversation(ask(tester, "wat is duaal leren"))
    tester.post("/vraag", {"knop": "onderwerp:week_indeling", "gesprek": sender})
    form = tester.get(f"/gesprekken/bewaar?gesprek={sender}").text
    assert 'name="onderwerp0" value="wat_is_duaal" checked' in form

    wanted = {"gesprek": sender, "naam": "duaal en de week", "soort0": "knowledge",
              "onderwerp0": "wat_is_duaal", "bevat0": "Wat duaal leren is",
              "soort1": "knowledge", "bevat1": "dagen"}
    page = tester.follow(tester.post("/gesprekken/bewaar", wanted))
    assert "2 van 2 beurten zoals verwacht" in page.text
    turns = read_talks(file)[0].turns
    assert [turn.text for turn in turns] == ["wat is duaal leren", "1"]
    assert [turn.topics for turn in turns] == [("wat_is_duaal",), ()]

    add(file, "dit gaat fout", [Turn("wat is duaal leren", ("offers",))])
    played = tester.post("/gesprekken/speel").text
    assert "2 van 3 beurten zoals verwacht" in played
    assert "soort knowledge" in played

    name = {"naam": "dit gaat fout"}
    assert tester.post("/gesprekken/verwijder", name).status_code == 403
    editor = bench.person(Role.EDITOR)
    assert "Zeker?" in editor.get("/gesprekken").text
    assert editor.post("/gesprekken/verwijder", name).status_code == 400
    assert len(read_talks(file)) == 2
    assert editor.post("/gesprekken/verwijder", {**name, "zeker": "ja"}).status_code == 303
    assert [talk.name for talk in read_talks(file)] == ["duaal en de week"]


def test_a_conversation_with_personal_data_cannot_be_saved_on_the_page(bench: Bench) -> None:
    tester = bench.person()
    sender = conversation(ask(tester, "bel mij op 0470 12 34 56 over duaal leren"))
    answer = tester.post("/gesprekken/bewaar", {"gesprek": sender, "naam": "met nummer"})

    assert answer.status_code == 400
    assert "persoonlijke gegevens" in answer.text
    assert "met nummer" not in tester.get("/gesprekken").text


def test_an_organisation_keeps_a_most_of_conversations_and_loses_nothing_of_a_refused_one(
    editable: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk_makers, "MOST", 1)
    first, other = editable.person(name="CLB Een"), editable.person(name="CLB Twee")
    file = file_of(editable.desk.settings)
    add(file, "van vroeger", TURNS)  # nobody knows of whom
    sender = conversation(ask(first, "wat is duaal leren"))
    form = {"gesprek": sender, "soort0": "knowledge", "bevat0": "duaal leren", "niet0": "Brugge"}
    assert first.post("/gesprekken/bewaar", {**form, "naam": "een"}).status_code == 303

    refused = first.post("/gesprekken/bewaar", {**form, "naam": "nog een", "soort0": ""})
    assert refused.status_code == 400
    assert "al 1 voorbeeldgesprekken. Vraag een redacteur" in refused.text
    assert 'value="nog een"' in refused.text
    assert ">duaal leren</textarea>" in refused.text
    assert ">Brugge</textarea>" in refused.text
    assert 'value="knowledge">' in refused.text  # not chosen, as it was sent
    assert [talk.name for talk in saved(file)] == ["van vroeger", "een"]
    theirs = {**form, "gesprek": conversation(ask(other, "wat is duaal leren"))}
    assert other.post("/gesprekken/bewaar", {**theirs, "naam": "twee"}).status_code == 303
    remove(file, "een")
    assert first.post("/gesprekken/bewaar", {**form, "naam": "nog een"}).status_code == 303


def test_a_name_that_is_taken_shows_the_form_again_with_what_was_typed(bench: Bench) -> None:
    tester = bench.person()
    add(file_of(bench.desk.settings), "bezet", TURNS)
    sender = conversation(ask(tester, "wat is duaal leren"))
    form = {"gesprek": sender, "naam": "bezet", "bevat0": "x" * 6000}
    long = tester.post("/gesprekken/bewaar", form)
    taken = tester.post("/gesprekken/bewaar", {**form, "bevat0": "duaal"})

    assert "hoogstens 200 tekens" in long.text
    assert "x" * 6000 in long.text
    assert "Er is al een gesprek met die naam" in taken.text
    assert ">duaal</textarea>" in taken.text
    remove(file_of(bench.desk.settings), "bezet")


NEED = "ik word gepest op mijn werk en ik durf niet meer te gaan"


def test_of_a_conversation_with_somebody_in_need_nothing_is_saved() -> None:
    with pytest.raises(InputError, match="noodkreet"):
        drafted([said(NEED, {"kind": "knowledge", "text": "x"})])


def test_a_name_or_an_expectation_holds_no_words_of_somebody_in_need(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="noodkreet"):
        add(tmp_path / "g.yml", NEED, TURNS)
    for fields in ((NEED, ""), ("", NEED)):
        with pytest.raises(InputError, match="noodkreet"):
            expected(TURNS[0], Wanted([], [], [], *fields))
    assert saved(tmp_path / "g.yml") == []
