"""Double, forged, swapped and broken webhooks through each other, and what came of them."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import aiohttp
from bot_process import Bot, echoes, wait_until
from traffic import CHANNELS, Body, broken, forged, message, send

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.platforms.graph import Graph  # noqa: E402
from tests.platforms.telegram import Telegram  # noqa: E402

SETTLING = 0.4  # the bot's default


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
