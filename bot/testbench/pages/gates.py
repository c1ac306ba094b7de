"""Making a test list a gate: editors do it on the page of the list."""

from __future__ import annotations

from starlette.responses import Response

from bot.bench.gate import Gate, folder_of, read_gates, remove_gate, write_gate
from bot.errors import InputError, TestListError
from bot.testbench.access import Role
from bot.testbench.desk import Desk, Visit, action
from bot.testbench.lists import Lists, TestList


async def _gate(visit: Visit) -> Response:
    item, folder = list_of(visit), folder_of(visit.desk.settings.root)
    if visit.field("weg"):
        remove_gate(folder, gate_file(item))
        return visit.go(f"/lijsten/{item.id}", "Deze lijst is geen poort meer.")
    cases = [case for _, case in visit.desk.store(Lists).cases(item.id)]
    write_gate(folder, Gate(gate_file(item), _share(visit, "juist"), _share(visit, "fout")), cases)
    return visit.go(f"/lijsten/{item.id}", "Deze lijst is nu een poort: elke wijziging moet ze "
                    "halen.")


def gate_file(item: TestList) -> str:
    """The name of the list as a gate."""
    return f"poort_{item.slug}.csv"


def gates_of(desk: Desk) -> tuple[dict[str, Gate], str]:
    """Gates by file, and why they cannot be read."""
    try:
        return {gate.lijst: gate for gate in read_gates(folder_of(desk.settings.root))}, ""
    except TestListError as error:
        return {}, str(error)


def list_of(visit: Visit) -> TestList:
    """The list of the address; InputError when there is none."""
    item: TestList = visit.desk.store(Lists).get(visit.request.path_params["list"])
    return item


def _share(visit: Visit, name: str) -> float:
    try:
        share = float(visit.field(name).replace(",", ".").rstrip("% ")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError(name, "Geef een percentage van 0 tot 100.")
    return share


ROUTES = [action("/lijsten/{list:int}/poort", _gate, Role.EDITOR)]
