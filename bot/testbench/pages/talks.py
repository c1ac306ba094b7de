"""Golden conversations: save one that was held, hold them again, see what no longer fits."""

from __future__ import annotations

import asyncio
from typing import Sequence

from starlette.responses import Response

from bot.bench.talks import Talk, TurnVerdict, run_talks
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.desk import Visit, action, page
from bot.testbench.dutch import ASKS, KINDS
from bot.testbench.held import Held, Said, sender_of
from bot.testbench.talks import LONGEST_NAME, add, drafted, expected, file_of, find, remove, saved


async def _list(visit: Visit) -> Response:
    return _page(visit)


async def _form(visit: Visit) -> Response:
    sender, turns = _conversation(visit)
    return visit.page("gesprek.html", sender=sender, turns=list(zip(turns, drafted(turns))),
                      kinds=KINDS, asks=ASKS, longest=LONGEST_NAME)


async def _save(visit: Visit) -> Response:
    _, turns = _conversation(visit)
    assert visit.form is not None
    wanted = [expected(turn, list(map(str, visit.form.getlist(f"soort{i}"))),
                       list(map(str, visit.form.getlist(f"vraagt{i}"))),
                       visit.field(f"bevat{i}", 5000), visit.field(f"niet{i}", 5000))
              for i, turn in enumerate(drafted(turns))]
    talk = add(file_of(visit.desk.settings), visit.field("naam", 500), wanted)
    verdicts = await _hold(visit, [talk])
    right = sum(not verdict.faults for verdict in verdicts)
    return visit.go("/gesprekken", f"Bewaard en meteen gespeeld: {right} van {len(verdicts)} "
                                   "beurten zoals verwacht.")


async def _play(visit: Visit) -> Response:
    talks, name = saved(file_of(visit.desk.settings)), visit.field("naam", 500)
    chosen = [find(talks, name)] if name else talks
    return _page(visit, await _hold(visit, chosen))


async def _remove(visit: Visit) -> Response:
    if visit.field("zeker", 2) != "ja":
        raise InputError("zeker", "Bevestig eerst dat je dit gesprek wilt verwijderen.")
    remove(file_of(visit.desk.settings), visit.field("naam", 500))
    return visit.go("/gesprekken", "Het gesprek is verwijderd.")


async def _hold(visit: Visit, talks: Sequence[Talk]) -> list[TurnVerdict]:
    """Every turn with what it got, without keeping the pages waiting."""
    worker = visit.desk.worker
    return await asyncio.to_thread(
        run_talks, talks, lambda sender, text: worker.ask(sender, text).messages)


def _page(visit: Visit, verdicts: Sequence[TurnVerdict] = ()) -> Response:
    played: dict[str, list[TurnVerdict]] = {}
    for verdict in verdicts:
        played.setdefault(verdict.talk, []).append(verdict)
    return visit.page("gesprekken.html", talks=saved(file_of(visit.desk.settings)), played=played,
                      kinds=KINDS, asks=ASKS, right=sum(not v.faults for v in verdicts),
                      total=len(verdicts))


def _conversation(visit: Visit) -> tuple[str, tuple[Said, ...]]:
    sender = sender_of(visit.field("gesprek", 36))
    held: Held = visit.desk.store(Held)
    last = len(held.turns(visit.person.code, sender)) - 1
    return sender, held.until(visit.person.code, sender, last)


ROUTES = [
    page("/gesprekken", _list), page("/gesprekken/bewaar", _form),
    action("/gesprekken/bewaar", _save), action("/gesprekken/speel", _play),
    action("/gesprekken/verwijder", _remove, Role.EDITOR),
]
