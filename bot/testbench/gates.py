"""A test list as a gate: its name in the files, and whether it can be one."""

from __future__ import annotations

from pathlib import Path

from bot.bench.gate import Gate, Result, folder_of, read_gates
from bot.bench.judge import Outcome
from bot.errors import InputError, TestListError
from bot.testbench.lists import TestList
from bot.testbench.runs import Runs


def gate_file(item: TestList) -> str:
    """The name of the list as a gate."""
    return f"poort_{item.slug}.csv"


def gates_of(root: Path) -> tuple[dict[str, Gate], str]:
    """Gates by file, and why they cannot be read."""
    try:
        return {gate.lijst: gate for gate in read_gates(folder_of(root))}, ""
    except TestListError as error:
        return {}, str(error)


def now(item: TestList, runs: Runs, model: str, gate: Gate) -> Result | None:
    """What the gate would get, by the last whole run of these questions with this model."""
    run = runs.latest(item.id, item.version, model)
    if run is None:
        return None
    counts = runs.counts(run.id)[""]
    return Result(gate, run.total, counts[Outcome.RIGHT], counts[Outcome.WRONG])


def must_hold(result: Result | None) -> None:
    """InputError when the gate would halt every change, or nobody knows."""
    if result is None:
        raise InputError("poort", "Test de lijst eerst: er is nog geen volledige test van deze "
                         "vragen met het model van nu. Zonder cijfers kan een poort alles "
                         "tegenhouden.")
    if not result.holds:
        raise InputError("poort", f"De laatste test haalt dit niet: nu {result.numbers}. Deze "
                         "poort houdt alles tegen. Kies een lagere lat, of verbeter eerst de bot.")


def share_of(text: str) -> float:
    """A percentage as a person types it, 0 to 1; InputError when it is none."""
    try:
        share = float(text.replace(",", ".").rstrip("% ")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError("percentage", "Geef bij juist en fout een percentage van 0 tot 100, "
                         "bijvoorbeeld 95,5.")
    return share
