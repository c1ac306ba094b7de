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
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import aiohttp
from bot_process import Bot, echoes, wait_until
from mixed_traffic import mixed
from traffic import CHANNELS, message, paced, send

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.platforms.graph import Graph  # noqa: E402
from tests.platforms.telegram import Telegram  # noqa: E402

QUESTION = "krijg ik nog een startbonus"


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
