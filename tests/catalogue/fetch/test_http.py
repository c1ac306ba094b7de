"""Asking the API: patience with a weak server, none with a wrong one, and a key that stays in."""

from __future__ import annotations

import json
import logging
import socket
from pathlib import Path

import pytest

from bot.catalogue.fetch.failure import FetchError
from bot.catalogue.fetch.http import MAX_WAIT
from tests.catalogue.fetch.run import GOOD, PATH, Run
from tests.catalogue.fetch.scripted import KEY, Reply, script, serve


def test_the_key_is_in_the_header_and_never_in_the_address_or_the_log(
        tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(script(GOOD)) as server:
        run = Run(tmp_path, server.url)
        _, told = run.fetcher.pages(PATH, filter_instelling_niveau="SO")

    assert server.asked[0].key == KEY
    assert server.asked[0].query == {
        "filter_instelling_niveau": "SO", "page": "0", "size": "5000"}
    assert "42" not in server.asked[0].target
    assert KEY not in caplog.text
    assert KEY not in repr(run.fetcher)
    assert told.url == f"{server.url}{PATH}?filter_instelling_niveau=SO"


@pytest.mark.parametrize("echo", [
    json.dumps({"x": KEY}), json.dumps({"x": KEY}).replace("/", "\\/"),
    '{"x": "' + "".join(f"\\u{ord(c):04x}" for c in KEY) + '"}'])
def test_a_key_that_the_server_echoes_is_neither_kept_nor_given(tmp_path: Path, echo: str) -> None:
    body = f'{{"meta": {{"number": 0, "last": true}}, "content": [{echo}]}}'
    with serve(script(Reply(body.encode()))) as server:
        records, told = Run(tmp_path, server.url).fetcher.pages(PATH)
        again, told_again = Run(tmp_path, server.url).fetcher.pages(PATH)

    assert records == again == [{"x": "***"}]
    assert told == told_again
    for file in tmp_path.rglob("*"):
        kept = json.loads(file.read_text(encoding="utf-8"))
        assert KEY not in kept["text"]
        assert json.loads(kept["text"])["content"] == [{"x": "***"}]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 500])
def test_an_error_does_not_repeat_the_key_that_the_server_echoes(
        tmp_path: Path, status: int) -> None:
    echo = f"sleutel {KEY} deugt niet".encode()
    with serve(script(Reply(echo, status, headers={"X-Echo": KEY}))) as server:
        Run(tmp_path, server.url).fail()

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("reply", "told"), [
    (Reply(b"{}", 400), "weigert de vraag (400"),
    (Reply(b"{}", 401), "sleutel is geweigerd (401). Vraag of vernieuw"),
    (Reply(b"{}", 403), "geen toegang tot dit product (403). Vraag toegang"),
    (Reply(b"", 302, headers={"Location": "https://example.org/"}), "stuurt door"),
    (Reply(b"<html>", kind="text/html"), "geen JSON maar text/html"),
    (Reply(b"\xff", kind="application/json"), "geen UTF-8"),
    (Reply(b"[]"), "veld meta ontbreekt"),
    (Reply(b'{"content": []}'), "veld meta ontbreekt"),
    (Reply(b'{"meta": {"number": 0, "last": true}}'), "veld content ontbreekt"),
    (Reply(b'{"meta": {"last": true}, "content": []}'), "veld meta.number ontbreekt"),
    (Reply(b'{"meta": {"number": 0}, "content": []}'), "veld meta.last ontbreekt"),
    (Reply(b'{"meta": {"number": 0, "last": true}, "content": [1]}'), "geen velden"),
])
def test_what_asking_again_cannot_mend_is_asked_once(
        tmp_path: Path, reply: Reply, told: str) -> None:
    with serve(script(reply)) as server:
        run = Run(tmp_path, server.url)
        assert told in run.fail()

    assert len(server.asked) == 1
    assert run.slept == []


@pytest.mark.parametrize(("reply", "told"), [
    (Reply(b"{}", 429), "te veel vragen (429)"),
    (Reply(b"{}", 503), "storing (503)"),
    (Reply(b'{"meta": {"num'), "afgebroken of geen leesbare JSON"),
    (Reply(b'{"meta"', promised=500), "antwoord is afgebroken"),
    (Reply(b"", hang_up=True), "geen verbinding"),
    (Reply(b"", wait=5.0), "time-out"),
])
def test_what_may_pass_is_asked_five_times_with_longer_waits(
        tmp_path: Path, reply: Reply, told: str) -> None:
    with serve(script(reply)) as server:
        run = Run(tmp_path, server.url, timeout=(5.0, 0.2))
        text = run.fail()

    assert told in text
    assert "5 keer geprobeerd" in text
    assert "later opnieuw" in text
    assert len(server.asked) == 5
    assert run.slept == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize("bad", [
    Reply(b"", 500), Reply(b"", hang_up=True), Reply(b"{"), Reply(b"{", promised=99)])
def test_an_answer_after_a_failure_is_good(tmp_path: Path, bad: Reply) -> None:
    with serve(script(bad, GOOD)) as server:
        records, _ = Run(tmp_path, server.url).fetcher.pages(PATH)

    assert records == [{"n": 1}]


@pytest.mark.parametrize(("asked", "waited"), [
    ("7", 7.0), ("0", 0.0), ("99999", MAX_WAIT), ("Wed, 21 Oct 2026 07:28:00 GMT", 1.0),
    ("-3", 1.0), ("9" * 400, 1.0)])
def test_the_wait_is_what_the_server_asks_up_to_a_limit(
        tmp_path: Path, asked: str, waited: float) -> None:
    with serve(script(Reply(b"{}", 429, headers={"Retry-After": asked}), GOOD)) as server:
        run = Run(tmp_path, server.url)
        run.fetcher.pages(PATH)

    assert run.slept == [waited]


def test_a_refused_connection_names_the_product_and_the_network(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound but not listening
        run = Run(tmp_path, f"http://127.0.0.1:{held.getsockname()[1]}")
        assert "Controleer het netwerk" in run.fail()

    assert len(run.slept) == 4


@pytest.mark.parametrize("key", [
    "", "   ", "abc123", "met spatie erin", "regel\neinde1", "slëutel123"])
def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(FetchError, match="sleutel") as caught:
        Run(tmp_path, "https://example.org", key=key)
    assert not key.strip() or key not in str(caught.value)


def test_the_key_is_not_sent_over_an_open_line(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="https"):
        Run(tmp_path, "http://example.org")
