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
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ContextManager, Iterator

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.bench.gate import csv_of  # noqa: E402
from bot.bench.model import Case, read_list  # noqa: E402

BOT, BENCH = 5725, 5726  # ports
SOURCES = ("ronde", "taken", "zoeken", "zoeken_ongezien", "nood")
ENDS = ("", "?", " aub", " ...", " alvast bedankt", "!!", " en graag snel")
LONGEST, RATIO = 90.0, 1.5  # the bars: seconds of a run, p95 with the run over p95 without
CLIENTS, EVERY = 8, 3.0


def cases(count: int) -> list[Case]:
    """Rows of our own lists, again and again with another ending."""
    rows = [case for name in SOURCES for case in read_list(ROOT / f"tests/bench/{name}.csv")]
    random.Random(1).shuffle(rows)
    return [replace(rows[i % len(rows)], question=rows[i % len(rows)].question
                    + ENDS[i // len(rows) % len(ENDS)]) for i in range(count)]


@contextmanager
def process(arguments: list[str], folder: Path, health: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of our commands, once it is healthy."""
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        made = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], cwd=ROOT, stdout=log, stderr=log,
            env={**os.environ, "DUAALWIJZER_DATA_DIR": str(folder), "PYTHONWARNINGS": "ignore"})
    try:
        until = time.monotonic() + 180
        while time.monotonic() < until:
            if made.poll() is not None:
                raise SystemExit(f"{arguments} stopte: kijk in {folder}")
            try:
                if requests.get(health, timeout=2).status_code == 200:
                    break
            except requests.RequestException:
                pass
            time.sleep(0.2)
        yield made
    finally:
        made.terminate()
        made.wait(20)


def bench(folder: Path) -> ContextManager[subprocess.Popen[bytes]]:
    """The pages, with the model loaded."""
    return process(["bench", "serve", "--port", str(BENCH)], folder,
                   f"http://127.0.0.1:{BENCH}/gezond")


class Editor:
    """Somebody at the pages."""

    def __init__(self, folder: Path) -> None:
        said = subprocess.run(
            [sys.executable, "-m", "bot", "bench", "token", "add", "Meting"], cwd=ROOT, text=True,
            capture_output=True, check=True,
            env={**os.environ, "DUAALWIJZER_DATA_DIR": str(folder)}).stdout
        code = re.search(r": (\S+\.\S+)\n", said)
        assert code, said
        self._url = f"http://127.0.0.1:{BENCH}"
        answer = requests.post(f"{self._url}/inloggen", data={"code": code[1]}, timeout=30,
                               allow_redirects=False)
        self._headers = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/").text)
        assert found
        self._csrf = found[1]

    def get(self, path: str) -> requests.Response:
        return requests.get(self._url + path, headers=self._headers, timeout=60)

    def post(self, path: str, data: dict[str, str], files: dict | None = None) -> str:
        """Where the form leads to."""
        answer = requests.post(self._url + path, data={"csrf": self._csrf, **data}, files=files,
                               headers=self._headers, timeout=60, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].partition("?")[0]

    def until(self, shown: str, done: int) -> float:
        """Seconds until that many rows are done."""
        began = time.perf_counter()
        while True:
            state = self.get(f"{shown}/stand").json()
            if state["gedaan"] >= done:
                return time.perf_counter() - began
            if state["toestand"] != "loopt":
                raise SystemExit(f"De test stopte: {state['zin']}")
            time.sleep(0.25)


@contextmanager
def chatting(texts: list[str]) -> Iterator[list[float]]:
    """Eight people, one message each every three seconds; gives milliseconds as they come."""
    times: list[float] = []
    ended = threading.Event()

    def person(number: int) -> None:
        chance, session, sender = random.Random(number), requests.Session(), ""
        ended.wait(EVERY * number / CLIENTS)
        turn = 0
        while not ended.is_set():
            if turn % 6 == 0:
                sender = str(uuid.uuid4())
            began = time.perf_counter()
            answer = session.post(f"http://127.0.0.1:{BOT}/webhooks/web/message", timeout=60,
                                  json={"sender": sender, "text": chance.choice(texts)})
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, answer.text
            turn += 1
            ended.wait(EVERY * chance.uniform(0.8, 1.2))

    people = [threading.Thread(target=person, args=(i,)) for i in range(CLIENTS)]
    for one in people:
        one.start()
    try:
        yield times
    finally:
        ended.set()
        for one in people:
            one.join()


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
