"""Golden conversations: save one that was held, hold them again, see what no longer fits."""

from __future__ import annotations

import asyncio
from typing import Sequence

from starlette.responses import Response

from bot import resources
from bot.bench.talks import Talk, TurnVerdict, run_talks
from bot.errors import DuaalwijzerError, InputError
from bot.testbench.access import Role
from bot.testbench.desk import Visit, action, page
from bot.testbench.dutch import ASKS, KINDS
from bot.testbench.held import Held, Said, sender_of
from bot.testbench.talk_makers import TalkMakers
from bot.testbench.talks import (
    LONGEST_NAME,
    Wanted,
    drafted,
    expected,
    file_of,
    find,
    remove,
    saved,
)


async def _list(visit: Visit) -> Response:
    return _page(visit)


async def _form(visit: Visit) -> Response:
    sender, turns = _conversation(visit)
    return _form_page(visit, sender, turns, [Wanted.of(turn) for turn in drafted(turns)])


def _form_page(visit: Visit, sender: str, turns: Sequence[Said], wanted: Sequence[Wanted],
               name: str = "", wrong: str = "") -> Response:
    return visit.page("gesprek.html", 400 if wrong else 200, sender=sender, name=name, wrong=wrong,
                      turns=list(zip(turns, drafted(turns), wanted)), kinds=KINDS, asks=ASKS,
                      topics=resources.knowledge().topics, longest=LONGEST_NAME)


async def _save(visit: Visit) -> Response:
    sender, turns = _conversation(visit)
    drafts, name = drafted(turns), _typed(visit, "naam")
    wanted = [_wanted(visit, i) for i in range(len(drafts))]
    try:
        talk = visit.desk.store(TalkMakers).add(
            file_of(visit.desk.settings), name,
            [expected(turn, one) for turn, one in zip(drafts, wanted)], visit.person.id)
    except DuaalwijzerError as error:
        return _form_page(visit, sender, turns, wanted, name, str(error))
    verdicts = await _hold(visit, [talk])
    right = sum(not verdict.faults for verdict in verdicts)
    return visit.go("/gesprekken", f"Bewaard en meteen gespeeld: {right} van {len(verdicts)} "
                                   "beurten zoals verwacht.")


def _wanted(visit: Visit, number: int) -> Wanted:
    """What the form says of a turn."""
    assert visit.form is not None
    return Wanted(list(map(str, visit.form.getlist(f"soort{number}"))),
                  list(map(str, visit.form.getlist(f"onderwerp{number}"))),
                  list(map(str, visit.form.getlist(f"vraagt{number}"))),
                  _typed(visit, f"bevat{number}"), _typed(visit, f"niet{number}"))


def _typed(visit: Visit, name: str) -> str:
    """A field whole, however long: the form can show it again."""
    assert visit.form is not None
    return str(visit.form.get(name) or "").strip()


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
                      kinds=KINDS, asks=ASKS, topics=resources.knowledge().topics,
                      right=sum(not v.faults for v in verdicts),
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
