"""What the bench keeps goes when its time is over, with every trace; what must stay, stays."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import retention as of_the_bot
from bot.bench.gate import Gate, folder_of, write_gate
from bot.bench.judge import Outcome, Verdict
from bot.bench.model import Case
from bot.channels.feedback import Remark
from bot.settings import Settings
from bot.testbench import retention
from bot.testbench.access import Access, Role
from bot.testbench.app import create_app
from bot.testbench.approvals import Approvals
from bot.testbench.changes import Changes
from bot.testbench.database import Database
from bot.testbench.drafts import Drafts
from bot.testbench.examples import Examples
from bot.testbench.feedback_done import FeedbackDone
from bot.testbench.gates import gate_file
from bot.testbench.jobs import Jobs
from bot.testbench.judgements import Judgements
from bot.testbench.lists import Lists, TestList
from bot.testbench.retention import purge
from bot.testbench.runs import Runs
from bot.testbench.verdicts import Answered, Stand
from bot.testbench.versions import Versions
from tests.conftest import ROOT
from tests.testbench.conftest import Moment
from tests.testbench.editing import FIRST, NAME, SECOND, propose

DAY = 24 * 3600.0
YEAR = 365 * DAY
ABOUT = Answered((("zeg", "hoeveel verdien ik"),), "hoeveel verdien ik", "640 euro", "k1",
                 "knowledge", "leervergoeding_bedrag", "geld", "model-a")
SECRET = "heelgeheimwoord"


@pytest.fixture
def database(own: Settings) -> Database:
    return Database(own.testbench_file)


@pytest.fixture
def judgements(database: Database, moment: Moment) -> Judgements:
    return Judgements(database, moment)


def on_disk(own: Settings) -> bytes:
    return b"".join(f.read_bytes() for f in own.data_dir.glob("proefbank.sqlite*"))


def gone(own: Settings, now: float) -> dict[str, int]:
    return {what: number for what, number in purge(own, now).items() if number}


def test_a_remark_goes_a_year_after_people_agreed_and_its_judgement_a_year_later(
    own: Settings, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "goed", remark=SECRET)
    judgements.add(ABOUT, "b", "goed")

    assert gone(own, moment.now + YEAR) == {}
    assert gone(own, moment.now + YEAR + DAY) == {"opmerkingen": 1}
    assert SECRET.encode() not in on_disk(own)
    assert judgements.settled_verdicts() == [("leervergoeding_bedrag", "geld", "goed")]
    assert gone(own, moment.now + 2 * YEAR) == {}
    assert gone(own, moment.now + 2 * YEAR + DAY) == {"beoordelingen": 2}
    assert b"hoeveel verdien ik" not in on_disk(own)


def test_a_remark_stays_as_long_as_somebody_must_still_judge_or_decide(
    own: Settings, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "goed", remark="want klopt")
    judgements.add(ABOUT, "b", "fout", remark="want oud")
    judgements.add(replace(ABOUT, inputs=(("zeg", "alleen"),)), "a", "goed", remark="zeg ik")

    assert gone(own, moment.now + 2 * YEAR) == {}
    moment.now += 1.5 * YEAR
    judgements.settle(judgements.open_disagreements()[0].id, "e", "fout", "", SECRET)
    assert gone(own, moment.now + YEAR) == {"beoordelingen": 1}  # the lone one, after two years
    assert gone(own, moment.now + YEAR + DAY) == {"opmerkingen": 3}
    item, = judgements.all()
    assert (item.stand, item.verdict) == (Stand.SETTLED, "fout")
    assert SECRET.encode() not in on_disk(own)
    assert gone(own, moment.now + 2 * YEAR + DAY) == {"beoordelingen": 3}


def test_a_verdict_that_holds_is_not_halved_when_one_of_the_two_is_older(
    own: Settings, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "goed")
    moment.now += YEAR
    judgements.add(ABOUT, "b", "goed")
    purge(own, moment.now + YEAR + DAY)

    assert [item.stand for item in judgements.all()] == [Stand.AGREED]


def test_a_remark_on_an_answer_that_is_no_longer_given_goes_after_a_year(
    own: Settings, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "fout", remark=SECRET)
    judgements.add(replace(ABOUT, answer_key="k2"), "b", "goed", remark="beter")

    assert gone(own, moment.now + YEAR + DAY) == {"opmerkingen": 1}
    assert [j.remark for item in judgements.all() for j in item.judgements] == ["beter"]


def new_list(database: Database, moment: Moment, name: str = "Lijst") -> TestList:
    Runs(database, moment)
    return Lists(database, moment).add(name, [(2, Case(f"{SECRET} {name}?", "mentor"))], "clb")


def ran(database: Database, moment: Moment, item: TestList, whole: bool = True) -> int:
    runs = Runs(database, moment)
    run = runs.start(item.id, "m.tar.gz", "inhoud", "clb")
    if whole:
        runs.keep(run, [(2, Verdict(Case("", ""), Outcome.RIGHT, "knowledge", "mentor", SECRET))],
                  1.0)
    return run


def names(database: Database, moment: Moment) -> list[str]:
    return [item.name for item in Lists(database, moment).all()]


def test_a_run_goes_after_two_years_with_its_results_and_then_the_list_nobody_tests(
    own: Settings, database: Database, moment: Moment
) -> None:
    item = new_list(database, moment)
    moment.now += YEAR
    ran(database, moment, item)

    assert gone(own, moment.now + 2 * YEAR) == {}
    assert gone(own, moment.now + 2 * YEAR + DAY) == {"testen": 1, "testlijsten": 1}
    assert SECRET.encode() not in on_disk(own)


def test_a_list_that_was_changed_stays_without_the_rows_of_runs_that_are_gone(
    own: Settings, database: Database, moment: Moment
) -> None:
    item = new_list(database, moment)
    ran(database, moment, item)
    moment.now += YEAR
    Lists(database, moment).replace(item.id, [(2, Case("Nieuw?", "mentor"))])

    assert gone(own, moment.now + YEAR + DAY) == {"testen": 1, "oude vragen van testlijsten": 1}
    assert names(database, moment) == ["Lijst"]
    assert SECRET.encode() not in on_disk(own)


def test_a_list_that_nobody_ran_goes_two_years_after_its_last_change_but_a_gate_stays(
    own: Settings, database: Database, moment: Moment
) -> None:
    gate = new_list(database, moment, "Poort")
    new_list(database, moment, "Vergeten")
    write_gate(folder_of(own.root), Gate(gate_file(gate), 0.9, 0.1), [Case("Dag?", "mentor")])

    assert gone(own, moment.now + 2 * YEAR) == {}
    assert gone(own, moment.now + 2 * YEAR + DAY) == {"testlijsten": 1}
    assert names(database, moment) == ["Poort"]


def test_no_list_goes_while_nobody_can_read_which_ones_are_gates(
    own: Settings, database: Database, moment: Moment
) -> None:
    new_list(database, moment)
    folder_of(own.root).mkdir(parents=True)
    (folder_of(own.root) / "poorten.yml").write_text("- geen poort")
    purge(own, moment.now + 3 * YEAR)

    assert names(database, moment) == ["Lijst"]


def test_a_run_that_waits_is_never_removed_and_keeps_its_list(
    own: Settings, database: Database, moment: Moment
) -> None:
    run = ran(database, moment, new_list(database, moment), whole=False)
    purge(own, moment.now + 9 * YEAR)

    assert Runs(database, moment).get(run).done == 0
    assert names(database, moment) == ["Lijst"]


def test_a_refused_proposal_goes_after_a_year_and_one_that_waits_stays(
    own: Settings, database: Database, moment: Moment
) -> None:
    changes = Changes(database, moment)
    refused, waiting = (propose(changes, own, title=title) for title in (SECRET, "Wacht"))
    changes.refuse(refused, SECOND, "te lang")

    assert gone(own, moment.now + YEAR) == {}
    assert gone(own, moment.now + YEAR + DAY) == {"voorstellen": 1}
    assert SECRET.encode() not in on_disk(own)
    assert changes.get(refused) is None
    assert [change.id for change in changes.waiting()] == [waiting]


def test_of_an_approved_proposal_only_the_words_go_and_the_version_keeps_who_approved_it(
    own: Settings, database: Database, moment: Moment
) -> None:
    changes = Changes(database, moment)
    number = propose(changes, own, title="Een nieuwe titel")
    Approvals(database, moment).approve(number, SECOND, own)
    versions = Versions(database, moment)
    told = [version.content for version in versions.of(NAME)]

    assert gone(own, moment.now + YEAR + DAY) == {"voorstellen": 1}
    assert gone(own, moment.now + 9 * YEAR) == {}
    assert [version.content for version in versions.of(NAME)] == told
    change = versions.of(NAME)[0].change
    assert change is not None
    assert (change.author_name, change.judge_name, change.why) == (FIRST.name, SECOND.name, "")


def test_settled_example_questions_jobs_drafts_and_marks_go_in_their_time(
    own: Settings, database: Database, moment: Moment
) -> None:
    examples, jobs = Examples(database, moment), Jobs(database, moment)
    for person, state in ((FIRST, "refused"), (SECOND, "open")):
        examples.meet(person)
        with database.step() as db:
            db.execute("INSERT INTO example (topic, text, author, made, state) VALUES "
                       "('clb', ?, ?, ?, ?)", (f"{SECRET} {state}", person.id,
                                               date.fromtimestamp(moment.now).isoformat(), state))
    jobs.end(jobs.begin("Training", FIRST), True, "goed")
    Drafts(database, moment).keep(FIRST, "clb", {"tekst": SECRET})
    FeedbackDone(database, moment).finish(
        [Remark("clb", "fout", "x", date.fromtimestamp(moment.now))], "redactie")

    assert gone(own, moment.now + 30 * DAY) == {}
    assert gone(own, moment.now + 31 * DAY) == {"concepten": 1}
    # The question, and the name of who has no question any more.
    assert gone(own, moment.now + YEAR + DAY) == {"voorbeeldvragen": 2, "afgehandelde oordelen": 1}
    assert [example.text for example in examples.waiting()] == [f"{SECRET} open"]
    assert examples.names() == {SECOND.id: SECOND.name}
    assert gone(own, moment.now + 2 * YEAR + DAY) == {"taken van modellen": 1}


def test_a_code_goes_two_years_after_it_was_revoked_and_a_session_when_it_ended(
    own: Settings, database: Database, moment: Moment
) -> None:
    access = Access(database, moment)
    kept, revoked = access.grant("CLB Blijft", Role.TESTER), access.grant("CLB Weg", Role.TESTER)
    access.log_in(kept)
    access.revoke(revoked.partition(".")[0])

    assert gone(own, moment.now + 2 * YEAR) == {"sessies": 1}
    assert gone(own, moment.now + 2 * YEAR + DAY) == {"codes": 1}
    assert [row["name"] for row in access.granted()] == ["CLB Blijft"]


def test_what_cannot_be_deleted_now_stops_no_other_deletion_and_goes_later(
    own: Settings, database: Database, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "goed")
    new_list(database, moment)
    database.create("CREATE TRIGGER vol BEFORE DELETE ON judgement BEGIN SELECT "
                    "raise(abort, 'vol'); END")

    assert gone(own, moment.now + 3 * YEAR) == {"testlijsten": 1}
    database.create("DROP TRIGGER vol")
    assert gone(own, moment.now + 3 * YEAR) == {"beoordelingen": 1}


def test_without_a_bench_nothing_is_made_and_a_half_made_file_is_no_trouble(own: Settings) -> None:
    assert purge(own, time.time()) == {}
    assert not own.testbench_file.exists()
    Access(Database(own.testbench_file), time.time)
    assert gone(own, time.time()) == {}


def judged(own: Settings) -> int:
    with sqlite3.connect(own.testbench_file) as db:
        return int(db.execute("SELECT count(*) FROM judgement").fetchone()[0])


async def first_round(own: Settings, clock: Moment) -> None:
    """What a bot does by itself, until nothing is left of the judgements."""
    app = SimpleNamespace(ctx=SimpleNamespace(agent=None))
    of_the_bot.begin(app, own, clock)
    until = time.monotonic() + 10
    while time.monotonic() < until and judged(own):
        await asyncio.sleep(0.01)
    app.ctx.purging.cancel()
    app.ctx.purging_bench.cancel()


def test_the_bot_purges_also_when_no_bench_runs(
    own: Settings, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "goed")
    moment.now += 3 * YEAR
    asyncio.run(first_round(own, moment))

    assert judged(own) == 0


def test_a_bench_purges_from_its_start(
    own: Settings, judgements: Judgements, moment: Moment
) -> None:
    judgements.add(ABOUT, "a", "goed")
    moment.now += 3 * YEAR

    async def served() -> None:
        app = create_app(own, Path("geen-model"), moment, load=False)
        async with app.router.lifespan_context(app):
            until = time.monotonic() + 10
            while time.monotonic() < until and judged(own):
                await asyncio.sleep(0.01)

    asyncio.run(served())

    assert judged(own) == 0


def test_the_privacy_document_names_the_periods_that_hold() -> None:
    document = (ROOT / "docs/privacy/geb-sjabloon.md").read_text(encoding="utf-8")
    rows = {cells[1].strip(): cells[3] for line in document.splitlines()
            if len(cells := line.split("|")) == 6 and "proefbank.sqlite" in cells[2]}

    def years(name: str) -> list[int]:
        cell = next(cell for row, cell in rows.items() if row.startswith(name))
        return [int(number) for number in re.findall(r"(\d+) jaar", cell)]

    assert not [row for row, cell in rows.items() if "[vul in" in cell]
    assert [365 * n for n in years("beoordelingen")] == [retention.JUDGEMENTS]
    assert [365 * n for n in years("opmerking")] == [retention.WORDS]
    assert [365 * n for n in years("uitslag")] == [retention.RUNS]
    assert [365 * n for n in years("testlijst")] == [retention.LISTS]
    assert [365 * n for n in years("voorstel")] == [retention.PROPOSALS]
    assert [365 * n for n in years("taken")] == [retention.JOBS]
    assert [365 * n for n in years("toegang")] == [retention.CODES]
    assert f"{retention.DRAFTS} dagen" in next(
        cell for row, cell in rows.items() if row.startswith("wat een redacteur typte"))
