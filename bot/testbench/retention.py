"""What the bench keeps is deleted by itself, and when (docs/privacy/geb-sjabloon.md, part 3).

Golden conversations, versions of answers and lists that are gates stay. The bot and the bench both
purge, so that nothing stays because one of them does not run.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Callable

from bot import purging
from bot.failures import log_failure
from bot.settings import Settings
from bot.testbench.database import Database
from bot.testbench.drafts import DAYS as DRAFTS
from bot.testbench.gates import gate_file, gates_of
from bot.testbench.judgements import Judgements
from bot.testbench.lists import Lists

logger = logging.getLogger(__name__)
YEAR = 365
# Days: judgements after the last one of a question, their words after it was settled, runs after
# their end, lists after the last change or run, proposals and questions after they were settled.
JUDGEMENTS, WORDS, RUNS, LISTS, PROPOSALS = 2 * YEAR, YEAR, 2 * YEAR, 2 * YEAR, YEAR
JOBS, CODES = 2 * YEAR, 2 * YEAR  # after they began; after they were revoked

OLD_QUESTIONS = (
    "question_key IN (SELECT question_key FROM (SELECT question_key, day FROM judgement UNION ALL "
    "SELECT question_key, day FROM settlement) GROUP BY question_key HAVING max(day) < :before)")
SETTLED = "coalesce(nullif(judged, ''), made) < :before"


@dataclass(frozen=True)
class Rule:
    """What goes `days` after: statements that change rows from before the day `:before`.

    Each is repeated until it changes nothing, so that a big one can go in parts: in between others
    write. `:gates` are the lists that are gates, `:now` is in seconds since the epoch.
    """

    what: str
    days: float
    tables: tuple[str, ...]
    statements: tuple[str, ...]


def rules(settings: Settings) -> tuple[Rule, ...]:
    """Every rule that is one of SQL alone, in the order in which they must be applied."""
    return (
        Rule("beoordelingen", JUDGEMENTS, ("judgement", "settlement"), (
            f"DELETE FROM judgement WHERE {OLD_QUESTIONS}",
            f"DELETE FROM settlement WHERE {OLD_QUESTIONS}")),
        Rule("testen", RUNS, ("run", "result"), (
            "DELETE FROM run WHERE id = (SELECT min(id) FROM run WHERE state != 'loopt' AND "
            "coalesce(ended, began) < :before)",)),
        Rule("oude vragen van testlijsten", 0, ("run", "case_row", "case_list"), (
            "DELETE FROM case_row WHERE version != (SELECT version FROM case_list WHERE "
            "id = case_row.list) AND version NOT IN (SELECT version FROM run WHERE "
            "run.list = case_row.list)",)),
        Rule("testlijsten", LISTS, ("case_list", "run"), (
            "DELETE FROM case_list WHERE id = (SELECT min(id) FROM case_list WHERE "
            "changed < :before AND id NOT IN (SELECT list FROM run) AND id NOT IN "
            "(SELECT value FROM json_each(:gates)))",)),
        Rule("voorstellen", PROPOSALS, ("answer_change", "answer_version"), (
            f"DELETE FROM answer_change WHERE state IN ('refused', 'withdrawn') AND {SETTLED} AND "
            "id NOT IN (SELECT change FROM answer_version WHERE change IS NOT NULL)",
            # Who approved a version, and when, belongs to the version. The words of people do not.
            "UPDATE answer_change SET why = '', answer = '' WHERE state = 'applied' AND "
            f"why || answer != '' AND {SETTLED}")),
        Rule("voorbeeldvragen", PROPOSALS, ("example", "example_name"), (
            f"DELETE FROM example WHERE state NOT IN ('open', 'queued') AND {SETTLED}",
            "DELETE FROM example_name WHERE who NOT IN (SELECT author FROM example UNION "
            "SELECT judge FROM example)")),
        Rule("taken van modellen", JOBS, ("model_job",), (
            "DELETE FROM model_job WHERE state != 'running' AND made < :before",)),
        Rule("sessies", 0, ("session",), ("DELETE FROM session WHERE until < :now",)),
        Rule("codes", CODES, ("access", "session"), (
            "DELETE FROM access WHERE revoked < :before AND id NOT IN "
            "(SELECT access FROM session)",)),
        Rule("concepten", DRAFTS, ("answer_draft",), (
            "DELETE FROM answer_draft WHERE made < :before",)),
        # As soon as the feedback that they are of may be gone.
        Rule("afgehandelde oordelen", settings.feedback_retention / 86400, ("feedback_mark",), (
            "DELETE FROM feedback_mark WHERE day < :before",)),
    )


def purge(settings: Settings, now: float) -> dict[str, int]:
    """Delete all that was kept its time at `now` (seconds since the epoch), and every trace of it.

    Gives how many rows went, by what they were. What cannot be deleted now goes in the next round
    and stops nothing else; without a file of the bench there is nothing to do.
    """
    if not settings.testbench_file.exists():
        return {}
    database = Database(settings.testbench_file)
    there = {row["name"] for row in database.rows("SELECT name FROM sqlite_master")}
    steps: dict[str, Callable[[], int]] = {
        rule.what: lambda rule=rule: _apply(rule, database, settings, now)  # type: ignore[misc]
        for rule in rules(settings) if there.issuperset(rule.tables)}
    if there.issuperset(("judgement", "settlement")):
        steps["opmerkingen"] = lambda: Judgements(database, lambda: now).forget_words(
            _day(now, WORDS))
    deleted = purging.run(steps)
    if any(deleted.values()):
        database.empty_log()
    return deleted


async def for_ever(settings: Settings, clock: Callable[[], float]) -> None:
    """Purge now and again, as long as this process runs, without keeping others waiting."""
    while True:
        # What reaches its age before the next round goes in this one.
        try:
            deleted = await asyncio.to_thread(purge, settings, clock() + settings.purge_every)
        except Exception as error:
            log_failure(logger, "Wissen in de proefbank mislukt", error)
            deleted = {}
        purging.tell(deleted, " in de proefbank")
        await asyncio.sleep(settings.purge_every)


def years(days: int) -> str:
    """A period as people read it."""
    return f"{days // YEAR} jaar"


def _apply(rule: Rule, database: Database, settings: Settings, now: float) -> int:
    # A session may be kept a round too long, but nobody is logged out before the time.
    values = {"before": _day(now, rule.days).isoformat(), "now": now - settings.purge_every,
              "gates": "[]"}
    if "case_list" in rule.tables:
        gates, trouble = gates_of(settings.root)
        if trouble:  # nobody knows which lists are gates
            return 0
        values["gates"] = json.dumps([item.id for item in Lists(database, lambda: now).all()
                                      if gate_file(item) in gates])
    changed = 0
    for statement in rule.statements:
        while True:
            with database.step() as db:
                count = db.execute(statement, values).rowcount
            changed += count
            if not count:
                break
    return changed


def _day(now: float, days: float) -> date:
    return date.fromtimestamp(now) - timedelta(days=days)
