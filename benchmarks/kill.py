"""Ophalen en bouwen, op willekeurige ogenblikken gedood met kill -9.

Twee nagebootste API's van verschillende grootte worden om beurten opgehaald. Na elke keer doden
moet de catalogus te openen zijn en precies de aantallen van een van de twee hebben, en een nieuwe
die van de opgehaalde rijen gebouwd wordt ook. Op het einde moet een gewone ophaling lukken en mag
er niets halfs blijven liggen. Exitcode 1 als dat niet zo is.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

from fetch import ROOT, SOURCE, TODAY, refresh, standin

from bot.catalogue.build import build
from bot.catalogue.opening import open_catalogue
from bot.errors import DuaalwijzerError

SIZES = ((300, 5000), (310, 5200))  # locations, groups
READY = "klaar"
Counts = tuple[int, int]


def work(urls: list[str], folder: Path) -> None:
    """Fetch and publish, and build, by turns and without end; the first line says it began."""
    print(READY, flush=True)
    for url in cycle(urls):
        refresh(url, folder)
        build(SOURCE, folder / "catalogus.sqlite", today=TODAY, fetched=folder / "ophaling")


def counts(file: Path) -> Counts:
    """Schools and offers of a catalogue; DuaalwijzerError when it cannot be read."""
    opened = open_catalogue(file)
    try:
        return len(opened.schools), opened.info.offers
    finally:
        opened.close()


def kill(urls: list[str], folder: Path, moment: float) -> None:
    """Start the work and kill it that many seconds after it began."""
    process = subprocess.Popen([sys.executable, __file__, "--werk", *urls, str(folder)], cwd=ROOT,
                               stdout=subprocess.PIPE, text=True)
    assert process.stdout
    if process.stdout.readline().strip() != READY:
        raise SystemExit("Het werk start niet.")
    time.sleep(moment)
    if process.poll() is not None:
        raise SystemExit("Het werk is gestopt voor het gedood werd.")
    process.kill()
    process.wait()
    process.stdout.close()


def left(folder: Path) -> Counter[str]:
    """What lies in the data folder beside what belongs there."""
    known = {"catalogus.sqlite", "ophaling", "ophaling-vorige"}
    return Counter(f.name.rsplit(".", 1)[0] for f in folder.iterdir() if f.name not in known)


def run(kills: int, seed: int) -> bool:
    """Kill that many times; True when the catalogue was whole every time."""
    chance = random.Random(seed)
    with standin(*SIZES[0]) as first, standin(*SIZES[1]) as second, \
            tempfile.TemporaryDirectory() as name:
        folder, urls = Path(name) / "var", [first, second]
        file, anew = folder / "catalogus.sqlite", Path(name) / "opnieuw.sqlite"
        folder.mkdir()
        whole: set[Counts] = set()
        begin = time.perf_counter()
        for url in urls:
            refresh(url, folder)
            whole.add(counts(file))
        longest = 1.5 * (time.perf_counter() - begin)
        print(f"aantallen {sorted(whole)}; doden binnen {longest:.1f} s", flush=True)
        wrong, met = [], Counter[Counts]()
        for number in range(1, kills + 1):
            moment = chance.uniform(0, longest)
            kill(urls if number % 2 else urls[::-1], folder, moment)
            try:
                build(SOURCE, anew, today=TODAY, fetched=folder / "ophaling")
                found = counts(file)
                met[found] += 1
                if not {found, counts(anew)} <= whole:
                    wrong.append(f"{number}: {found} en {counts(anew)} na {moment:.3f} s")
            except DuaalwijzerError as error:
                wrong.append(f"{number}: na {moment:.3f} s: {error}")
        print(f"{kills} keer gedood, gevonden {dict(met)}, blijft liggen {dict(left(folder))}")
        refresh(first, folder)
        remains = left(folder)
        print(f"na een gewone ophaling {counts(file)}, blijft liggen {dict(remains)}")
    for line in wrong:
        print(f"FOUT  {line}")
    return not wrong and not remains


def main() -> int:
    """Kill and look; 1 when the catalogue was not whole or something half stays behind."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser._optionals.title = "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    parser.add_argument("--keer", type=int, default=50, metavar="N",
                        help="hoeveel keer doden (standaard 50)")
    parser.add_argument("--zaad", type=int, default=1, metavar="N",
                        help="zelfde zaad, zelfde ogenblikken (standaard 1)")
    parser.add_argument("--werk", nargs=3, metavar=("ADRES", "ADRES", "MAP"),
                        help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.werk:
        work(options.werk[:2], Path(options.werk[2]))
        return 0
    return 0 if run(options.keer, options.zaad) else 1


if __name__ == "__main__":
    sys.exit(main())
