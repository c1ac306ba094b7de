"""Tijd en geheugen van ophalen, keuren en bouwen uit de nagebootste API.

De API draait in een eigen proces, het ophalen in een ander; van dat laatste zijn de tijd (met het
opstarten) en het hoogste geheugen gemeten. Exitcode 1 als een grens niet houdt.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.catalogue.fetch.api import fetch_api  # noqa: E402
from bot.catalogue.fetch.fetcher import Fetcher  # noqa: E402
from bot.catalogue.opening import open_catalogue  # noqa: E402
from bot.catalogue.refresh import publish  # noqa: E402
from bot.catalogue.sources import read_all  # noqa: E402

SOURCE = ROOT / "data" / "catalogue"
TODAY, SCHOOL_YEAR, KEY = "2026-11-26", 2026, "proefsleutel"
LOCATIONS, GROUPS, TIMES = 2_200, 42_000, 4
MAX_SECONDS, MAX_MB, MAX_RATIO = 60.0, 400.0, 5.0


@contextmanager
def standin(locations: int, groups: int) -> Iterator[str]:
    """The address of a stand-in of that size, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "catalogue", "standin", "--port", "0", "--source",
         str(SOURCE), "--locations", str(locations), "--groups", str(groups)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"})  # killed askers make it complain
    try:
        assert process.stdout
        found = next((url for line in process.stdout
                      if (url := re.search(r"http://\S+", line))), None)
        if not found:
            raise SystemExit("De nagebootste API start niet.")
        yield found[0]
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def refresh(url: str, folder: Path) -> None:
    """Fetch, validate and publish once into a data folder, as `catalogue fetch` does."""
    pages = folder / "ophalen"
    with requests.Session() as session:
        fetcher = Fetcher(session, pages, key=KEY, sleep=time.sleep, now=datetime.now, host=url)
        numbers = {row["number"] for row in read_all(SOURCE)["programme"]}
        staging = fetch_api(fetcher, numbers, SCHOOL_YEAR, TODAY)
    shutil.rmtree(pages, ignore_errors=True)
    publish(staging, SOURCE, folder / "ophaling", folder / "catalogus.sqlite", TODAY)


def measure(times: int) -> tuple[float, float]:
    """Seconds and peak MB of one refresh at that many times the full size."""
    with standin(LOCATIONS * times, GROUPS * times) as url, \
            tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        process = subprocess.Popen([sys.executable, __file__, "--werk", url, folder], cwd=ROOT)
        # Of this process alone: what all children together used would count the stand-in too.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("Het ophalen is mislukt.")
        opened = open_catalogue(Path(folder) / "catalogus.sqlite")
        peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        print(f"{times} keer: {len(opened.schools):>6} scholen {opened.info.offers:>7} aanbodrijen"
              f"  {seconds:>6.1f} s  hoogste geheugen {peak:>5.0f} MB", flush=True)
        opened.close()
    return seconds, peak


def main() -> int:
    """Measure at full size and at four times; 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser._optionals.title = "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    parser.add_argument("--werk", nargs=2, metavar=("ADRES", "MAP"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.werk:
        refresh(options.werk[0], Path(options.werk[1]))
        return 0
    seconds, peak = measure(1)
    many, _ = measure(TIMES)
    held = {f"tijd {seconds:.1f} s (onder {MAX_SECONDS:.0f})": seconds < MAX_SECONDS,
            f"geheugen {peak:.0f} MB (onder {MAX_MB:.0f})": peak < MAX_MB,
            f"{TIMES} keer de gegevens: {many / seconds:.2f} keer de tijd (hoogstens "
            f"{MAX_RATIO:.0f})": many <= MAX_RATIO * seconds}
    for told, holds in held.items():
        print(f"{'houdt' if holds else 'FOUT '}  {told}")
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
