"""Webhooks as the platforms send them, good, forged and broken, one by one or at a rate."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.platforms import graph, telegram  # noqa: E402

CHANNELS = ("whatsapp", "messenger", "telegram")
Body = tuple[str, bytes, dict[str, str]]  # channel, bytes, headers


def message(channel: str, key: int, sender: int, text: str, at: float) -> Body:
    """A signed webhook with one message, sent at that time (seconds since the epoch)."""
    if channel == "telegram":
        return channel, *telegram.signed(telegram.update(key, sender, text, at=at))
    if channel == "whatsapp":
        body = graph.whatsapp(graph.whatsapp_message(str(key), str(sender), text, at=at))
    else:
        body = graph.messenger(graph.messenger_message(str(key), str(sender), text, at=at))
    return channel, *graph.signed(body)


def forged(body: Body, chance: random.Random) -> Body:
    """The same message with a new id and a signature that is not the platform's."""
    channel, raw, headers = body
    name = next(h for h in headers if h.startswith("X-"))
    wrong = chance.choice(["", "sha256=" + "0" * 64, headers[name][:-1] + "x", None])
    kept = {k: v for k, v in headers.items() if k != name}
    return channel, raw.replace(b"vraag", b"vals"), kept if wrong is None else {**kept, name: wrong}


def broken(channel: str, chance: random.Random) -> Body:
    """Signed but no message: cut off, wrong types, deep, or over 3 MB."""
    sign = telegram.signed if channel == "telegram" else graph.signed
    raw = chance.choice([
        b"", b"{", b"[]", b"null", b"\xff", b"[" * 50_000, b'{"entry": [[5]]}',
        b'{"object": "page", "entry": [{"messaging": [{"message": 5}]}]}',
        b'{"update_id": {}, "message": 7}', b'{"update_id": 5, "message": {"chat": []}}',
        json.dumps(graph.whatsapp({"type": []}, statuses=5)).encode(),
    ] + ([b"x" * (3 * 1024 * 1024 + 1)] if chance.random() < 0.05 else []))
    return channel, *sign(raw)


async def send(session: aiohttp.ClientSession, url: str, body: Body) -> tuple[int, float]:
    """Status and milliseconds; 413 when the server hangs up on a body that is too big."""
    channel, raw, headers = body
    began = time.perf_counter()
    try:
        async with session.post(f"{url}/webhooks/{channel}/webhook", data=raw,
                                headers=headers) as answer:
            await answer.read()
            return answer.status, (time.perf_counter() - began) * 1000
    except aiohttp.ClientError:
        return (413 if len(raw) > 1_000_000 else 599), (time.perf_counter() - began) * 1000


def paced(url: str, bodies: list[Body], rate: int) -> tuple[list[float], Counter[int], float]:
    """Send at that rate; gives milliseconds, statuses and the longest delay of an empty loop."""
    slowest = 0.0

    async def loop() -> None:
        nonlocal slowest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            slowest = max(slowest, time.perf_counter() - began - 0.005)

    async def run() -> list[tuple[int, float]]:
        watching = asyncio.create_task(loop())
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session:
            began, tasks = time.perf_counter(), []
            for i, body in enumerate(bodies):
                await asyncio.sleep(max(0.0, began + i / rate - time.perf_counter()))
                tasks.append(asyncio.create_task(send(session, url, body)))
            done = await asyncio.gather(*tasks)
        watching.cancel()
        return done

    done = asyncio.run(run())
    return [took for _, took in done], Counter(status for status, _ in done), slowest * 1000
