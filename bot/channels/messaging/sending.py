"""One call to the API of a platform, and what came of it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Callable, Mapping

import aiohttp

from bot.channels.messaging.delivery import LATER, Delivery

logger = logging.getLogger(__name__)

CONNECT, READ = 5.0, 20.0  # seconds
Judge = Callable[[int, Mapping[str, str], Any], Delivery]


@dataclass(frozen=True)
class Call:
    """One HTTP POST to a platform."""

    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]


class Sender:
    """The connection to one platform; made in the loop that uses it."""

    def __init__(self, app: str, judge: Judge) -> None:
        """`app` is told when it cannot be reached; `judge` says what an answer of it means."""
        self._app, self._judge = app, judge
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=16),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=READ))

    async def send(self, call: Call) -> Delivery:
        """What became of this call; never raises for what the network does."""
        try:
            async with self._session.post(call.url, json=call.body, headers=call.headers) as got:
                try:
                    body = await got.json(content_type=None)
                except ValueError:
                    body = None
                return self._judge(got.status, got.headers, body)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            # Never the address: Telegram has its token in there.
            logger.warning("%s is niet bereikbaar (%s)", self._app, type(error).__name__)
            return LATER

    async def close(self) -> None:
        """Close the connection."""
        await self._session.close()
