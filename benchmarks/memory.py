"""Memory of the server after 200 and after 1,000 conversations of six messages, in one run.

Each conversation has knowledge questions, a search, a pathway and something outside. Prints both
and their ratio.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from server import OURS_PORT, ROOT, memory_mb, ours, run, wait

MESSAGES = ["hoeveel verdien je in duaal", "waar kan ik kapper duaal doen in Kortrijk",
            "en in {town}?", "wat kan ik na 6 elektriciteit duaal", "hoe laat rijdt bus {number}",
            "heb ik nog schoolvakantie als ik {number} ben"]
TOWNS = ["Gent", "Ninove", "Aalst", "Leuven", "Hasselt", "Brugge", "Mechelen", "Tielt"]


def conversation(number: int) -> None:
    """Six messages by one person; SystemExit when one of them gets no answer."""
    sender, session = str(uuid.uuid4()), requests.Session()
    for message in MESSAGES:
        text = message.format(town=TOWNS[number % len(TOWNS)], number=number)
        if not ours(text, sender, session):
            raise SystemExit(f"Geen antwoord op: {text}")


def main() -> int:
    """Run the server and print its memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=200, help="gesprekken voor de eerste meting")
    parser.add_argument("--all", type=int, default=1000, help="gesprekken in het geheel")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process = run([sys.executable, "-m", "bot", "start", "--port", str(OURS_PORT),
                       "--data-dir", folder], ROOT, Path(folder) / "log")
        try:
            wait(f"http://127.0.0.1:{OURS_PORT}/health", process)
            measured = []
            for begin, end in ((0, options.first), (options.first, options.all)):
                with ThreadPoolExecutor(4) as pool:
                    list(pool.map(conversation, range(begin, end)))
                measured.append(memory_mb(process))
                print(f"na {end:>5} gesprekken {measured[-1]:>7.0f} MB", flush=True)
            print(f"verhouding          {measured[1] / measured[0]:>7.3f}")
        finally:
            process.terminate()
            process.wait(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
