"""Sources are asked politely, only on the public internet, and never without being asked."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.testbench.database import Database
from bot.testbench.link_checks import Links
from bot.testbench.links import GAP, REDIRECTS, Checker, LinkState, public

PUBLIC = "93.184.216.34"
AGENT = "Duaalwijzer-bronnencontrole/1 (contact: redactie@school.example)"


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by path; remembers what was asked and how."""

    asked: list[tuple[str, str, str, str]]

    def _answer(self) -> None:
        self.asked.append((self.command, self.headers["Host"], self.path,
                           self.headers["User-Agent"]))
        name, _, rest = self.path.strip("/").partition("/")
        if name == "hangt":
            time.sleep(3)
            return
        if name == "druppelt":
            for _ in range(40):
                self.wfile.write(b"H")
                time.sleep(0.1)
            return
        if name == "onzin":
            self.wfile.write(b"geen http\r\n\r\n")
            return
        status = 405 if name == "geen-head" and self.command == "HEAD" else {
            "weg": 404, "verboden": 403, "stuk": 500, "naar": 302, "verhuisd": 301,
            "rond": 302}.get(name, 200)
        self.send_response(status)
        if name in ("naar", "verhuisd"):
            self.send_header("Location", rest if "://" in rest else f"/{rest}")
        if name == "rond":
            self.send_header("Location", f"/rond/{int(rest or 0) + 1}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer

    def log_message(self, *_: Any) -> None:
        return


class Web:
    """A small internet: names have addresses, and every safe address leads to one server."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str, str]] = []
        handler = type("Handler", (Site,), {"asked": self.asked})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.names: dict[str, Sequence[str]] = {}
        self.connected: list[str] = []
        self.now, self.slept = 0.0, 0.0

    def resolve(self, host: str, port: int) -> Sequence[str]:
        return self.names.get(host, [PUBLIC])

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        assert public(address), address
        self.connected.append(address)
        return socket.create_connection(self.server.server_address[:2], timeout)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds

    def checker(self, agent: str = AGENT) -> Checker:
        return Checker(agent, self.resolve, self.connect, lambda: self.now, self.sleep)


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    yield made
    made.server.shutdown()


@pytest.mark.parametrize(("path", "state"), [
    ("goed", LinkState.GOOD), ("geen-head", LinkState.GOOD), ("weg", LinkState.DEAD),
    ("verboden", LinkState.SHY), ("stuk", LinkState.DOWN), ("onzin", LinkState.DOWN),
    ("naar/goed", LinkState.GOOD), ("verhuisd/goed", LinkState.MOVED),
    ("verhuisd/weg", LinkState.DEAD), ("rond", LinkState.DOWN), ("naar/", LinkState.GOOD),
])
def test_each_answer_of_a_site_is_told_as_what_it_is(web: Web, path: str, state: LinkState) -> None:
    assert web.checker().check(f"http://bron.example/{path}")[0] is state


def test_where_a_source_moved_for_good_is_told(web: Web) -> None:
    assert web.checker().check("http://bron.example/verhuisd/goed") == (
        LinkState.MOVED, "http://bron.example/goed")


def test_head_comes_first_and_get_only_when_that_fails(web: Web) -> None:
    checker = web.checker()
    checker.check("http://bron.example/goed")
    checker.check("http://bron.example/geen-head")

    assert [(method, path) for method, _, path, _ in web.asked] == [
        ("HEAD", "/goed"), ("HEAD", "/geen-head"), ("GET", "/geen-head")]


def test_a_site_can_see_who_asks_and_how_to_reach_them(web: Web) -> None:
    web.checker().check("http://bron.example/goed?x=1&y=é")

    assert web.asked == [("HEAD", "bron.example", "/goed?x=1&y=%C3%A9", AGENT)]


def test_a_host_is_asked_at_most_once_a_second_also_when_it_sends_us_on(web: Web) -> None:
    checker = web.checker()
    checker.check("http://bron.example/naar/goed")
    checker.check("http://bron.example/weg")
    assert len(web.asked) == 4
    assert web.slept == pytest.approx(3 * GAP)
    checker.check("http://ander.example/goed")

    assert web.slept == pytest.approx(3 * GAP)


def test_at_most_five_redirects_are_followed(web: Web) -> None:
    _, detail = web.checker().check("http://bron.example/rond")

    assert len(web.asked) == REDIRECTS + 1
    assert "stuurt meer dan 5 keer door" in detail


PRIVATE = ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
           "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
           "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
           "2001:0:4136:e378:8000:63bf:3fff:fdd2", "ff02::1", "240.0.0.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_our_own_network_is_ever_asked(web: Web, address: str) -> None:
    web.names["intern.example"] = [address]
    web.names["half.example"] = [PUBLIC, address]
    checker = web.checker()

    for url in ("http://intern.example/", "http://half.example/",
                "http://bron.example/naar/http://intern.example/"):
        assert checker.check(url)[0] is LinkState.UNSAFE
    assert set(web.connected) <= {PUBLIC}


@given(st.ip_addresses())
def test_what_is_called_public_is_neither_private_nor_local(address: Any) -> None:
    if public(str(address)):
        assert not any((address.is_private, address.is_loopback, address.is_link_local,
                        address.is_multicast, address.is_unspecified))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://bron.example/", "javascript:alert(1)",
                                 "http://", "gopher://bron.example", "//bron.example/goed", ""])
def test_only_http_and_https_are_asked(web: Web, url: str) -> None:
    assert web.checker().check(url)[0] is LinkState.UNSAFE
    assert web.checker().check(f"http://bron.example/naar/{url}")[0] in (
        LinkState.UNSAFE, LinkState.GOOD, LinkState.DOWN)
    assert all(address == PUBLIC for address in web.connected)


def test_a_name_is_looked_up_once_for_each_request_and_that_address_is_used(web: Web) -> None:
    """A name that is public at the first look and ours at the second gains nothing."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    checker = Checker(AGENT, lambda *_: next(answers), web.connect, lambda: 0.0, lambda _: None)

    assert checker.check("http://wissel.example/goed")[0] is LinkState.GOOD
    assert web.connected == [PUBLIC]
    assert checker.check("http://wissel.example/goed")[0] is LinkState.UNSAFE


@pytest.mark.parametrize("path", ["hangt", "druppelt"])
def test_a_site_that_does_not_finish_is_left_in_time(web: Web, path: str,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.testbench.links.TIMEOUT", 0.5)
    began = time.monotonic()

    assert web.checker().check(f"http://bron.example/{path}")[0] is LinkState.DOWN
    assert time.monotonic() - began < 2


def test_a_site_that_is_not_there_is_told_in_plain_words() -> None:
    def nowhere(*_: Any) -> Sequence[str]:
        raise socket.gaierror("geen")

    assert Checker(AGENT, nowhere).check("https://weg.example/") == (
        LinkState.DOWN, "de site bestaat niet (meer)")


def test_https_without_a_good_certificate_is_no_working_source(web: Web) -> None:
    assert web.checker().check("https://bron.example/goed")[0] is LinkState.DOWN


@pytest.mark.parametrize("url", ["http://bron.example:99999/", "http://[::1/", "http://a b/",
                                 "http://bron.example/\r\nX: y", "http://bron..example/",
                                 "http://\ud800/"])
def test_a_strange_address_breaks_nothing(web: Web, url: str) -> None:
    state, _ = web.checker().check(url)

    assert state in (LinkState.DOWN, LinkState.UNSAFE, LinkState.GOOD)
    assert not any("X:" in part for row in web.asked for part in row[1:2])


@pytest.fixture
def links(web: Web, tmp_path: Path) -> Links:
    made = Links(Database(tmp_path / "proef.sqlite"), time.time)
    made.checker = web.checker
    return made


def test_a_check_keeps_the_result_and_the_day_of_each_source(links: Links) -> None:
    assert links.start(["http://a.example/goed", "http://b.example/weg", "http://a.example/goed"],
                       AGENT)
    links.wait(20)

    assert {url: r.state for url, r in links.results().items()} == {
        "http://a.example/goed": LinkState.GOOD, "http://b.example/weg": LinkState.DEAD}
    assert {r.day for r in links.results().values()} == {
        date.today()}
    assert (links.done, links.total, links.running) == (2, 2, False)


def test_a_check_stops_when_asked_and_keeps_what_it_found(links: Links, web: Web) -> None:
    sleep = web.sleep

    def stopping(seconds: float) -> None:
        sleep(seconds)
        links.stop()

    web.sleep = stopping  # type: ignore[method-assign]
    links.start([f"http://a.example/{i}" for i in range(50)], AGENT)
    links.wait(20)

    assert not links.running
    assert 1 <= len(links.results()) < 5


def test_two_checks_at_once_are_one(links: Links) -> None:
    assert links.start(["http://a.example/hangt"], AGENT)
    assert not links.start(["http://b.example/goed"], AGENT)
    links.wait(20)
