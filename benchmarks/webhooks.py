"""Berichtenkanalen onder druk: de echte bot met nagebootste platformen.

1. Gemengd: dubbele, vervalste, omgewisselde, te grote en kapotte webhooks door elkaar. Geen dubbel
   antwoord, niets vervalst aanvaard, geen 5xx, volgorde per afzender bewaard. Wat hier door drukte
   later bevestigd wordt dan een bericht op een eerder wacht (0,4 s), telt apart: "te laat".
2. Tempo: 50 webhooks per seconde; 99% van de bevestigingen binnen 50 ms. Ernaast de gemeten
   langste vertraging van een lege lus in dit proces: zo is te zien wat de machine zelf doet.
3. Uitval: de platformen liggen stil, de bot wordt intussen gedood met kill -9. Niets verloren.

Exitcode 1 als een grens niet houdt. De tijden zijn in te korten met de opties.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import aiohttp
from traffic import CHANNELS, Body, broken, forged, message, paced, send

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.platforms.graph import Graph  # noqa: E402
from tests.platforms.secrets import SECRETS  # noqa: E402
from tests.platforms.telegram import Telegram  # noqa: E402

SETTLING = 0.4  # the bot's default
QUESTION = "krijg ik nog een startbonus"


class Bot:
    """The bot in a process of its own, on one data folder and port."""

    def __init__(self, folder: Path, port: int, meta: Graph, api: Telegram, echo: bool) -> None:
        self.url, self._port = f"http://127.0.0.1:{port}", port
        self._folder, self._echo = folder, echo
        self._env = {**os.environ, **{f"DUAALWIJZER_{k}": v for k, v in SECRETS.items()},
                     "DUAALWIJZER_DATA_DIR": str(folder / "var"),
                     "DUAALWIJZER_GRAPH_URL": meta.url, "DUAALWIJZER_TELEGRAM_URL": api.url,
                     "DUAALWIJZER_SENDER_LIMIT": "1000000"}
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        command = (["-m", "tests.platforms.bot", str(self._port)] if self._echo else
                   ["-m", "bot", "start", "--port", str(self._port)])
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self._env,
            stdout=(self._folder / "log").open("ab"), stderr=subprocess.STDOUT)

        async def ready() -> None:
            async with aiohttp.ClientSession() as session:
                while self.process.poll() is None:
                    try:
                        async with session.get(f"{self.url}/health") as answer:
                            if answer.status == 200:
                                return
                    except aiohttp.ClientError:
                        pass
                    await asyncio.sleep(0.1)
            raise SystemExit((self._folder / "log").read_text())

        asyncio.run(ready())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def waiting(self) -> int:
        """Messages and answers that are not dealt with yet."""
        file = sqlite3.connect(self._folder / "var" / "berichten.sqlite")
        try:
            return int(file.execute("SELECT (SELECT count(*) FROM inbound) + "
                                    "(SELECT count(*) FROM outbound)").fetchone()[0])
        finally:
            file.close()


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.2)
    return done()


def words(call: dict[str, Any]) -> str:
    text = call.get("params", call).get("text", "")
    return str(text["body"] if isinstance(text, dict) else text)


def echoes(meta: Graph, api: Telegram) -> dict[int, list[str]]:
    """Which messages were answered, by person, in the order of delivery."""
    found: dict[int, list[str]] = defaultdict(list)
    for standin in (meta, api):
        for call in standin.calls:
            if call.status == 200 and "echo" in words(call.call):
                found[int(call.to)].append(words(call.call).removeprefix("echo "))
    return found


def mixed(bot: Bot, meta: Graph, api: Telegram, total: int, chance: random.Random) -> bool:
    """The echo agent repeats each message: so every answer tells which message it is for."""
    good: dict[int, list[str]] = defaultdict(list)
    stream: list[tuple[float, Body]] = []
    # Of each body: when it was first sent, and when it was first acknowledged.
    times: dict[bytes, tuple[float, float]] = {}
    raws: dict[str, bytes] = {}
    kinds: Counter[str] = Counter()
    at, key = 0.0, 0
    began = time.time()
    while len(stream) < total:
        channel = chance.choice(CHANNELS)
        kind = chance.choices(("goed", "dubbel", "vervalst", "kapot"), (40, 25, 20, 15))[0]
        kinds[kind] += 1
        at += 0.004
        if kind == "kapot":
            stream.append((at, broken(channel, chance)))
            continue
        key += 1
        sender = 1_000_000 + CHANNELS.index(channel) * 1000 + chance.randrange(60)
        text = f"vraag {key}"
        # Two messages of one person are a second apart for the platform, as WhatsApp tells them.
        body = message(channel, key, sender, text, began + key)
        if kind == "vervalst":
            stream.append((at, forged(body, chance)))
            continue
        good[sender].append(text)
        raws[text] = body[1]
        # Half of the messages come a little later than the one sent after them.
        stream.append((at + chance.choice((0, 0.25)), body))
        if kind == "dubbel":
            stream += [(at + chance.uniform(0, 3), body) for _ in range(chance.randint(1, 2))]
    stream.sort(key=lambda item: item[0])

    async def timed(session: aiohttp.ClientSession, body: Body) -> int:
        sent = time.time()
        status, _ = await send(session, bot.url, body)
        first = times.get(body[1], (sent, time.time()))
        times[body[1]] = min(first[0], sent), min(first[1], time.time())
        return status

    async def run() -> Counter[int]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session:
            tasks = []
            for start, body in stream:
                await asyncio.sleep(max(0.0, began + start - time.time()))
                tasks.append(asyncio.create_task(timed(session, body)))
            return Counter(await asyncio.gather(*tasks))

    statuses = asyncio.run(run())
    wanted = sum(map(len, good.values()))

    wait_until(lambda: sum(map(len, echoes(meta, api).values())) >= wanted, 120)
    time.sleep(1)
    found = echoes(meta, api)
    flat = [text for texts in found.values() for text in texts]
    double = len(flat) - len(set(flat))
    lost = len({t for texts in good.values() for t in texts} - set(flat))
    wrong = sum("vals" in text for text in flat)
    turned = [(earlier, later) for who, texts in good.items()
              for earlier, later in inverted(texts, found[who])]
    late = sum(times[raws[earlier]][1] > times[raws[later]][0] + SETTLING
               for earlier, later in turned)
    order = len(turned) - late
    errors = sum(n for status, n in statuses.items() if status >= 500)
    print(f"gemengd: {len(stream)} webhooks {dict(kinds)}, antwoorden {len(flat)} van {wanted}\n"
          f"  statussen {dict(sorted(statuses.items()))}\n"
          f"  dubbel {double}, verloren {lost}, vervalst {wrong}, 5xx {errors}, "
          f"omgewisselde paren {order} (en {late} te laat) van {len(good)} afzenders, "
          f"buiten de grenzen {len(meta.violations) + len(api.violations)}", flush=True)
    return not (double or lost or wrong or order or errors or meta.violations or api.violations)


def inverted(sent: list[str], answered: list[str]) -> list[tuple[str, str]]:
    """Pairs of messages that were answered in the other order than they were sent in."""
    rank = {text: i for i, text in enumerate(sent)}
    return [(earlier, later) for i, later in enumerate(answered) for earlier in answered[i + 1:]
            if rank[earlier] < rank[later]]


def pace(bot: Bot, meta: Graph, api: Telegram, rate: int, seconds: int) -> bool:
    """Questions of many people, with the real model, at a fixed rate."""
    count = rate * seconds
    bodies = [message(CHANNELS[i % 3], 10_000_000 + i, 5_000_000 + i // 3 % 200, QUESTION,
                      time.time()) for i in range(count)]
    before = len(meta.calls) + len(api.calls)

    # In a process of its own: the stand-in platforms keep this one busy.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        times, statuses, slowest = pool.submit(paced, bot.url, bodies, rate).result()
    cuts = statistics.quantiles(times, n=100)
    went = time.time()
    wait_until(lambda: not bot.waiting(), 300)
    print(f"tempo: {rate}/s, {count} webhooks, p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, "
          f"p99 {cuts[98]:.1f} ms, traagste {max(times):.1f} ms (lege lus hier {slowest:.1f} ms), "
          f"statussen {dict(statuses)}\n  {len(meta.calls) + len(api.calls) - before} oproepen, "
          f"alles beantwoord {time.time() - went:.0f} s na het laatste bericht", flush=True)
    return cuts[98] < 50 and set(statuses) == {200} and not meta.violations + api.violations


def outage(bot: Bot, meta: Graph, api: Telegram, seconds: float, people: int) -> bool:
    """Questions while the platforms are down, a kill halfway, and then all answers."""
    start = 7_000_000
    meta.down = api.down = True
    senders = [(CHANNELS[i % 3], start + i) for i in range(people)]
    before = len(meta.calls) + len(api.calls)
    began, key = time.time(), 20_000_000

    async def ask(part: list[tuple[str, int]], text: str) -> Counter[int]:
        nonlocal key
        async with aiohttp.ClientSession() as session:
            seen: Counter[int] = Counter()
            for channel, sender in part:
                key += 1
                status, _ = await send(session, bot.url,
                                       message(channel, key, sender, text, time.time()))
                seen[status] += 1
            return seen

    first = asyncio.run(ask(senders, "vraag een"))
    time.sleep(seconds / 2)
    # Straight after these messages, so that some are stored, some in a turn, some on their way.
    second = asyncio.run(ask(senders, "vraag twee"))
    os.kill(bot.process.pid, signal.SIGKILL)
    bot.process.wait()
    tried = len(meta.calls) + len(api.calls) - before
    bot.start()
    time.sleep(max(0.0, began + seconds - time.time()))
    meta.down = api.down = False

    wait_until(lambda: sum(map(len, echoes(meta, api).values())) >= 2 * people, seconds + 120)
    time.sleep(1)
    found = echoes(meta, api)
    wanted = ["vraag een", "vraag twee"]
    lost = sum(not set(wanted) <= set(found[s]) for _, s in senders)
    double = sum(len(found[s]) > 2 for _, s in senders)
    order = sum(list(dict.fromkeys(found[s])) != wanted for _, s in senders)
    print(f"uitval: {time.time() - began:.0f} s stil met kill -9, {people} mensen, bevestigd "
          f"{dict(first + second)}, {tried} vergeefse oproepen voor de kill\n  verloren {lost}, "
          f"dubbel {double}, volgorde anders {order}", flush=True)
    return not lost and not order and double <= 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, add_help=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser._optionals.title = "opties"
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")
    parser.add_argument("--deel", nargs="+", choices=("gemengd", "tempo", "uitval"),
                        default=["gemengd", "tempo", "uitval"], help="welke delen")
    parser.add_argument("--aantal", type=int, default=10_000, help="webhooks van het gemengde deel")
    parser.add_argument("--tempo", type=int, default=50, help="webhooks per seconde")
    parser.add_argument("--seconden", type=int, default=60, help="hoelang dat tempo duurt")
    parser.add_argument("--uitval", type=float, default=600, help="seconden zonder platform")
    parser.add_argument("--mensen", type=int, default=60, help="mensen tijdens de uitval")
    parser.add_argument("--zaad", type=int, default=1, help="zelfde zaad, zelfde berichten")
    parser.add_argument("--poort", type=int, default=5735, help="poort van de bot")
    options = parser.parse_args()
    good = True
    for part in options.deel:
        with Graph() as meta, Telegram() as api, tempfile.TemporaryDirectory() as name:
            # Mixed and outage need an answer that names its message: an echo in place of Rasa.
            bot = Bot(Path(name), options.poort, meta, api, echo=part != "tempo")
            bot.start()
            try:
                if part == "gemengd":
                    good &= mixed(bot, meta, api, options.aantal, random.Random(options.zaad))
                elif part == "tempo":
                    good &= pace(bot, meta, api, options.tempo, options.seconden)
                else:
                    good &= outage(bot, meta, api, options.uitval, options.mensen)
            finally:
                bot.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
