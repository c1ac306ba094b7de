"""This bot's server beside stock Rasa on the same questions, in one run on this machine.

Stock Rasa is `rasa run` with Rasa's default pipeline and policies and its own action server,
trained on the same examples, rules and answers; its actions are ours over HTTP. Both are asked
through their own channel (ours /webhooks/web/message, stock /webhooks/rest/webhook). Knowledge
turns and action turns are timed apart, at 1, 8 and 32 clients. Training stock Rasa takes long:
--keep reuses a model trained before.

Prints a table and writes it as JSON. The bars are ratios within this one run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

import requests
import stock as stock_copy

ROOT = Path(__file__).resolve().parent.parent
OURS_PORT, STOCK_PORT, ACTION_PORT = 5715, 5716, 5717
KNOWLEDGE = ["hoeveel verdien je in duaal", "krijg ik nog een startbonus", "wat is duaal leren",
             "heb ik schoolvakantie", "wat doet een mentor", "is duaal minderwaardig"]
ACTION = ["waar kan ik kapper duaal doen in Kortrijk", "ik wil met een mens praten"]


@dataclass
class Load:
    """One load: times in milliseconds, rate in messages a second."""

    clients: int
    p50: float
    p95: float
    p99: float
    rate: float
    failed: int


def environment() -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore",
            "DUAALWIJZER_SENDER_LIMIT": "1000000", "DUAALWIJZER_ADDRESS_LIMIT": "100000000"}


def run(command: list[str], cwd: Path, log: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=cwd, stdout=log.open("wb"), stderr=subprocess.STDOUT,
                            env=environment())


def wait(url: str, process: subprocess.Popen[bytes], limit: float = 300) -> float:
    """Seconds until the address answers."""
    began = time.perf_counter()
    while time.perf_counter() - began < limit:
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return time.perf_counter() - began
        except requests.RequestException:
            pass
        if process.poll() is not None:
            raise SystemExit(f"De server stopte: {process.args}")
        time.sleep(0.1)
    raise SystemExit(f"Geen antwoord van {url}")


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes.split()[1]) / 1024


def ours(text: str, sender: str, session: requests.Session) -> bool:
    answer = session.post(f"http://127.0.0.1:{OURS_PORT}/webhooks/web/message",
                          json={"sender": sender, "text": text}, timeout=60)
    return answer.status_code == 200 and bool(answer.json()["messages"])


def stock(text: str, sender: str, session: requests.Session) -> bool:
    answer = session.post(f"http://127.0.0.1:{STOCK_PORT}/webhooks/rest/webhook",
                          json={"sender": sender, "message": text}, timeout=60)
    return answer.status_code == 200 and bool(answer.json())


def load(ask, texts: list[str], clients: int, turns: int) -> Load:
    """`turns` messages by `clients` people, six messages a conversation."""
    times: list[float] = []
    failed = 0
    lock = threading.Lock()

    def person(count: int) -> None:
        nonlocal failed
        session, sender = requests.Session(), ""
        for i in range(count):
            if i % 6 == 0:
                sender = str(uuid.uuid4())
            began = time.perf_counter()
            good = ask(texts[i % len(texts)], sender, session)
            took = (time.perf_counter() - began) * 1000
            with lock:
                times.append(took)
                failed += not good

    began = time.perf_counter()
    people = [threading.Thread(target=person, args=(turns // clients,)) for _ in range(clients)]
    for p in people:
        p.start()
    for p in people:
        p.join()
    total = time.perf_counter() - began
    cuts = statistics.quantiles(times, n=100)
    return Load(clients, cuts[49], cuts[94], cuts[98], len(times) / total, failed)


def measure(ask, process: subprocess.Popen[bytes], turns: int) -> dict[str, object]:
    load(ask, KNOWLEDGE + ACTION, 1, 24)
    result: dict[str, object] = {}
    for name, texts in (("kennis", KNOWLEDGE), ("actie", ACTION)):
        result[name] = [asdict(load(ask, texts, c, turns)) for c in (1, 8, 32)]
    result["geheugen_mb"] = memory_mb(process)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "stock",
                        help="map voor de gewone Rasa")
    parser.add_argument("--keep", action="store_true", help="hergebruik het getrainde stockmodel")
    parser.add_argument("--epochs", type=int, default=100, help="epochs van Rasa (standaard 100)")
    parser.add_argument("--examples", type=int, default=None,
                        help="hoogstens zoveel voorbeelden per onderwerp (standaard alle)")
    parser.add_argument("--turns", type=int, default=192, help="berichten per last")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "server.json")
    options = parser.parse_args()
    rasa = str(Path(sys.executable).parent / "rasa")
    report: dict[str, object] = {"epochs": options.epochs}
    folder = options.folder.resolve()
    if not (options.keep and list((folder / "models").glob("*.tar.gz"))):
        stock_copy.prepare(folder, options.epochs, ACTION_PORT, options.examples)
        began = time.perf_counter()
        subprocess.run([rasa, "train"], cwd=folder, check=True, env=environment())
        report["training_stock_s"] = time.perf_counter() - began

    target = ROOT / "build" / "meting.tar.gz"
    target.parent.mkdir(exist_ok=True)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot.training", str(target)], cwd=ROOT, check=True,
                   env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    report["training_ours_s"] = time.perf_counter() - began
    target.unlink()
    subprocess.run([sys.executable, "-m", "bot", "train"], cwd=ROOT, check=True,
                   env=environment(), stdout=subprocess.DEVNULL)

    actions = run([rasa, "run", "actions", "--port", str(ACTION_PORT)], folder,
                  folder / "actions.log")
    theirs = run([rasa, "run", "--port", str(STOCK_PORT)], folder, folder / "rasa.log")
    try:
        report["start_stock_s"] = wait(f"http://127.0.0.1:{STOCK_PORT}/webhooks/rest/", theirs)
        wait(f"http://127.0.0.1:{ACTION_PORT}/health", actions)
        report["stock"] = measure(stock, theirs, options.turns)
        report["geheugen_acties_mb"] = memory_mb(actions)
    finally:
        theirs.terminate()
        actions.terminate()
        theirs.wait(30)
    mine = run([sys.executable, "-m", "bot", "start", "--port", str(OURS_PORT), "--data-dir",
                str(folder / "var")], ROOT, folder / "ours.log")
    try:
        report["start_ours_s"] = wait(f"http://127.0.0.1:{OURS_PORT}/health", mine)
        report["ours"] = measure(ours, mine, options.turns)
    finally:
        mine.terminate()
        mine.wait(30)
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2))
    show(report)
    return 0


def show(report: dict) -> None:
    for key, value in report.items():
        if isinstance(value, int | float):
            print(f"{key:<22}{value:>10.1f}")
    print(f"{'':<16}{'clients':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'msg/s':>9}{'mislukt':>9}"
          "   p50/stock")
    for kind in ("kennis", "actie"):
        for i in range(3):
            base = report["stock"][kind][i]["p50"]
            for who in ("stock", "ours"):
                row = report[who][kind][i]
                print(f"{kind:<8}{who:<8}{row['clients']:>8}{row['p50']:>9.1f}{row['p95']:>9.1f}"
                      f"{row['p99']:>9.1f}{row['rate']:>9.1f}{row['failed']:>9}"
                      f"   {row['p50'] / base:.2f}")
    for who in ("stock", "ours"):
        print(f"geheugen {who:<6}{report[who]['geheugen_mb']:>8.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
