"""Gates: test lists that a change of the bot must hold, as files that CI runs.

`tests/bench/poorten.yml` names each list, a CSV file in the same folder, with its two bars.
"""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Iterable, Sequence

import yaml

from bot.bench.cells import safe
from bot.bench.judge import Outcome
from bot.bench.model import COLUMNS, Case, as_row, read_list
from bot.bench.report import Ask, run
from bot.errors import TestListError
from bot.files import write_atomically

FILE = "poorten.yml"
INTRO = ("# Testlijsten die elke wijziging moet halen: `duaalwijzer bench gate`.\n"
         "# De aandelen gaan van 0 tot 1. De proefbank schrijft dit bestand (docs/proefbank.md).\n")


@dataclass(frozen=True)
class Gate:
    """A list with the share that must be right at least and may be wrong at most, 0 to 1."""

    lijst: str
    juist_minstens: float
    fout_hoogstens: float


@dataclass(frozen=True)
class Result:
    """What a gate got: number of questions, and how many were right and wrong."""

    gate: Gate
    total: int
    right: int
    wrong: int

    @property
    def holds(self) -> bool:
        """True when both bars are kept; a list of nothing keeps none."""
        return self.total > 0 and (self.right >= self.gate.juist_minstens * self.total
                                   and self.wrong <= self.gate.fout_hoogstens * self.total)

    @property
    def sentence(self) -> str:
        """The same for a person."""
        return (f"{self.gate.lijst}: {'gehaald' if self.holds else 'NIET gehaald'}, "
                f"{self.numbers}")

    @property
    def numbers(self) -> str:
        """What was counted, beside the bars."""
        share = 1 / self.total if self.total else 0.0
        return (f"{self.right} van {self.total} juist ({percent(self.right * share)}, minstens "
                f"{percent(self.gate.juist_minstens)}), {self.wrong} fout "
                f"({percent(self.wrong * share)}, hoogstens {percent(self.gate.fout_hoogstens)})")


def percent(share: float) -> str:
    """A share, 0 to 1, as people write it here: "95,5 %"."""
    return f"{100 * share:.1f}".removesuffix(".0").replace(".", ",") + " %"


def folder_of(root: Path) -> Path:
    """Where gates are kept."""
    return root / "tests" / "bench"


def read_gates(folder: Path) -> list[Gate]:
    """Every gate; none when there is no file. TestListError when it cannot be trusted."""
    file = folder / FILE
    if not file.exists():
        return []
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        gates = [Gate(str(row["lijst"]), float(row["juist_minstens"]),
                      float(row["fout_hoogstens"])) for row in content]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, KeyError, ValueError) as error:
        raise TestListError(FILE, "", "is niet leesbaar als lijst van poorten",
                            "schrijf bij elke poort lijst, juist_minstens en fout_hoogstens") \
            from error
    for gate in gates:
        if Path(gate.lijst).name != gate.lijst or not (folder / gate.lijst).is_file():
            raise TestListError(FILE, gate.lijst, "de lijst staat niet in dezelfde map",
                                "zet het CSV-bestand ernaast of schrap de poort")
        if not (0 <= gate.juist_minstens <= 1 and 0 <= gate.fout_hoogstens <= 1):
            raise TestListError(FILE, gate.lijst, "een aandeel ligt niet tussen 0 en 1",
                                "schrijf bijvoorbeeld 0.95")
    return gates


def write_gate(folder: Path, gate: Gate, cases: Sequence[Case]) -> None:
    """Add or change a gate. The list goes first: who reads meanwhile finds a whole gate."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = [other for other in read_gates(folder) if other.lijst != gate.lijst]
    write_atomically(folder / gate.lijst, csv_of(cases).encode())
    _write_gates(folder, [*kept, gate])


def remove_gate(folder: Path, name: str) -> None:
    """A list is no gate any more; nothing happens when it was none."""
    gates = read_gates(folder)
    if any(gate.lijst == name for gate in gates):
        _write_gates(folder, [gate for gate in gates if gate.lijst != name])
        (folder / name).unlink()


def run_gates(folder: Path, gates: Sequence[Gate], ask: Ask) -> list[Result]:
    """Ask every question of every gate."""
    results = []
    for gate in gates:
        outcomes = [v.outcome for v in run(read_list(folder / gate.lijst), ask)]
        results.append(Result(gate, len(outcomes), outcomes.count(Outcome.RIGHT),
                              outcomes.count(Outcome.WRONG)))
    return results


def csv_of(cases: Iterable[Case | None], separator: str = ",") -> str:
    """A list as a CSV file that `read_list` reads; None is an empty row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in as_row(case)] if case else [""] * len(COLUMNS)
                     for case in cases)
    return text.getvalue()


def _write_gates(folder: Path, gates: Sequence[Gate]) -> None:
    rows = [asdict(gate) for gate in sorted(gates, key=lambda g: g.lijst)]
    text = INTRO + yaml.safe_dump(rows, sort_keys=False, allow_unicode=True)
    write_atomically(folder / FILE, text.encode())
