"""Nothing that falls due is missed: answers, numbers, the school year and corrections."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot import resources
from bot.catalogue.model import Info
from bot.knowledge.due import FACT, content_due
from bot.settings import Settings
from bot.testbench.due import (
    CORRECTION,
    SCHOOL_YEAR,
    WORDS,
    Urgency,
    catalogue_due,
    read_corrections,
    rows,
)
from tests.testbench.conftest import Bench

TODAY = date(2026, 11, 26)
INFO = Info("2026-2027", "2026-11-01", 1, "proef")
HEADER = "soort,instelling,vestiging,nummer,leerjaar,veld,waarde,reden,bron,bron_datum,geldig_tot"


def test_every_date_of_the_real_content_up_to_a_day_is_listed_and_none_after_it(
    settings: Settings
) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    dates = [day for topic in knowledge for day in (topic.review_by, topic.expires) if day]
    dates += [fact.valid_until for fact in facts.values()]

    for weeks in (0, 8, 60, 500):
        until = TODAY + timedelta(weeks=weeks)
        found = rows(content_due(knowledge, facts, until), knowledge, facts, TODAY)
        assert sorted(row.when for row in found) == sorted(d for d in dates if d <= until)


def test_what_is_expired_comes_first_then_what_is_late_then_what_comes(settings: Settings) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    late = max(fact.valid_until for fact in facts.values()) + timedelta(days=1)
    found = rows(content_due(knowledge, facts, late + timedelta(weeks=500)), knowledge, facts, late)

    assert [row.urgency for row in found] == sorted(row.urgency for row in found)
    assert found[0].urgency is Urgency.EXPIRED
    expired = {row.name for row in found if row.urgency is Urgency.EXPIRED}
    assert all(any(fact.name in name for name in expired) for fact in facts.values())


def test_what_comes_within_eight_weeks_is_soon_and_what_comes_after_is_later(settings: Settings
                                                                              ) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    found = rows(content_due(knowledge, facts, date.max), knowledge, facts, TODAY)
    edge = TODAY + timedelta(weeks=8)

    assert {r.urgency for r in found if TODAY <= r.when <= edge} <= {Urgency.SOON}
    assert {r.urgency.dutch for r in found if r.when > edge} == {"later"}


def test_a_number_that_expires_names_the_answers_that_say_it_with_a_link(bench: Bench) -> None:
    knowledge, facts = resources.knowledge(), resources.facts()
    found = {r.name.partition(" ")[0]: r for r in rows(
        content_due(knowledge, facts, date.max), knowledge, facts, TODAY) if r.what == WORDS[FACT]}
    used = {name for topic in knowledge for name in facts
            if any(f"{{{name}}}" in text for text in (topic.text, *topic.bullets))}

    assert used
    assert {name for name, r in found.items() if r.users} == used
    for name in used:
        assert all(any(f"{{{name}}}" in text for text in (t.text, *t.bullets))
                   for t in found[name].users)
    page = bench.person().get("/versheid?weken=104").text
    rest = page.partition(f"{min(used)} (")[2].partition("</tr>")[0]
    for topic in found[min(used)].users:
        assert f'<a href="/onderwerpen/{topic.id}">' in rest


def test_the_school_year_of_the_offers_and_each_correction_fall_due_on_their_last_day(
    tmp_path: Path
) -> None:
    (tmp_path / "afwijkingen.csv").write_text(
        f"{HEADER}\nschool,123,1,,,telefoon,x,y,z,2026-11-01,2026-12-01\n"
        "school,123,1,,,naam,x,y,z,2026-11-01,gisteren\n", encoding="utf-8")
    corrections = read_corrections(tmp_path)

    assert [row.what for row in catalogue_due(INFO, corrections, date(2026, 11, 30))] == []
    assert [row.what for row in catalogue_due(INFO, corrections, date(2026, 12, 1))] == [CORRECTION]
    assert SCHOOL_YEAR in [row.what for row in catalogue_due(INFO, [], date(2027, 8, 31))]
    assert catalogue_due(INFO, [], date(2027, 8, 30)) == []
