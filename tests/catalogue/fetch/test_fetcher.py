"""Every record of a product once, however its pages are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue.fetch.run import GOOD, PATH, Run, numbers
from tests.catalogue.fetch.scripted import Asked, Reply, page, script, serve


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


def test_a_parameter_the_api_would_ignore_is_refused(tmp_path: Path) -> None:
    with serve(script(GOOD)) as server:
        assert "geen filter" in Run(tmp_path, server.url).fail(number="3")
        assert not server.asked
