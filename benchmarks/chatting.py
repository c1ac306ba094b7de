"""People who chat with the bot while something else is measured."""

from __future__ import annotations

import random
import threading
import time
import uuid
from contextlib import contextmanager
from typing import Iterator

import requests

BOT = 5725  # port
CLIENTS, EVERY = 8, 3.0  # people, seconds between two messages of one


@contextmanager
def chatting(texts: list[str]) -> Iterator[list[float]]:
    """Eight people, one message each every three seconds; gives milliseconds as they come."""
    times: list[float] = []
    ended = threading.Event()

    def person(number: int) -> None:
        chance, session, sender = random.Random(number), requests.Session(), ""
        ended.wait(EVERY * number / CLIENTS)
        turn = 0
        while not ended.is_set():
            if turn % 6 == 0:
                sender = str(uuid.uuid4())
            began = time.perf_counter()
            answer = session.post(f"http://127.0.0.1:{BOT}/webhooks/web/message", timeout=60,
                                  json={"sender": sender, "text": chance.choice(texts)})
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, answer.text
            turn += 1
            ended.wait(EVERY * chance.uniform(0.8, 1.2))

    people = [threading.Thread(target=person, args=(i,)) for i in range(CLIENTS)]
    for one in people:
        one.start()
    try:
        yield times
    finally:
        ended.set()
        for one in people:
            one.join()
