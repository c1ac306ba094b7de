"""The versions of an answer: set two side by side, or propose to bring one back."""

from __future__ import annotations

from typing import Sequence

from starlette.responses import Response

from bot.errors import InputError
from bot.knowledge.load import parse_topic
from bot.knowledge.versions import compare
from bot.testbench.access import Role
from bot.testbench.change import RESTORE, Version, fingerprint
from bot.testbench.changes import Changes
from bot.testbench.desk import Visit, action, page
from bot.testbench.pages.edit import current
from bot.testbench.versions import Versions


async def _show(visit: Visit) -> Response:
    topic, _ = current(visit)
    store: Versions = visit.desk.store(Versions)
    versions = store.of(topic.file)
    old, new = _chosen(visit.field("oud"), versions, 1), _chosen(visit.field("nieuw"), versions, 0)
    pairs = (parse_topic(topic.file, old.content), parse_topic(topic.file, new.content))
    return visit.page("versies.html", topic=topic, versions=versions, old=old, new=new,
                      differences=compare(*pairs))


async def _restore(visit: Visit) -> Response:
    topic, now = current(visit)
    store: Versions = visit.desk.store(Versions)
    wanted = visit.field("versie")
    version = next((v for v in store.of(topic.file) if str(v.id) == wanted), None)
    if version is None:
        raise InputError("versie", "Kies een versie die bestaat.")
    if version.hash == fingerprint(now):
        raise InputError("gelijk", "Deze versie staat nu al in de bot.")
    changes: Changes = visit.desk.store(Changes)
    number = changes.propose(topic.file, fingerprint(now), version.content,
                             f"versie {version.id} terug", visit.person, RESTORE)
    return visit.go(f"/wijzigingen/{number}", "Voorstel gemaakt om deze versie terug te zetten. "
                                              "Een andere redacteur keurt het goed.")


def _chosen(number: str, versions: Sequence[Version], default: int) -> Version:
    return next((v for v in versions if str(v.id) == number),
                versions[min(default, len(versions) - 1)])


ROUTES = [
    page("/onderwerpen/{id}/versies", _show, Role.EDITOR),
    action("/onderwerpen/{id}/herstel", _restore, Role.EDITOR),
]
