"""Topics: what must be looked at first stands first, with what people say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import resources
from bot.channels.feedback import Feedback, Remark, remarks, save_feedback
from bot.insight import Counted, Counters, Outcome
from bot.knowledge.model import Knowledge, Topic
from bot.knowledge.silence import Silence
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.feedback_done import FeedbackDone
from bot.testbench.insight import Line, Month
from bot.testbench.topics import Heard, Urgency, asked_of, matching, overviews
from bot.testbench.verdicts import Answered, Item, Judgement
from tests.testbench.conftest import Bench, Client

TODAY = date(2026, 11, 26)


def item(topic: str, *verdicts: str, right: str = "") -> Item:
    about = Answered((("zeg", "x"),), "x", "y", "k", "knowledge", topic, "wat")
    return Item(tuple(Judgement(i, about, str(i), TODAY, verdict, right, "")
                      for i, verdict in enumerate(verdicts, 1)))


@pytest.fixture
def topic(settings: Settings) -> Topic:
    """A topic in good order."""
    return replace(resources.knowledge().topics["wat_is_duaal"], facts=(), text="Zonder getal.",
                   bullets=(), review_by=TODAY + timedelta(weeks=20), expires=None)


def test_the_most_urgent_stand_first(topic: Topic) -> None:
    changes = {
        "fine": {}, "unclear": {}, "soon": {"review_by": TODAY + timedelta(weeks=8)},
        "not_yet": {"review_by": TODAY + timedelta(weeks=8, days=1)},
        "late": {"review_by": TODAY - timedelta(days=1)},
        "later": {"review_by": TODAY - timedelta(days=30)},
        "gone": {"expires": TODAY - timedelta(days=1)}, "empty": {"written": False},
    }
    knowledge = Knowledge({name: replace(topic, id=name, **change)  # type: ignore[arg-type]
                           for name, change in changes.items()})
    found = overviews(knowledge, {}, Heard([item("unclear", "goed", "fout")]), TODAY)

    assert [o.topic.id for o in found] == ["gone", "later", "late", "empty", "soon", "unclear",
                                           "fine", "not_yet"]
    assert found[0].urgency is Urgency.EXPIRED


def test_help_lines_must_be_read_again_too(topic: Topic) -> None:
    late = replace(topic, safety=True, review_by=TODAY - timedelta(days=1))

    assert overviews(Knowledge({"x": late}), {}, Heard(), TODAY)[0].urgency is Urgency.OVERDUE


def test_a_number_that_no_longer_holds_makes_an_answer_expired(topic: Topic) -> None:
    knowledge = Knowledge({"x": replace(topic, text="Je krijgt {weg} euro.")})

    assert overviews(knowledge, {}, Heard(), TODAY)[0].urgency is Urgency.EXPIRED


def test_a_topic_is_tested_once_an_answer_with_it_was_judged(topic: Topic) -> None:
    knowledge = Knowledge({n: replace(topic, id=n) for n in ("a", "b", "c")})
    found = {o.topic.id: o for o in overviews(knowledge, {}, Heard([item("a", "fout", right="b")]),
                                              TODAY)}

    assert [found[n].tested for n in "abc"] == [True, False, False]
    assert [len(found[n].items) for n in "abc"] == [1, 1, 0]


def test_search_finds_words_in_answers_and_examples_within_a_theme(settings: Settings) -> None:
    found = overviews(resources.knowledge(), resources.facts(), Heard(), TODAY)

    assert len(matching(found, "", "")) == len(list(resources.knowledge()))
    assert "groeipakket" in {o.topic.id for o in matching(found, "GROEIPAKKÉT", "geld")}
    assert "groeipakket" not in {o.topic.id for o in matching(found, "groeipakket", "wat")}
    assert matching(found, "groeipakket xyzzy", "") == []


def test_remarks_of_visitors_are_read_newest_first(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    assert remarks(file) == []
    save_feedback(file, Feedback("a", "fout", "klopt niet"), date(2026, 11, 1))
    save_feedback(file, Feedback("b", "goed", ""), date(2026, 11, 2))

    assert remarks(file) == [Remark("b", "goed", "", date(2026, 11, 2)),
                             Remark("a", "fout", "klopt niet", date(2026, 11, 1))]


def test_the_list_leads_to_every_topic_and_can_be_searched(tester: Client) -> None:
    page = tester.get("/onderwerpen").text

    assert all(f'href="/onderwerpen/{topic.id}"' in page for topic in resources.knowledge())
    assert "nog nooit getest" in page
    found = tester.get("/onderwerpen?zoek=leervergoeding&thema=geld").text
    assert 'href="/onderwerpen/leervergoeding_bedrag"' in found
    assert 'href="/onderwerpen/wat_is_duaal"' not in found
    assert "Niets gevonden" in tester.get("/onderwerpen?zoek=xyzzy").text


def test_a_topic_shows_its_answer_evidence_and_what_visitors_say(bench: Bench) -> None:
    save_feedback(bench.desk.settings.feedback_file,
                  Feedback("leervergoeding_bedrag", "fout", "het bedrag is oud"), TODAY)
    tester, editor = bench.person(), bench.person(Role.EDITOR)
    page = tester.get("/onderwerpen/leervergoeding_bedrag").text

    assert "het bedrag is oud" in page
    assert "1 keer fout" in page
    assert "Voorbeeldvragen (" in page
    assert not {"{", "}"} & set(page.partition("<main")[2])  # every number is filled in
    assert "/leervergoeding_bedrag/wijzig" not in page
    assert "/onderwerpen/leervergoeding_bedrag/wijzig" in \
        editor.get("/onderwerpen/leervergoeding_bedrag").text


def test_every_topic_has_a_page_and_others_have_none(tester: Client) -> None:
    for topic in resources.knowledge():
        assert tester.get(f"/onderwerpen/{topic.id}").status_code == 200, topic.id
    assert tester.get("/onderwerpen/bestaat_niet").status_code == 404


def test_a_silent_answer_stands_before_all_others_but_help_lines_speak(topic: Topic) -> None:
    knowledge = Knowledge({n: replace(topic, id=n, safety=n == "help") for n in ("a", "b", "help")})
    one = overviews(knowledge, {}, Heard(silence=Silence(None, {"b": "oud"})), TODAY)
    assert [(o.topic.id, o.silent) for o in one] == [("b", "oud"), ("a", ""), ("help", "")]
    assert one[0].urgency.dutch == "staat stil"
    every = overviews(knowledge, {}, Heard(silence=Silence("storing", {"b": "oud"})), TODAY)
    assert [o.silent for o in every] == ["storing", "oud", ""]


def test_remarks_that_are_dealt_with_no_longer_count_and_open_complaints_ask_attention(
    topic: Topic, bench: Bench
) -> None:
    knowledge = Knowledge({n: replace(topic, id=n) for n in ("a", "b", "c")})
    said = [Remark("c", "fout", "nieuw", TODAY), Remark("b", "goed", "fijn", TODAY),
            Remark("a", "fout", "oud bedrag", TODAY)]
    done = bench.desk.store(FeedbackDone)
    done.finish(said[2:], "e")
    found = overviews(knowledge, {}, Heard(feedback=said, done=done.marks(said)), TODAY)

    assert [(o.topic.id, o.urgency, o.said("fout"), o.handled) for o in found] == [
        ("c", Urgency.COMPLAINTS, 1, 0), ("a", Urgency.NONE, 0, 1), ("b", Urgency.NONE, 0, 0)]
    assert Urgency.COMPLAINTS.dutch == "open opmerkingen"


def test_a_topic_asked_under_two_themes_is_added_up_unless_a_part_is_hidden() -> None:
    lines = (Line("a", 7), Line("a", 6), Line("b", 9), Line("b", "minder dan 5"))
    month = Month("2026-11", 0, (), (), (), (), (), (), lines)

    assert asked_of(month) == {"a": 13, "b": "minder dan 5"}


def test_the_list_tells_what_was_asked_this_month_and_hides_small_numbers(editable: Bench) -> None:
    counters = Counters(editable.desk.settings.counters_file)
    asked = editable.desk.today.replace(day=15)
    editable.move(24 * 3600.0 * ((asked - editable.desk.today).days + 1))  # the day after
    for topic, number in (("startbonus", 12), ("groeipakket", 2), ("studentenjob", 3)):
        for _ in range(number):
            counters.add(asked, "web", Counted("geld", topic, Outcome.ANSWERED))
    counters.flush()
    page = editable.person().get("/onderwerpen").text

    def row(topic: str) -> str:
        return page.partition(f'href="/onderwerpen/{topic}"')[2].partition("</tr>")[0]

    assert "Gevraagd deze maand" in page
    assert "<td>12</td>" in row("startbonus")
    assert "<td>minder dan 5</td>" in row("groeipakket")
    assert "<td>0</td>" in row("wat_is_duaal")
