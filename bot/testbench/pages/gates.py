"""Making a test list a gate: editors do it on the page of the list."""

from __future__ import annotations

from starlette.responses import Response

from bot.bench.gate import Gate, folder_of, remove_gate, write_gate
from bot.errors import InputError, TestListError
from bot.testbench.access import Role
from bot.testbench.desk import Visit, action
from bot.testbench.gates import gate_file, must_hold, now, share_of
from bot.testbench.lists import Lists
from bot.testbench.pages.lists import list_of, show_list
from bot.testbench.runs import Runs


async def _gate(visit: Visit) -> Response:
    item, folder = list_of(visit), folder_of(visit.desk.settings.root)
    if visit.field("weg"):
        remove_gate(folder, gate_file(item))
        return visit.go(f"/lijsten/{item.id}", "Deze lijst is geen poort meer.")
    try:
        gate = Gate(gate_file(item), share_of(visit.field("juist")),
                    share_of(visit.field("fout")))
        must_hold(now(item, visit.desk.store(Runs), visit.desk.worker.model.name, gate))
        write_gate(folder, gate, [case for _, case in visit.desk.store(Lists).cases(item.id)])
    except (InputError, TestListError) as error:
        return await show_list(visit, str(error))
    return visit.go(f"/lijsten/{item.id}", "Deze lijst is nu een poort: elke wijziging moet ze "
                    "halen.")


ROUTES = [action("/lijsten/{list:int}/poort", _gate, Role.EDITOR)]
