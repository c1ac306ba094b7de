"""Do the sources still exist? Asked politely, and only of sites on the public internet."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from enum import Enum
from typing import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit

TIMEOUT, GAP, REDIRECTS = 10.0, 1.0, 5  # seconds, seconds between two requests to a host, number
MOVED, MOVED_FOR_GOOD = frozenset({301, 302, 303, 307, 308}), frozenset({301, 308})
GONE, SHY = frozenset({404, 410}), frozenset({401, 403, 405, 406, 429, 999})
PORTS = {"http": 80, "https": 443}
# Addresses that lead on to another one, which may be private.
TUNNELS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16",
                                           "2001::/32")))
Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


class LinkState(str, Enum):
    """What a check found; the values are what an editor reads."""

    GOOD = "werkt"
    MOVED = "verhuisd"
    DEAD = "dood"
    DOWN = "niet bereikbaar"
    SHY = "laat geen controle toe"
    UNSAFE = "geweigerd door ons"


class Unsafe(Exception):
    """An address that may not be asked: not http(s), or not on the public internet."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host; OSError when it has none."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to an address that was found safe."""
    return socket.create_connection((address, port), timeout)


def public(address: str) -> bool:
    """True for an address on the public internet, not one that leads back to us or our network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None)
    if inner is not None:
        return public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved) and not any(
        ip.version == net.version and ip in net for net in TUNNELS)


class Checker:
    """Asks one address after another; `clock` and `sleep` are in seconds."""

    def __init__(self, agent: str, resolve: Resolve = resolve, connect: Connect = connect,
                 clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], object] = time.sleep) -> None:
        """`agent` says who asks, with a way to reach them."""
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        self._resolve, self._connect, self._clock, self._sleep = resolve, connect, clock, sleep
        self._asked: dict[str, float] = {}  # when each host was asked last

    def check(self, url: str) -> tuple[LinkState, str]:
        """What became of a source, with a detail for the editor; never raises."""
        try:
            status, detail = self._follow("HEAD", url)
            if status >= 400:  # not every site answers HEAD as it should
                status, detail = self._follow("GET", url)
        except Unsafe as error:
            return LinkState.UNSAFE, str(error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return LinkState.DOWN, _reason(error)
        if status in GONE:
            return LinkState.DEAD, f"antwoordt {status}"
        if status in SHY:
            return LinkState.SHY, f"antwoordt {status}"
        if status >= 300:
            return LinkState.DOWN, detail or f"antwoordt {status}"
        return (LinkState.MOVED, detail) if detail else (LinkState.GOOD, "")

    def _follow(self, method: str, url: str) -> tuple[int, str]:
        """The last status, and where it moved for good; each step is checked anew."""
        settled, current = True, url
        for _ in range(REDIRECTS + 1):
            status, target = self._ask(method, current)
            if status not in MOVED or not target:
                moved = current if settled and current != url and status < 300 else ""
                return status, moved
            settled = settled and status in MOVED_FOR_GOOD
            current = urljoin(current, target)
        return status, f"stuurt meer dan {REDIRECTS} keer door"

    def _ask(self, method: str, url: str) -> tuple[int, str]:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        if parts.scheme not in PORTS or not host:
            raise Unsafe("alleen http en https worden nagekeken")
        address = self._safe(host, port)
        self._wait(host)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = self._connect(address, port, TIMEOUT)
        connection.sock.settimeout(TIMEOUT)
        # A site that answers a drop at a time must not keep us: the limit is for the whole answer.
        limit = threading.Timer(TIMEOUT, _cut, [connection])
        limit.daemon = True
        limit.start()
        try:
            if parts.scheme == "https":
                _secure(connection, host)
            connection.request(method, _path(parts), headers=self._headers)
            with connection.getresponse() as response:
                return response.status, response.getheader("Location") or ""
        finally:
            limit.cancel()
            connection.close()

    def _safe(self, host: str, port: int) -> str:
        """The address to ask: that very one is used, so that a second look-up cannot differ."""
        found = list(self._resolve(host, port))
        if not found:
            raise OSError("geen adres")
        if not all(map(public, found)):
            raise Unsafe("dit adres ligt niet op het open internet")
        return found[0]

    def _wait(self, host: str) -> None:
        early = self._asked.get(host, self._clock() - GAP) + GAP - self._clock()
        if early > 0:
            self._sleep(early)
        self._asked[host] = self._clock()


def _secure(connection: http.client.HTTPConnection, host: str) -> None:
    """Speak TLS on the open connection; its certificate must be that of the host."""
    connection.default_port = PORTS["https"]  # so that the Host header has no port
    connection.sock = ssl.create_default_context().wrap_socket(
        connection.sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock.do_handshake()


def _path(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(path, safe="/%?&=+:;,@!$'()*~[]")


def _cut(connection: http.client.HTTPConnection) -> None:
    try:
        connection.sock.shutdown(socket.SHUT_RDWR)
    except (OSError, AttributeError):
        return  # it was done just before


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "het certificaat klopt niet"
    if isinstance(error, socket.gaierror):
        return "de site bestaat niet (meer)"
    if isinstance(error, (TimeoutError, http.client.RemoteDisconnected)):
        return f"geen antwoord binnen {TIMEOUT:.0f} seconden"
    return "geen verbinding of geen leesbaar antwoord"
