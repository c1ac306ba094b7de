"""Een testlijst van 5.000 rijen in de proefbank, terwijl acht mensen met de bot praten.

Start de bot en de proefbank, elk in een proces, op een eigen map. Meet eerst hoe snel de bot
antwoordt zonder test (elk van de acht stuurt om de drie seconden een bericht), dan tijdens een
test van de hele lijst. Daarna loopt dezelfde lijst nog eens en wordt de proefbank halverwege
gedood met kill -9 en opnieuw gestart: elke rij moet er precies een keer zijn, met hetzelfde
oordeel als in de eerste test. Exitcode 1 als een lat niet gehaald wordt. Er is een passend model
nodig; er wordt niets getraind.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench_process import Editor, bench, process
from chatting import BOT, chatting

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.bench.gate import csv_of  # noqa: E402
from bot.bench.model import Case, read_list  # noqa: E402

SOURCES = ("ronde", "taken", "zoeken", "zoeken_ongezien", "nood")
ENDS = ("", "?", " aub", " ...", " alvast bedankt", "!!", " en graag snel")
LONGEST, RATIO = 90.0, 1.5  # the bars: seconds of a run, p95 with the run over p95 without


def cases(count: int) -> list[Case]:
    """Rows of our own lists, again and again with another ending."""
    rows = [case for name in SOURCES for case in read_list(ROOT / f"tests/bench/{name}.csv")]
    random.Random(1).shuffle(rows)
    return [replace(rows[i % len(rows)], question=rows[i % len(rows)].question
                    + ENDS[i // len(rows) % len(ENDS)]) for i in range(count)]


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def processor_seconds(parent: int) -> float:
    """Of a process and its children: what the work costs, also on a machine that is busy."""
    total = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = file.read_text().rpartition(")")
        except OSError:
            continue  # it ended meanwhile
        if parent in (int(name.split()[0]), int(rest.split()[1])):
            total += int(rest.split()[11]) + int(rest.split()[12])
    return total / os.sysconf("SC_CLK_TCK")


def outcomes(folder: Path, run: int) -> list[tuple[int, str]]:
    with sqlite3.connect(folder / "proefbank.sqlite") as db:
        return db.execute("SELECT number, outcome FROM result WHERE run = ? ORDER BY number",
                          (run,)).fetchall()


def measure(count: int, quiet: float, folder: Path) -> dict[str, float]:
    made = cases(count)
    texts = [case.question for case in made if 3 < len(case.question) < 300][:400]
    address = f"http://127.0.0.1:{BOT}/health"
    with process(["start", "--port", str(BOT)], folder, address):
        with bench(folder) as pages:
            editor = Editor(folder)
            began = time.perf_counter()
            place = editor.post("/lijsten/nieuw", {"naam": "Meting"}, {
                "bestand": ("meting.csv", csv_of(made).encode())})
            upload = time.perf_counter() - began
            with chatting(texts):
                time.sleep(10)  # everything warm
            with chatting(texts) as without:
                time.sleep(quiet)
            with chatting(texts) as during:
                spent = processor_seconds(pages.pid)
                shown = editor.post(f"{place}/loop", {})
                took = editor.until(shown, count)
                spent = processor_seconds(pages.pid) - spent
        before = outcomes(folder, 1)
        with bench(folder) as killed:
            shown = editor.post(f"{place}/loop", {})
            editor.until(shown, count // 2)
            killed.kill()
            killed.wait()
        with bench(folder):
            editor.until(shown, count)
    after = outcomes(folder, 2)
    return {"rijen": count, "opladen_s": upload, "test_s": took, "ms_per_vraag": took / count * 1e3,
            "rekentijd_ms_per_vraag": spent / count * 1e3,
            "berichten_zonder": len(without), "berichten_tijdens": len(during),
            "p50_zonder_ms": statistics.median(without),
            "p50_tijdens_ms": statistics.median(during),
            "p95_zonder_ms": p95(without), "p95_tijdens_ms": p95(during),
            "p95_verhouding": p95(during) / p95(without),
            "rijen_na_kill": len(after),
            "ander_oordeel_na_kill": sum(a != b for a, b in zip(before, after)),
            "elke_rij_eens": float([n for n, _ in after] == list(range(2, count + 2)))}


def main() -> int:
    """Measure and show; 1 when a bar is not held."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser._optionals.title = "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    parser.add_argument("--rijen", type=int, default=5000, metavar="N",
                        help="rijen van de lijst (standaard 5000)")
    parser.add_argument("--rust", type=float, default=90.0, metavar="S",
                        help="seconden meten zonder test (standaard 90)")
    parser.add_argument("--uit", type=Path, default=ROOT / "results" / "testbench.json",
                        metavar="BESTAND", help="schrijf de cijfers hier als JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = measure(options.rijen, options.rust, Path(name))
    for key, value in found.items():
        print(f"{key:<24}{value:>10.1f}" if key != "p95_verhouding" else f"{key:<24}{value:>10.2f}")
    options.uit.parent.mkdir(exist_ok=True)
    options.uit.write_text(json.dumps(found, indent=2))
    bars = {f"een test van {options.rijen} rijen in minder dan {LONGEST:.0f} s":
            found["test_s"] < LONGEST,
            f"p95 tijdens de test hoogstens {RATIO} keer die zonder":
            found["p95_verhouding"] <= RATIO,
            "na kill -9 elke rij een keer": bool(found["elke_rij_eens"])}
    for bar, held in bars.items():
        print(f"{'gehaald' if held else 'NIET gehaald'}: {bar}")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
