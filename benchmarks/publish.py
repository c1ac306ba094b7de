"""Nieuwe catalogi in gebruik nemen terwijl acht mensen vragen stellen.

De echte bot draait met een eigen datamap. Een ander proces zet er om beurten twee uitgaven van de
catalogus in, A en B, zoals `catalogue fetch` dat doet. Ze verschillen in de datum, in een merk
achter elke schoolnaam, in welke scholen er zijn en in welke scholen aanbod hebben. Acht mensen
voeren gesprekken van vier beurten. Geen antwoord mag mislukken of delen van twee uitgaven tonen, en
kort na het publiceren moet elk antwoord uit de nieuwe uitgave komen. Exitcode 1 als dat niet zo is.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import requests
from fetch import ROOT, SOURCE, TODAY, refresh, standin
from jsonschema import Draft202012Validator
from server import memory_mb, run, wait

from bot.catalogue.refresh import publish
from bot.catalogue.staging import Row, Staging, read_staging

PORT, CLIENTS, SIZE = 5718, 8, (2_200, 42_000)
SCHEMA = Draft202012Validator(json.loads((ROOT / "tests/antwoord.schema.json").read_text()))
DATES = {"A": "2026-11-24", "B": "2026-11-25"}
# Of every four schools one is not there and one has no offers: others in each version.
ABSENT, EMPTY = {"A": 0, "B": 1}, {"A": 2, "B": 3}
MARK = re.compile(r" \[([AB])\]")
FRESH = 3.0  # seconds after which every answer must be of the new version
WHAT = ["kapper", "elektricien", "kok", "verzorgende", "lasser", "bakker", "logistiek"]
TOWNS = ["Gent", "Kortrijk", "Oostende", "Leuven", "Hasselt", "Brugge", "Mechelen", "Genk"]
FIRST, OTHER, CHOICE = "waar kan ik {what} duaal doen in {town}", "en in {other}?", "de eerste"
TALKS = [(FIRST, OTHER, "enkel wat nog open is", "meer"), (FIRST, "meer", OTHER, CHOICE),
         (FIRST, CHOICE, OTHER, "meer")]


@dataclass
class Turn:
    """One turn: when (seconds since the epoch), what came back, and what was wrong with it."""

    text: str
    asked: float
    answered: float
    versions: frozenset[str] = frozenset()
    fault: str = ""
    gone: bool = False

    @property
    def mixed(self) -> bool:
        """True when it shows more than one version."""
        return len(self.versions) > 1


def version(staging: Staging, name: str) -> Staging:
    """The rows as one of the two versions."""
    place = {_key(s): number % 4 for number, s in enumerate(staging.schools)}
    return Staging(
        tuple({**s, "naam": f"{s['naam']} [{name}]", "bron_datum": DATES[name]}
              for s in staging.schools if place[_key(s)] != ABSENT[name]),
        tuple({**o, "bron_datum": DATES[name]} for o in staging.offers
              if place[_key(o)] not in (ABSENT[name], EMPTY[name])),
        staging.retrievals, staging.seen)


def _key(row: Row) -> tuple[str, str]:
    return row["instelling"], row["vestiging"]


def publish_for_ever(staged: Path, folder: Path, pause: float) -> None:
    """Publish A and B by turns; a line says which and when (seconds since the epoch)."""
    versions = {name: version(read_staging(staged), name) for name in DATES}
    for name in cycle(versions):
        publish(versions[name], SOURCE, folder / "ophaling", folder / "catalogus.sqlite", TODAY)
        print(name, time.time(), flush=True)
        time.sleep(pause)


def ask(session: requests.Session, sender: str, text: str) -> Turn:
    """One message over HTTP, its answer checked."""
    turn = Turn(text, time.time(), 0.0)
    try:
        response = session.post(f"http://127.0.0.1:{PORT}/webhooks/web/message",
                                json={"sender": sender, "text": text}, timeout=60)
        turn.answered = time.time()
        if response.status_code != 200:
            raise ValueError(f"{response.status_code} {response.text[:200]}")
        check(turn, response.json()["messages"])
    except (requests.RequestException, ValueError, LookupError) as error:
        turn.answered = turn.answered or time.time()
        turn.fault = f"{type(error).__name__}: {error}"
    return turn


def check(turn: Turn, messages: list[dict[str, Any]]) -> None:
    """Hold the answer against the contract and read which versions it shows.

    ValueError or LookupError says what is wrong. A school that went with a new version is asked
    for again: that is no fault.
    """
    if len(messages) != 1:
        raise ValueError(f"{len(messages)} berichten")
    answer = messages[0]
    for error in SCHEMA.iter_errors(answer):
        raise ValueError(f"niet volgens het contract: {error.message}")
    turn.gone = turn.text == CHOICE and answer.get("ask") == "school"
    if answer["kind"] != "offers" and not turn.gone:
        raise ValueError(f"soort {answer['kind']}: {answer['text'][:80]}")
    shown = set(MARK.findall(json.dumps(answer)))
    if not turn.gone:
        dated = {d: name for name, d in DATES.items()}
        shown |= {dated[answer["as_of"]["date"]], dated[answer["sources"][0]["checked"]]}
        schools = [card for card in answer.get("cards", ()) if card["id"].startswith("school-")]
        if not all(MARK.search(card["title"]) for card in schools):
            raise ValueError("een school zonder merk")
    turn.versions = frozenset(shown)


def talk(number: int) -> list[Turn]:
    """One conversation of four turns by one person."""
    names = {"what": WHAT[number % len(WHAT)], "town": TOWNS[number % len(TOWNS)],
             "other": TOWNS[(number + 4) % len(TOWNS)]}
    with requests.Session() as session:
        sender = str(uuid.uuid4())
        return [ask(session, sender, text.format(**names)) for text in TALKS[number % len(TALKS)]]


def stale(turn: Turn, published: list[tuple[str, float]]) -> bool:
    """True for an answer of the version before, though the new one has long been there."""
    known = [name for name, when in published if when <= turn.asked - FRESH]
    if any(turn.asked - FRESH < when <= turn.answered + 1 for _, when in published):
        return False
    return bool(known) and not turn.versions <= {known[-1]}


def measure(turns: int, pause: float) -> bool:
    """Ask and publish; True when every bar holds."""
    with tempfile.TemporaryDirectory() as name:
        staged, folder, log = Path(name) / "bron", Path(name) / "var", Path(name) / "log"
        with standin(*SIZE) as url:
            refresh(url, staged)
        publisher = subprocess.Popen(
            [sys.executable, __file__, "--werk", str(staged / "ophaling"), str(folder),
             "--seconden", str(pause)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert publisher.stdout
        first = publisher.stdout.readline()
        bot = run([sys.executable, "-m", "bot", "start", "--port", str(PORT), "--data-dir",
                   str(folder)], ROOT, log)
        try:
            wait(f"http://127.0.0.1:{PORT}/health", bot)
            memory, began = memory_mb(bot), time.time()
            with ThreadPoolExecutor(CLIENTS) as people:
                done = [t for talked in people.map(talk, range(turns // 4)) for t in talked]
            seconds = time.time() - began
            alive = publisher.poll() is None
            opened = sum("catalogus.sqlite" in str(handle.readlink())
                         for handle in Path(f"/proc/{bot.pid}/fd").iterdir())
            print(f"geheugen {memory:.0f} MB voor, {memory_mb(bot):.0f} MB na")
        finally:
            publisher.terminate()
            rest, _ = publisher.communicate(timeout=30)
            bot.terminate()
            bot.wait(30)
        published = [(line.split()[0], float(line.split()[1]))
                     for line in (first + rest).splitlines()]
        held = tell(done, [p for p in published if p[1] < began + seconds], began, seconds)
        print(f"{opened} catalogi open; de uitgever {'werkt nog' if alive else 'IS GESTOPT'}")
        if not held:
            print(log.read_text(errors="replace")[-3000:])
    return held and alive and opened <= 2


def tell(done: list[Turn], published: list[tuple[str, float]], began: float,
         seconds: float) -> bool:
    """Print what was found; True when every bar holds."""
    cuts = statistics.quantiles(((t.answered - t.asked) * 1000 for t in done), n=100)
    met = Counter("+".join(sorted(t.versions)) or "geen" for t in done)
    times = sum(when > began for _, when in published)
    print(f"{len(done)} beurten door {CLIENTS} mensen in {seconds:.0f} s, {times} keer "
          f"gepubliceerd; uitgaven {dict(met)}; "
          f"{sum(t.gone for t in done)} keer een school die weg is")
    print(f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms")
    wrong = {"mislukt": [t for t in done if t.fault], "gemengd": [t for t in done if t.mixed],
             f"nog oud na {FRESH:.0f} s": [t for t in done if stale(t, published)]}
    for what, turns in wrong.items():
        print(f"{'FOUT ' if turns else 'houdt'}  {what}: {len(turns)}")
        for t in turns[:5]:
            print(f"       {t.text} ({t.asked - began:.1f} s): {sorted(t.versions)} {t.fault}")
    enough = times > 1 and {"A", "B"} <= met.keys()
    if not enough:
        print("FOUT   er is te weinig gepubliceerd: vraag meer beurten")
    return enough and not any(wrong.values())


def main() -> int:
    """Measure; 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser._optionals.title = "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    parser.add_argument("--beurten", type=int, default=2000, metavar="N",
                        help="hoeveel vragen in het geheel (standaard 2000)")
    parser.add_argument("--seconden", type=float, default=2.0, metavar="N",
                        help="rust tussen twee keer publiceren (standaard 2)")
    parser.add_argument("--werk", nargs=2, metavar=("BRON", "MAP"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.werk:
        publish_for_ever(Path(options.werk[0]), Path(options.werk[1]), options.seconden)
    return 0 if measure(options.beurten, options.seconden) else 1


if __name__ == "__main__":
    sys.exit(main())
