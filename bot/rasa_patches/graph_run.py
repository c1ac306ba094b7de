"""Run the nodes of a loaded graph one after the other, in an order worked out once.

Rasa builds the graph anew for every message and every prediction, writes its inputs (the whole
conversation) into a debug line that nobody sees, and hands it to dask to run in one thread: 1.6 of
the 11 ms that understanding a message took (benchmarks/parse.py). The nodes stay the same.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

ORIGINAL = DaskGraphRunner.run
ORIGINAL_SHA256 = "45f0f52f574f3aa9546a552bf671183e171092c18b66e97f5771a7fa295de37e"

Step = tuple[str, Any, tuple[str, ...]]


def _run(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    wanted = tuple(targets or self._graph_schema.target_names)
    plans = self.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        plans[wanted] = _plan(self, wanted)
    done = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, node, needs in plans[wanted]:
            done[name] = node(*(done.get(need, need) for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[name] for name in wanted)


def _plan(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> list[Step]:
    """The nodes that the targets need, each after the nodes it needs itself."""
    nodes = runner._graph_schema.minimal_graph_schema(list(wanted)).nodes
    plan: dict[str, Step] = {}

    def add(name: str) -> None:
        if name in nodes and name not in plan:
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                add(need)
            plan[name] = (name, runner._instantiated_nodes[name], needs)

    for name in nodes:
        add(name)
    return list(plan.values())


def apply() -> None:
    """Replace `DaskGraphRunner.run`."""
    DaskGraphRunner.run = _run
