"""What an editor does with example questions on the page of changes."""

from __future__ import annotations

from starlette.responses import Response

from bot.testbench.access import Role
from bot.testbench.desk import Visit, action
from bot.testbench.examples import LONGEST_REASON, Examples
from bot.testbench.pages.changes import PATH, number_of, show_changes
from bot.testbench.proposing import propose_typed
from bot.testbench.training_queue import TrainingQueue


async def _propose(visit: Visit) -> Response:
    if given_back := await propose_typed(visit):
        return show_changes(visit, given_back)
    return visit.go(PATH, "Voorgesteld. Een andere redacteur keurt de vraag goed.")


async def _approve(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.approve(number_of(visit), visit.person.id)
    return visit.go(PATH, "Goedgekeurd. De vraag gaat mee met de volgende training.")


async def _refuse(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.refuse(number_of(visit), visit.person.id, visit.field("reden", LONGEST_REASON))
    return visit.go(PATH, "Geweigerd.")


async def _withdraw(visit: Visit) -> Response:
    examples = _examples(visit)
    examples.withdraw(number_of(visit), visit.person.id)
    return visit.go(PATH, "Je vraag is teruggenomen.")


async def _drop(visit: Visit) -> Response:
    _examples(visit)
    queue: TrainingQueue = visit.desk.store(TrainingQueue)
    queue.drop(number_of(visit), visit.person.id)
    return visit.go(PATH, "De vraag is uit de wachtrij gehaald. De bot leert ze niet.")


def _examples(visit: Visit) -> Examples:
    """The examples, which know the name of who does something with them."""
    examples: Examples = visit.desk.store(Examples)
    examples.meet(visit.person)
    return examples


ROUTES = [
    action("/voorbeelden", _propose, Role.EDITOR),
    action("/voorbeelden/{number:int}/goed", _approve, Role.EDITOR),
    action("/voorbeelden/{number:int}/weiger", _refuse, Role.EDITOR),
    action("/voorbeelden/{number:int}/terug", _withdraw, Role.EDITOR),
    action("/voorbeelden/{number:int}/uit", _drop, Role.EDITOR),
]
