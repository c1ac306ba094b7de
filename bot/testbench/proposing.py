"""An example question from a form: proposed, or given back as it was typed with why not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import DuaalwijzerError, InputError
from bot.testbench.desk import MAX_FIELD, Visit
from bot.testbench.examples import LONGEST, NEED, Examples
from bot.testbench.held import Said, sender_of


@dataclass(frozen=True)
class GivenBack:
    """What was typed and chosen, why it was not taken, and the field to mend."""

    text: str
    topic: str
    reason: str
    field: str
    status: int


async def propose_typed(visit: Visit) -> GivenBack | None:
    """Propose the example of the fields `tekst` and `onderwerp`; None when it was taken."""
    text, topic = visit.field("tekst", MAX_FIELD), visit.field("onderwerp", MAX_FIELD)
    try:
        await _propose(visit, text, topic)
    except DuaalwijzerError as error:
        code = error.code if isinstance(error, InputError) else ""
        return GivenBack(text, topic, str(error), "onderwerp" if code == "onderwerp" else "tekst",
                         400 if code else 409)
    return None


async def _propose(visit: Visit, text: str, topic: str) -> None:
    worker = visit.desk.worker
    # The bot itself knows more cries for help than their words tell.
    if 0 < len(text) <= LONGEST and worker.ready and Said(
            text, await worker.ask_soon(sender_of(""), text)).crisis:
        raise InputError("nood", NEED)
    examples: Examples = visit.desk.store(Examples)
    examples.meet(visit.person)
    examples.propose(topic, text, visit.person.id)
