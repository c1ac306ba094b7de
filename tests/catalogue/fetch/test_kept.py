"""Pages that were fetched are kept, and asked no more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue.fetch.failure import FetchError
from tests.catalogue.fetch.run import GOOD, PATH, Run, numbers
from tests.catalogue.fetch.scripted import Asked, Reply, page, script, serve


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
