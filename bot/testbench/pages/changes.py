"""Proposals: what changes, in words, and the second editor who approves or refuses."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot import resources
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.changes import Changes
from bot.testbench.desk import Desk, Visit, action, page
from bot.testbench.examples import LONGEST, LONGEST_REASON, NEED, OUTSIDE, Examples
from bot.testbench.held import Said, sender_of
from bot.testbench.review import previews, proposal, proposed_topic

STATES = {"open": "wacht op een tweede redacteur", "applying": "wordt nu in de bot gezet",
          "applied": "goedgekeurd", "refused": "geweigerd", "withdrawn": "teruggenomen"}
EXAMPLE_STATES = {"done": "geleerd", "refused": "geweigerd", "withdrawn": "teruggenomen",
                  "dropped": "uit de wachtrij gehaald"}


async def _list(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    examples: Examples = visit.desk.store(Examples)
    names = visit.desk.access.names() | examples.names()
    return visit.page(
        "wijzigingen.html", states=STATES, names=names, topics=_questions(),
        waiting=[proposal(change, changes, visit.desk) for change in changes.waiting()],
        settled=changes.settled(), examples=examples.waiting(), queued=examples.queue(),
        settled_examples=examples.settled(), example_states=EXAMPLE_STATES)


async def _one(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    change = changes.get(_number(visit))
    if change is None:
        raise HTTPException(404)
    shown = proposal(change, changes, visit.desk)
    return visit.page("wijziging.html", states=STATES, shown=shown, change=change,
                      previews=previews(proposed_topic(change), visit.desk))


async def _approve(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    change = changes.get(_number(visit))
    faults = proposal(change, changes, visit.desk).faults if change else ""
    if faults:
        raise InputError("fouten", f"Deze tekst heeft nog fouten. {faults}")
    done = await asyncio.to_thread(changes.approve, _number(visit), visit.person,
                                   visit.desk.settings)
    return visit.go("/wijzigingen", f"Goedgekeurd. Het antwoord staat nu in de bot. {done.note}")


async def _refuse(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    changes.refuse(_number(visit), visit.person, visit.field("reden", LONGEST_REASON))
    return visit.go("/wijzigingen", "Geweigerd. Er is niets gewijzigd in de bot.")


async def _withdraw(visit: Visit) -> Response:
    changes: Changes = visit.desk.store(Changes)
    changes.withdraw(_number(visit), visit.person)
    return visit.go("/wijzigingen", "Je voorstel is teruggenomen.")


async def _propose_example(visit: Visit) -> Response:
    examples, text = _examples(visit), visit.field("tekst", LONGEST)
    worker = visit.desk.worker
    # The bot itself knows more cries for help than their words tell.
    if text and worker.ready and Said(text, await worker.ask_soon(sender_of(""), text)).crisis:
        raise InputError("nood", NEED)
    examples.propose(visit.field("onderwerp"), text, visit.person.id)
    return visit.go("/wijzigingen", "Voorgesteld. Een andere redacteur keurt de vraag goed.")


async def _approve_example(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.approve(_number(visit), visit.person.id)
    return visit.go("/wijzigingen", "Goedgekeurd. De vraag gaat mee met de volgende training.")


async def _refuse_example(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.refuse(_number(visit), visit.person.id, visit.field("reden", LONGEST_REASON))
    return visit.go("/wijzigingen", "Geweigerd.")


async def _withdraw_example(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.withdraw(_number(visit), visit.person.id)
    return visit.go("/wijzigingen", "Je vraag is teruggenomen.")


async def _unqueue_example(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.unqueue(_number(visit), visit.person.id)
    return visit.go("/wijzigingen", "De vraag is uit de wachtrij gehaald. De bot leert ze niet.")


def _examples(visit: Visit) -> Examples:
    """The examples, which know the name of who does something with them."""
    examples: Examples = visit.desk.store(Examples)
    examples.meet(visit.person)
    return examples


def _number(visit: Visit) -> int:
    number: int = visit.request.path_params["number"]
    if number >= 2 ** 63:
        raise HTTPException(404)
    return number


def _questions() -> dict[str, str]:
    """Each topic by its question, and what is out of scope."""
    return {OUTSIDE: "Buiten bereik: daar antwoordt de bot niet op",
            **{topic.id: topic.question for topic in resources.knowledge()}}


def begin(desk: Desk) -> None:
    """Finish the approvals that a killed process had begun."""
    changes: Changes = desk.store(Changes)
    changes.recover(desk.settings)


ROUTES = [
    page("/wijzigingen", _list, Role.EDITOR),
    page("/wijzigingen/{number:int}", _one, Role.EDITOR),
    action("/wijzigingen/{number:int}/goed", _approve, Role.EDITOR),
    action("/wijzigingen/{number:int}/weiger", _refuse, Role.EDITOR),
    action("/wijzigingen/{number:int}/terug", _withdraw, Role.EDITOR),
    action("/voorbeelden", _propose_example, Role.EDITOR),
    action("/voorbeelden/{number:int}/goed", _approve_example, Role.EDITOR),
    action("/voorbeelden/{number:int}/weiger", _refuse_example, Role.EDITOR),
    action("/voorbeelden/{number:int}/terug", _withdraw_example, Role.EDITOR),
    action("/voorbeelden/{number:int}/uit", _unqueue_example, Role.EDITOR),
]
