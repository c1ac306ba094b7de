"""What visitors say is open until an editor deals with it, and leaves no words behind."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from bot.channels.feedback import Feedback, Remark, purge, save_feedback
from bot.testbench.access import Role
from bot.testbench.database import Database
from bot.testbench.feedback import feedback
from bot.testbench.feedback_done import FeedbackDone
from tests.testbench.conftest import Bench

TODAY = date(2026, 11, 26)


def remark(words: str = "", verdict: str = "fout", subject: str = "mentor", day: date = TODAY
           ) -> Remark:
    return Remark(subject, verdict, words, day)


def test_feedback_is_open_until_it_is_dealt_with_and_what_comes_after_is_new(bench: Bench) -> None:
    done: FeedbackDone = bench.desk.store(FeedbackDone)
    said = [remark("klopt niet"), remark("klopt niet"), remark("", "goed")]
    done.finish(said, "redactie")
    later = [remark("klopt niet"), *said]

    before, = feedback(said, done.marks(said))
    after, = feedback(later, done.marks(later))

    assert before.open == ()
    assert [r.remark for r in after.open] == ["klopt niet"]
    assert after.counts == {"fout": 3, "goed": 1}


def test_the_answer_with_most_open_complaints_comes_first() -> None:
    said = [remark(verdict="goed", subject="clb"), remark(subject="mentor"),
            remark(subject="startbonus"), remark(subject="startbonus")]

    assert [one.subject for one in feedback(said, {})] == ["startbonus", "mentor", "clb"]


def test_of_feedback_that_is_dealt_with_no_words_are_copied(editable: Bench) -> None:
    editable.desk.store(FeedbackDone).finish([remark("heelgeheimwoord")], "redactie")

    for file in editable.desk.settings.data_dir.glob("proefbank.sqlite*"):
        assert b"heelgeheimwoord" not in file.read_bytes()
        assert sha256(b"heelgeheimwoord").hexdigest().encode() not in file.read_bytes()


def digests(bench: Bench) -> list[str]:
    return [row["digest"] for row in
            bench.desk.store(FeedbackDone)._database.rows("SELECT digest FROM feedback_mark")]


def test_a_mark_cannot_be_made_without_the_key_of_this_bench_and_holds_after_a_restart(
    editable: Bench, tmp_path: Path
) -> None:
    said = [remark("heelgeheimwoord")]
    database = editable.desk.store(FeedbackDone)._database
    editable.desk.store(FeedbackDone).finish(said, "redactie")
    other = FeedbackDone(Database(tmp_path / "ander.sqlite"), lambda: 0.0)
    other.finish(said, "redactie")

    elsewhere, = other._database.rows("SELECT digest FROM feedback_mark")
    assert digests(editable) != [elsewhere["digest"]]
    assert FeedbackDone(database, lambda: 0.0).marks(said) == {said[0]: 1}


def test_marks_without_a_key_of_an_older_version_are_removed(tmp_path: Path) -> None:
    database = Database(tmp_path / "oud.sqlite")
    database.create("CREATE TABLE feedback_done (digest TEXT); "
                    "INSERT INTO feedback_done VALUES ('abc')")
    FeedbackDone(database, lambda: 0.0)

    assert not database.rows("SELECT 1 FROM sqlite_master WHERE name = 'feedback_done'")


def test_when_the_page_is_opened_marks_of_feedback_that_is_gone_are_removed(
    editable: Bench
) -> None:
    file, today = editable.desk.settings.feedback_file, editable.desk.today
    old = today - timedelta(days=400)
    for day in (old, today, today):
        save_feedback(file, Feedback("startbonus", "fout", "klopt niet"), day)
    person = editable.person(Role.EDITOR)
    person.post("/versheid/afgehandeld", {"antwoord": "startbonus", "aantal": "3"})
    assert len(digests(editable)) == 2

    purge(file, today - timedelta(days=365))
    page = person.get("/versheid").text

    assert len(digests(editable)) == 1
    assert "klopt niet" not in page  # what is still there stays dealt with


def test_of_two_equal_remarks_of_which_one_is_gone_only_one_stays_marked(editable: Bench) -> None:
    done, said = editable.desk.store(FeedbackDone), remark("klopt niet")
    done.finish([said, said], "redactie")
    done.forget_gone([said])

    assert done.marks([said]) == {said: 1}
