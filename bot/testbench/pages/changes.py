"""Proposals: what changes, in words, and the second editor who approves or refuses."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot import resources
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.approvals import Approvals
from bot.testbench.changes import LONGEST_REASON, Changes
from bot.testbench.desk import Desk, Visit, action, page
from bot.testbench.example import OUTSIDE
from bot.testbench.examples import LONGEST, Examples
from bot.testbench.proposing import GivenBack
from bot.testbench.review import previews, proposal, proposed_topic
from bot.testbench.training_queue import TrainingQueue

PATH = "/wijzigingen"
STATES = {"open": "wacht op een tweede redacteur", "applying": "wordt nu in de bot gezet",
          "applied": "goedgekeurd", "refused": "geweigerd", "withdrawn": "teruggenomen"}
EXAMPLE_STATES = {"done": "geleerd", "refused": "geweigerd", "withdrawn": "teruggenomen",
                  "dropped": "uit de wachtrij gehaald"}


async def _list(visit: Visit) -> Response:
    return show_changes(visit)


def show_changes(visit: Visit, given_back: GivenBack | None = None) -> Response:
    """The page of all that waits; with an example question that was not taken in its form."""
    changes: Changes = visit.desk.store(Changes)
    examples: Examples = visit.desk.store(Examples)
    queue: TrainingQueue = visit.desk.store(TrainingQueue)
    names = visit.desk.access.names() | examples.names()
    return visit.page(
        "wijzigingen.html", given_back.status if given_back else 200, given_back=given_back,
        path=PATH, states=STATES, names=names, topics=_questions(), longest=LONGEST,
        waiting=[proposal(change, visit.desk) for change in changes.waiting()],
        settled=changes.settled(), examples=examples.waiting(), queued=queue.waiting(),
        settled_examples=examples.settled(), example_states=EXAMPLE_STATES)


async def _one(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    change = changes.get(number_of(visit))
    if change is None:
        raise HTTPException(404)
    shown = proposal(change, visit.desk)
    return visit.page("wijziging.html", states=STATES, shown=shown, change=change,
                      previews=previews(proposed_topic(change), visit.desk))


async def _approve(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    change = changes.get(number_of(visit))
    faults = proposal(change, visit.desk).faults if change else ""
    if faults:
        raise InputError("fouten", f"Deze tekst heeft nog fouten. {faults}")
    approvals: Approvals = visit.desk.store(Approvals)
    done = await asyncio.to_thread(approvals.approve, number_of(visit), visit.person,
                                   visit.desk.settings)
    return visit.go(PATH, f"Goedgekeurd. Het antwoord staat nu in de bot. {done.note}")


async def _refuse(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    changes.refuse(number_of(visit), visit.person, visit.field("reden", LONGEST_REASON))
    return visit.go(PATH, "Geweigerd. Er is niets gewijzigd in de bot.")


async def _withdraw(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    changes.withdraw(number_of(visit), visit.person)
    return visit.go(PATH, "Je voorstel is teruggenomen.")


def number_of(visit: Visit) -> int:
    """The number in this address."""
    number: int = visit.request.path_params["number"]
    return number


def _questions() -> dict[str, str]:
    """Each topic by its question, and what is out of scope."""
    return {OUTSIDE: "Buiten bereik: daar antwoordt de bot niet op",
            **{topic.id: topic.question for topic in resources.knowledge()}}


def begin(desk: Desk) -> None:
    """Finish the approvals that a killed process had begun."""
    approvals: Approvals = desk.store(Approvals)
    approvals.recover(desk.settings)


ROUTES = [
    page(PATH, _list, Role.EDITOR),
    page(f"{PATH}/{{number:int}}", _one, Role.EDITOR),
    action(f"{PATH}/{{number:int}}/goed", _approve, Role.EDITOR),
    action(f"{PATH}/{{number:int}}/weiger", _refuse, Role.EDITOR),
    action(f"{PATH}/{{number:int}}/terug", _withdraw, Role.EDITOR),
]
