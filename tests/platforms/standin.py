"""A platform on 127.0.0.1: records every call, checks it against the limits, fails on request.

A real aiohttp server in a thread of its own, so that it also serves a bot in another process.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from typing_extensions import Self

from tests.platforms.check import check


@dataclass(frozen=True)
class Fault:
    """What the next call meets: a status with what the platform says beside it, after a delay."""

    status: int = 503
    code: int = 0
    retry_after: float = 0.0
    delay: float = 0.0


@dataclass(frozen=True)
class Recorded:
    """One call as it came in; `status` is what it got."""

    to: str
    call: dict[str, Any]
    status: int
    at: float


@dataclass
class Standin:
    """Common to the platforms; `faults` are used up one a call, `down` and `delay` stay."""

    faults: deque[Fault] = field(default_factory=deque)
    down: bool = False
    delay: float = 0.0
    calls: list[Recorded] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def delivered(self, to: str | None = None) -> list[dict[str, Any]]:
        """The calls that the platform took, in order."""
        return [c.call for c in list(self.calls) if c.status == 200 and to in (None, c.to)]

    def wait_for(self, count: int, to: str | None = None, seconds: float = 10.0
                 ) -> list[dict[str, Any]]:
        """The delivered calls, as soon as there are `count`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if len(found := self.delivered(to)) >= count:
                return found
            time.sleep(0.01)
        raise AssertionError(f"{len(self.delivered(to))} van {count} oproepen: {self.calls}")

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        runner = web.AppRunner(app)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    async def _take(self, request: web.Request) -> web.Response:
        platform, to, call, refused = self.read(request, await request.json())
        fault = self.faults.popleft() if self.faults else None
        if fault is None and self.down:
            fault = Fault(503)
        await asyncio.sleep(fault.delay if fault and fault.delay else self.delay)
        if fault and fault.status != 200:
            self.calls.append(Recorded(to, call, fault.status, time.time()))
            return self.fail(fault)
        found = [refused] if refused else check(platform, call)
        status = 400 if found else 200
        self.violations += [f"{fault}: {call}" for fault in found]
        self.calls.append(Recorded(to, call, status, time.time()))
        return self.fail(Fault(400, 100)) if found else self.accept()

    def read(self, request: web.Request, body: dict[str, Any]
             ) -> tuple[str, str, dict[str, Any], str]:
        """The platform, whom the call is for, the rendered call, and why it is refused."""
        raise NotImplementedError

    def accept(self) -> web.Response:
        """The platform's answer to a good call."""
        raise NotImplementedError

    def fail(self, fault: Fault) -> web.Response:
        """The platform's answer to a call that it does not take."""
        raise NotImplementedError
