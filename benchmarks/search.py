"""Zoektijd in een catalogus van volle grootte en in een die tien keer zo groot is.

Bouwt in een tijdelijke map een catalogus met gegenereerde scholen en aanbod op de ingebouwde
gemeenten en opleidingen, en meet de rekentijd van elke zoekopdracht. Met --vergelijk worden
zoekopdrachten in de plaats daarvan naast een trage, onafhankelijke zoeker gelegd.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.catalogue.catalogue import Catalogue  # noqa: E402
from bot.catalogue.offers import OfferQuery  # noqa: E402
from bot.catalogue.opening import open_catalogue  # noqa: E402
from bot.catalogue.search import search_offers  # noqa: E402
from tests.catalogue.generated import generate  # noqa: E402

SCHOOLS, OFFERS, TIMES = 2_200, 42_000, 10
LIMITS_MS = {1: 5.0, TIMES: 15.0}
PLACES = ("gemeente", "gemeente", "straal", "straal", "provincie")
RADII_KM = (5.0, 10.0, 15.0, 20.0, 30.0, 40.0)


def random_query(catalogue: Catalogue, chance: random.Random) -> OfferQuery:
    """A search as people ask them: one programme, an interest, or (one in ten) anything dual."""
    dual = [n for n, p in catalogue.programmes.items() if p.dual and not p.introductory]
    kind = chance.choices(("programme", "interest", "any"), (6, 3, 1))[0]
    programmes: tuple[str, ...] = ()
    if kind == "programme":
        programmes = (chance.choice(dual),)
    elif kind == "interest":
        programmes = chance.choice(list(catalogue.aliases.values()))
    where = chance.choice(PLACES)
    place = chance.choice(catalogue.places.all)
    return OfferQuery(
        programmes, None if where == "provincie" else place,
        place.province if where == "provincie" else None,
        chance.choice(RADII_KM) if where == "straal" else None,
        (chance.randint(3, 7),) if chance.random() < 0.3 else (),
        chance.random() < 0.3)


def measure(times: int, searches: int, seed: int) -> bool:
    """Print the times of one size in ms; True when the 99th percentile is within its limit."""
    with tempfile.TemporaryDirectory() as folder:
        made = generate(Path(folder), SCHOOLS * times, OFFERS * times, seed)
        begin = time.perf_counter()
        catalogue = open_catalogue(made.file)
        chance = random.Random(seed)
        search_offers(catalogue, OfferQuery())  # reads the offers and makes the index
        ready = time.perf_counter() - begin
        taken = []
        for query in [random_query(catalogue, chance) for _ in range(searches)]:
            begin = time.thread_time()  # others on this machine do not count
            search_offers(catalogue, query)
            taken.append((time.thread_time() - begin) * 1000)
        catalogue.close()
    taken.sort()
    p50, p95, p99 = (taken[min(len(taken) - 1, int(len(taken) * p))] for p in (0.5, 0.95, 0.99))
    limit = LIMITS_MS.get(times)
    print(f"{SCHOOLS * times:>7} vestigingen {OFFERS * times:>8} rijen  openen {ready:>5.1f} s  "
          f"p50 {p50:>6.2f}  p95 {p95:>6.2f}  p99 {p99:>6.2f}  hoogste {taken[-1]:>6.2f} ms"
          + (f"  (grens p99: {limit:.0f} ms)" if limit else ""), flush=True)
    return limit is None or p99 <= limit


def main() -> int:
    """Measure, or compare; the exit code is 1 when a limit or the comparison does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser._optionals.title = "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    parser.add_argument("--keer", type=int, action="append", metavar="N",
                        help=f"hoeveel keer de volle grootte (standaard 1 en {TIMES})")
    parser.add_argument("--zoekopdrachten", type=int, default=2000, metavar="N",
                        help="hoeveel zoekopdrachten (standaard 2000)")
    parser.add_argument("--zaad", type=int, default=1, metavar="N",
                        help="zelfde zaad, zelfde scholen en zoekopdrachten (standaard 1)")
    parser.add_argument("--vergelijk", type=int, nargs="?", const=5000, metavar="N",
                        help="vergelijk N zoekopdrachten met de trage zoeker (standaard 5000)")
    options = parser.parse_args()
    if options.vergelijk:
        test = ROOT / "tests" / "catalogue" / "test_search_reference.py"
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", str(test)], cwd=ROOT,
            env={**os.environ, "DUAALWIJZER_ZOEKVOORBEELDEN": str(options.vergelijk)}).returncode
    held = [measure(times, options.zoekopdrachten, options.zaad)
            for times in options.keer or (1, TIMES)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
