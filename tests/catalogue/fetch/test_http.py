"""Fetching pages: patience with a weak server, none with a wrong one, and a key that stays in."""

from __future__ import annotations

import json
import logging
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.catalogue.fetch.http import MAX_WAIT, Fetcher, FetchError
from bot.errors import DuaalwijzerError
from tests.catalogue.fetch.scripted import KEY, Asked, Reply, page, script, serve

PATH = "/instellingsgegevens/instelling/v2/instelling"
START = datetime(2026, 11, 26, 10, 0)
GOOD = page(0, [{"n": 1}])


class Run:
    """A Fetcher with a clock and a sleep that only remember."""

    def __init__(self, folder: Path, url: str, **more: Any) -> None:
        self.slept: list[float] = []
        self.told: list[tuple[int, int, str]] = []
        self.at = START
        self.fetcher = Fetcher(
            requests.Session(), folder, key=more.pop("key", KEY), sleep=self.slept.append,
            now=self.now, progress=lambda *told: self.told.append(told), host=url, **more)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def fail(self, **filters: str) -> str:
        with pytest.raises(FetchError) as caught:
            self.fetcher.pages(PATH, **filters)
        assert isinstance(caught.value, DuaalwijzerError)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None  # errors of requests hold the key
        text = str(caught.value)
        assert text.startswith("instelling: ")
        assert KEY not in text
        return text


def numbers(first: int, count: int) -> Any:
    """Pages that count from `first`; what is before it is taken for it."""

    def answer(asked: Asked) -> Reply:
        number = max(asked.page, first)
        last = number == first + count - 1
        content = [{"n": number - first}] if number < first + count else []
        return page(number, content, last=last, total=count)

    return answer


@pytest.mark.parametrize("first", [0, 1])
def test_every_record_comes_once_whether_pages_count_from_0_or_1(
        tmp_path: Path, first: int) -> None:
    with serve(numbers(first, 3)) as server:
        run = Run(tmp_path, server.url)
        records, _ = run.fetcher.pages(PATH)

    assert [r["n"] for r in records] == [0, 1, 2]
    assert server.asked[0].page == 0
    assert len(server.asked) == 3
    assert run.told[-1] == (3, 1, "instelling")


def test_a_server_that_takes_0_for_1_but_counts_from_0_gives_each_record_once(
        tmp_path: Path) -> None:
    def answer(asked: Asked) -> Reply:
        number = max(asked.page - 1, 0)
        return page(number, [{"n": number}], last=number == 2, total=3)

    with serve(answer) as server:
        records, _ = Run(tmp_path, server.url).fetcher.pages(PATH)

    assert [r["n"] for r in records] == [0, 1, 2]


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


@pytest.mark.parametrize("number", [0, 1])
def test_the_same_page_for_ever_is_an_error(tmp_path: Path, number: int) -> None:
    with serve(script(page(number, [{"n": 1}], last=False))) as server:
        text = Run(tmp_path, server.url).fail()

    assert "dezelfde" in text
    assert len(server.asked) <= 3


def test_a_server_that_ignores_the_page_number_is_an_error_though_its_records_move(
        tmp_path: Path) -> None:
    count = iter(range(100))
    with serve(lambda asked: page(0, [{"n": next(count)}], last=False)) as server:
        assert "vroeg pagina 1 en kreeg pagina 0" in Run(tmp_path, server.url).fail()


def test_fewer_records_than_the_server_counts_are_an_error_and_the_empty_page_is_not_kept(
        tmp_path: Path) -> None:
    replies = [page(0, [{"n": 0}], last=False, total=2), page(1, [], last=False, total=2),
               page(1, [{"n": 1}], total=2)]
    with serve(script(*replies)) as server:
        assert "1 records gekregen van de 2" in Run(tmp_path, server.url).fail()
        records, _ = Run(tmp_path, server.url).fetcher.pages(PATH)

    assert [r["n"] for r in records] == [0, 1]


def test_an_empty_page_is_the_end(tmp_path: Path) -> None:
    with serve(script(page(0, [{"n": 0}], last=False), page(1, [], last=False))) as server:
        records, told = Run(tmp_path, server.url).fetcher.pages(PATH)

    assert (records, told.records) == ([{"n": 0}], 1)


@pytest.mark.parametrize("first", [0, 1])
def test_a_resumed_fetch_asks_only_the_missing_pages_and_gives_the_same(
        tmp_path: Path, first: int) -> None:
    whole, broken = numbers(first, 4), True

    def answer(asked: Asked) -> Reply:
        return Reply(b"", 401) if broken and asked.page == first + 2 else whole(asked)

    with serve(answer) as server:
        Run(tmp_path / "run", server.url).fail()
        broken = False
        server.asked.clear()
        later = Run(tmp_path / "run", server.url)
        later.at += timedelta(hours=3)
        records, told = later.fetcher.pages(PATH)
        resumed = [a.page for a in server.asked]
        _, fresh = Run(tmp_path / "other", server.url).fetcher.pages(PATH)

    assert resumed == [first + 2, first + 3]
    assert [r["n"] for r in records] == [0, 1, 2, 3]
    assert told.sha256 == fresh.sha256
    assert told.retrieved_at == "2026-11-26T10:00:01"  # of the oldest page


def test_a_damaged_kept_page_is_asked_again(tmp_path: Path) -> None:
    with serve(script(GOOD)) as server:
        Run(tmp_path, server.url).fetcher.pages(PATH)
        for damaged in ("{", "[]", '{"text": 3, "retrieved_at": ""}',
                        '{"text": "{", "retrieved_at": ""}'):
            for file in tmp_path.iterdir():
                file.write_text(damaged, encoding="utf-8")
            server.asked.clear()
            records, _ = Run(tmp_path, server.url).fetcher.pages(PATH)
            assert records == [{"n": 1}]
            assert len(server.asked) == 1


def test_pages_of_other_filters_are_kept_apart(tmp_path: Path) -> None:
    with serve(lambda a: page(0, [{"n": a.query["filter_x"]}])) as server:
        fetcher = Run(tmp_path, server.url).fetcher
        one, two = (fetcher.pages(PATH, filter_x=x)[0] for x in ("311", "312"))

    assert (one, two) == ([{"n": "311"}], [{"n": "312"}])
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".")]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "vol").write_text("geen map", encoding="utf-8")
    with serve(script(GOOD)) as server, pytest.raises(FetchError, match="schrijfrechten"):
        Run(tmp_path / "vol", server.url).fetcher.pages(PATH)


@pytest.mark.parametrize("key", [
    "", "   ", "abc123", "met spatie erin", "regel\neinde1", "slëutel123"])
def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(FetchError, match="sleutel") as caught:
        Run(tmp_path, "https://example.org", key=key)
    assert not key.strip() or key not in str(caught.value)


def test_the_key_is_not_sent_over_an_open_line(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="https"):
        Run(tmp_path, "http://example.org")


def test_a_parameter_the_api_would_ignore_is_refused(tmp_path: Path) -> None:
    with serve(script(GOOD)) as server:
        assert "geen filter" in Run(tmp_path, server.url).fail(number="3")
        assert not server.asked
