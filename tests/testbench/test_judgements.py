"""Two people judge an answer without knowing what the other thought; an editor decides."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.database import Database
from bot.testbench.held import Said
from bot.testbench.judgements import Judgements
from bot.testbench.verdicts import Answered, Stand, answered, to_csv
from bot.testbench.worker import Reply
from tests.testbench.conftest import Bench, Client, Moment
from tests.testbench.test_ask import ask, conversation

DAY = 24 * 3600.0
ABOUT = Answered((("zeg", "hoeveel verdien ik"),), "hoeveel verdien ik", "640 euro", "k1",
                 "knowledge", "leervergoeding_bedrag", "geld", "model-a")


@pytest.fixture
def store(tmp_path: Path, moment: Moment) -> Judgements:
    return Judgements(Database(tmp_path / "proefbank.sqlite"), moment)


def test_one_judgement_asks_for_a_second_and_counts_for_nothing(store: Judgements) -> None:
    store.add(ABOUT, "a", "goed")

    assert [item.stand for item in store.all()] == [Stand.SINGLE]
    assert store.settled_verdicts() == []


def test_two_who_agree_count(store: Judgements) -> None:
    store.add(ABOUT, "a", "goed")
    store.add(replace(ABOUT, inputs=(("zeg", "Hoeveel verdien ik ?!"),)), "b", "goed")

    assert store.settled_verdicts() == [("leervergoeding_bedrag", "geld", "goed")]
    assert store.open_disagreements() == []


@pytest.mark.parametrize(("first", "second", "stand"), [
    (("goed", ""), ("fout", ""), Stand.OPEN),
    (("fout", "groeipakket"), ("fout", "studentenjob"), Stand.OPEN),
    (("fout", "groeipakket"), ("fout", ""), Stand.AGREED),
    (("goed", ""), ("goed", "groeipakket"), Stand.OPEN),
    (("goed", ""), ("goed", "leervergoeding_bedrag"), Stand.AGREED),
])
def test_people_disagree_by_verdict_or_by_the_topic_that_is_right(
    store: Judgements, first: tuple[str, str], second: tuple[str, str], stand: Stand
) -> None:
    store.add(ABOUT, "a", *first)
    store.add(ABOUT, "b", *second)

    assert store.all()[0].stand is stand


def test_who_judges_again_replaces_their_own_judgement(store: Judgements) -> None:
    store.add(ABOUT, "a", "fout")
    store.add(ABOUT, "b", "goed")
    store.add(ABOUT, "a", "goed", remark="toch wel")

    item = store.all()[0]
    assert item.stand is Stand.AGREED
    assert sorted(j.judge for j in item.judgements) == ["a", "b"]


def test_an_answer_that_changed_asks_for_new_judgements(store: Judgements) -> None:
    store.add(ABOUT, "a", "verouderd")
    store.add(ABOUT, "b", "verouderd")
    store.add(replace(ABOUT, answer_key="k2"), "a", "goed")

    assert [item.stand for item in store.all()] == [Stand.SINGLE]
    assert store.open_disagreements() == []


def test_the_same_words_after_something_else_are_another_question(store: Judgements) -> None:
    store.add(ABOUT, "a", "goed")
    store.add(replace(ABOUT, inputs=(("druk", "thema:geld"), *ABOUT.inputs)), "b", "fout")

    assert len(store.all()) == 2


def test_personal_data_in_a_remark_is_not_kept(store: Judgements) -> None:
    store.add(ABOUT, "a", "fout", remark="vraag het aan jan.peeters@school.be")

    assert store.all()[0].judgements[0].remark == "vraag het aan [e-mail]"


@pytest.mark.parametrize(("verdict", "remark"), [("mooi", ""), ("", ""), ("goed", "x" * 301)])
def test_a_judgement_that_makes_no_sense_is_refused(
    store: Judgements, verdict: str, remark: str
) -> None:
    with pytest.raises(InputError):
        store.add(ABOUT, "a", verdict, remark=remark)
    assert store.all() == []


def test_an_editor_decides_with_a_reason_and_only_on_a_disagreement(
    store: Judgements, moment: Moment
) -> None:
    store.add(ABOUT, "a", "goed")
    store.add(ABOUT, "b", "fout", "groeipakket")
    item = store.open_disagreements()[0]
    with pytest.raises(InputError, match="waarom"):
        store.settle(item.id, "e", "fout", "groeipakket", " ")
    moment.now += 3 * DAY
    store.settle(item.id, "e", "fout", "groeipakket", "Het bedrag is oud.")

    assert store.open_disagreements() == []
    assert store.settled_verdicts() == [("leervergoeding_bedrag", "geld", "fout")]
    assert store.settled_verdicts(date.fromtimestamp(moment.now)) != []
    assert store.settled_verdicts(date.fromtimestamp(moment.now + DAY)) == []
    assert [found.settlement for found in store.for_topic("groeipakket")] \
        == [store.all()[0].settlement]
    assert store.for_topic("studentenjob") == []
    with pytest.raises(InputError, match="onenigheid"):
        store.settle(item.id, "e", "goed", "", "nog eens")


def test_disagreements_come_first_then_second_judgements(store: Judgements) -> None:
    for number, verdicts in enumerate((("goed", "goed"), ("goed",), ("goed", "fout"))):
        for judge, verdict in zip("ab", verdicts):
            store.add(replace(ABOUT, inputs=(("zeg", f"vraag {number}"),)), judge, verdict)

    assert [item.stand for item in store.all()] == [Stand.OPEN, Stand.SINGLE, Stand.AGREED]


def test_an_export_keeps_a_lone_verdict_blind_and_runs_no_formula(store: Judgements) -> None:
    store.add(replace(ABOUT, question="=HYPERLINK(1)"), "a", "fout", remark="@som")

    assert len(to_csv(store.all(), "b").splitlines()) == 1
    rows = list(csv.DictReader(io.StringIO(to_csv(store.all(), "a")), delimiter=";"))
    assert rows[0]["soort"] == "antwoord over een onderwerp"
    assert (rows[0]["vraag"], rows[0]["opmerking"]) == ("'=HYPERLINK(1)", "'@som")


def test_judgements_survive_a_restart(tmp_path: Path, moment: Moment) -> None:
    file = tmp_path / "proefbank.sqlite"
    Judgements(Database(file), moment).add(ABOUT, "a", "goed", remark="duidelijk")

    judgement = Judgements(Database(file), moment).all()[0].judgements[0]
    assert (judgement.about, judgement.remark) == (ABOUT, "duidelijk")


def test_of_a_conversation_with_a_cry_for_help_nothing_is_judged() -> None:
    crisis = Said("[nood]", Reply([], {"intent": {"name": "nood"}}, None))
    plain = Said("hallo", Reply([{"kind": "smalltalk", "text": "dag"}], {}, None))
    with pytest.raises(InputError, match="noodkreet"):
        answered((crisis, plain), "", "", "m", "web", "leerling")


def judge(client: Client, text: str, verdict: str, **more: str) -> None:
    sender = conversation(ask(client, text))
    answer = client.post("/vraag/oordeel", {
        "gesprek": sender, "beurt": "0", "oordeel": verdict, **more})
    assert answer.status_code == 303, answer.text


def test_a_second_person_judges_blind_and_an_editor_decides(bench: Bench) -> None:
    first, second = bench.person(name="CLB Een"), bench.person(name="CLB Twee")
    judge(first, "wat kost duaal leren", "onvolledig", opmerking="kijk in zwaluwnest")
    waiting = second.get("/oordelen").text
    assert "wat kost duaal leren" in waiting
    assert "zwaluwnest" not in waiting
    assert "zwaluwnest" not in second.get("/oordelen/oordelen.csv").text
    assert "wat kost duaal leren" not in second.get("/oordelen?oordeel=onvolledig").text
    item = re.findall(r'name="vraag" value="(\d+)"', waiting)[0]
    assert first.post("/oordelen/tweede", {"vraag": item}).status_code == 400

    asked = second.post("/oordelen/tweede", {"vraag": item})
    assert asked.headers["Location"].endswith("#beurt-0")
    page = second.follow(asked)
    assert "Wat de eerste vond, tonen we niet" in page.text
    assert "zwaluwnest" not in page.text
    second.post("/vraag/oordeel", {"gesprek": conversation(page), "beurt": "0",
                                   "oordeel": "goed", "blind": "1"})
    assert "zwaluwnest" in second.get("/oordelen").text

    decision = {"oordeel": "goed", "reden": "Het antwoord zegt het wel."}
    item = str(next(i.id for i in bench.desk.store(Judgements).open_disagreements()))
    assert second.post("/oordelen/beslis", {"vraag": item, **decision}).status_code == 403
    editor = bench.person(Role.EDITOR)
    done = editor.follow(editor.post("/oordelen/beslis", {"vraag": item, **decision}))
    assert "Het antwoord zegt het wel." in done.text
    assert not bench.desk.store(Judgements).open_disagreements()


def test_a_judgement_with_an_unknown_topic_or_turn_is_refused(tester: Client) -> None:
    sender = conversation(ask(tester, "wat is duaal leren"))
    for more in ({"beurt": "0", "onderwerp": "bestaat_niet"}, {"beurt": "7"}, {"beurt": "x"}):
        answer = tester.post("/vraag/oordeel", {"gesprek": sender, "oordeel": "goed", **more})
        assert answer.status_code == 400, more


NEED = "ik word gepest op mijn werk en ik durf niet meer te gaan"


@pytest.mark.parametrize("said", [
    Said(NEED, Reply([{"kind": "knowledge", "text": "x"}], {"intent": {"name": "hulp/x"}}, None)),
    Said("iets", Reply([{"kind": "safety", "text": "x"}], {"intent": {"name": "hulp/x"}}, None)),
    Said("iets", Reply([{"kind": "choice", "text": "x", "buttons": [
        {"title": "x", "payload": "onderwerp:pesten_geweld"}]}], {}, None)),
])
def test_of_a_conversation_with_somebody_in_need_nothing_is_judged_whatever_the_intent(said: Said
                                                                                       ) -> None:
    with pytest.raises(InputError, match="noodkreet"):
        answered((said,), "", "", "m", "web", "leerling")


def test_a_remark_or_a_reason_with_words_of_somebody_in_need_is_not_kept(store: Judgements) -> None:
    with pytest.raises(InputError, match="noodkreet"):
        store.add(ABOUT, "a", "fout", remark=NEED)
    assert store.all() == []
    store.add(ABOUT, "a", "goed")
    store.add(ABOUT, "b", "fout")
    item = store.open_disagreements()[0]
    with pytest.raises(InputError, match="noodkreet"):
        store.settle(item.id, "e", "fout", "", NEED)
    assert store.open_disagreements() == [item]


@pytest.mark.parametrize("judge", ["a", "b"])
def test_no_organisation_decides_on_a_disagreement_of_its_own(
    store: Judgements, judge: str
) -> None:
    store.add(ABOUT, "a", "goed")
    store.add(ABOUT, "b", "fout")
    with pytest.raises(InputError, match="oordeelde zelf"):
        store.settle(store.all()[0].id, judge, "goed", "", "omdat het klopt")

    assert store.all()[0].stand is Stand.OPEN


def test_a_bullied_pupil_gets_an_answer_but_nothing_can_be_judged_or_kept(bench: Bench) -> None:
    person = bench.person()
    page = ask(person, NEED)
    sender = conversation(page)
    assert "Bewaar mijn oordeel" not in page.text
    assert "Daarvan bewaren we niets" in page.text
    refused = person.post("/vraag/oordeel", {"gesprek": sender, "beurt": "0", "oordeel": "goed"})
    assert refused.status_code == 400
    assert "noodkreet" in refused.text
    assert person.post("/gesprekken/bewaar", {"gesprek": sender, "naam": "x"}).status_code == 400
    kept = b"".join(f.read_bytes() for f in bench.desk.settings.data_dir.glob("*.sqlite*"))
    assert b"gepest op mijn werk" not in kept


def test_a_remark_that_is_refused_loses_no_conversation(tester: Client) -> None:
    sender = conversation(ask(tester, "wat is duaal leren"))
    refused = tester.post("/vraag/oordeel", {"gesprek": sender, "beurt": "0", "oordeel": "goed",
                                             "opmerking": NEED})

    assert refused.status_code == 400
    assert "Je oordeel is niet bewaard" in refused.text
    assert "Bewaar mijn oordeel" in refused.text
    assert "wat is duaal leren" in refused.text
