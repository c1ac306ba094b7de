"""Removing a test list: asked first, since its runs go along."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.bench.gate import folder_of, remove_gate
from bot.testbench.desk import Visit, action, page
from bot.testbench.gates import gate_file, gates_of
from bot.testbench.lists import Lists, TestList
from bot.testbench.pages.lists import list_of, may_remove
from bot.testbench.runs import Runs


async def _ask_to_remove(visit: Visit) -> Response:
    item, gate = _removable(visit)
    return visit.page("lijst_wissen.html", item=item, gate=gate,
                      runs=len(visit.desk.store(Runs).of(item.id)))


async def _remove(visit: Visit) -> Response:
    item, gate = _removable(visit)
    if gate:
        remove_gate(folder_of(visit.desk.settings.root), gate_file(item))
    visit.desk.store(Lists).remove(item.id)
    return visit.go("/lijsten", f"De lijst {item.name} is gewist, met al haar testen.")


def _removable(visit: Visit) -> tuple[TestList, bool]:
    """The list of the address and whether it is a gate; refused to who may not remove it."""
    item = list_of(visit)
    gates, trouble = gates_of(visit.desk.settings.root)
    gate = gate_file(item) in gates
    if not may_remove(visit, item, gate or bool(trouble)):
        raise HTTPException(403, "Een lijst wissen mag wie ze maakte, zolang ze geen poort is, "
                                 "en een redacteur.")
    return item, gate


ROUTES = [page("/lijsten/{list:int}/wis", _ask_to_remove),
          action("/lijsten/{list:int}/wis", _remove)]
