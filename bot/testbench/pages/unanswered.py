"""Onbeantwoord: questions the bot could not answer, and what an editor does with them."""

from __future__ import annotations

import asyncio
from typing import Sequence

from starlette.responses import Response

from bot import resources, unanswered
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.counting import counted
from bot.testbench.desk import Visit, action, page
from bot.testbench.example import OUTSIDE
from bot.testbench.examples import LONGEST
from bot.testbench.grouping import groups
from bot.testbench.proposing import GivenBack, propose_typed
from bot.testbench.topics import grouped

PATH = "/onbeantwoord"


async def _show(visit: Visit) -> Response:
    return await _page(visit)


async def _page(visit: Visit, given_back: GivenBack | None = None, ids: Sequence[str] = ()
                ) -> Response:
    """The page; with an example question that was not taken at the group of these ids."""
    settings = visit.desk.settings
    kept = unanswered.read(settings.unanswered_file) if settings.unanswered else []
    found = await asyncio.to_thread(groups, kept)
    at = next((n for n, group in enumerate(found) if any(q.id in ids for q in group.questions)),
              None) if given_back else None
    return visit.page(
        "onbeantwoord.html", given_back.status if given_back else 200, given_back=given_back, at=at,
        on=settings.unanswered, groups=found, number=len(kept),
        days=round(settings.unanswered_retention / 86400), longest=LONGEST, outside=OUTSIDE,
        topics=grouped(resources.knowledge(), resources.texts().entry("keuze", "themas")))


async def _example(visit: Visit) -> Response:
    """The question becomes an example of a topic or of what is out of scope, and is dealt with."""
    ids = _ids(visit)
    if given_back := await propose_typed(visit):
        return await _page(visit, given_back, ids)
    unanswered.remove(visit.desk.settings.unanswered_file, ids)
    return visit.go(PATH, "De vraag is voorgesteld als voorbeeld. Een tweede redacteur keurt ze "
                          "goed bij Wijzigingen.")


async def _away(visit: Visit) -> Response:
    gone = unanswered.remove(visit.desk.settings.unanswered_file, _ids(visit))
    return visit.go(PATH, f"{counted(gone, 'vraag', 'vragen')} gewist.")


def _ids(visit: Visit) -> list[str]:
    """The questions of the group that was shown; InputError when all of them are gone."""
    kept = {q.id for q in unanswered.read(visit.desk.settings.unanswered_file)}
    ids = [one for one in visit.field("vragen", 40_000).split() if one in kept]
    if not ids:
        raise InputError("weg", "Deze vraag is er niet meer. Iemand anders was je voor.")
    return ids


ROUTES = [page(PATH, _show, Role.EDITOR), action(f"{PATH}/voorbeeld", _example, Role.EDITOR),
          action(f"{PATH}/weg", _away, Role.EDITOR)]
