"""Onbeantwoord: questions the bot could not answer, and what an editor does with them."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from bot import resources, unanswered
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.desk import Visit, action, page
from bot.testbench.examples import OUTSIDE, Examples
from bot.testbench.grouping import groups
from bot.testbench.topics import grouped
from bot.unanswered import LONGEST

PATH = "/onbeantwoord"


async def _show(visit: Visit) -> Response:
    settings = visit.desk.settings
    kept = unanswered.read(settings.unanswered_file) if settings.unanswered else []
    found = await asyncio.to_thread(groups, kept)
    return visit.page(
        "onbeantwoord.html", on=settings.unanswered, groups=found, number=len(kept),
        days=round(settings.unanswered_retention / 86400), longest=LONGEST, outside=OUTSIDE,
        topics=grouped(resources.knowledge(), resources.texts().entry("keuze", "themas")))


async def _example(visit: Visit) -> Response:
    """The question becomes an example of a topic or of what is out of scope, and is dealt with."""
    topic = visit.field("onderwerp", 64)
    if topic != OUTSIDE and resources.knowledge().get(topic) is None:
        raise InputError("onderwerp", "Kies een onderwerp uit de lijst.")
    ids, text = _ids(visit), visit.field("tekst", LONGEST)
    if not text:
        raise InputError("tekst", "De vraag is leeg. Schrijf de vraag die de bot moet leren.")
    examples: Examples = visit.desk.store(Examples)
    examples.meet(visit.person)
    examples.propose(topic, text, visit.person.id)
    unanswered.remove(visit.desk.settings.unanswered_file, ids)
    return visit.go(PATH, "De vraag is voorgesteld als voorbeeld. Een tweede redacteur keurt ze "
                          "goed bij Wijzigingen.")


async def _away(visit: Visit) -> Response:
    gone = unanswered.remove(visit.desk.settings.unanswered_file, _ids(visit))
    return visit.go(PATH, "1 vraag gewist." if gone == 1 else f"{gone} vragen gewist.")


def _ids(visit: Visit) -> list[str]:
    """The questions of the group that was shown; InputError when all of them are gone."""
    kept = {q.id for q in unanswered.read(visit.desk.settings.unanswered_file)}
    ids = [one for one in visit.field("vragen", 40_000).split() if one in kept]
    if not ids:
        raise InputError("weg", "Deze vraag is er niet meer. Iemand anders was je voor.")
    return ids


ROUTES = [page(PATH, _show, Role.EDITOR), action(f"{PATH}/voorbeeld", _example, Role.EDITOR),
          action(f"{PATH}/weg", _away, Role.EDITOR)]
