"""While an editor types, the check keeps up: nothing typed is lost, and no rule broken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.testbench.access import Role
from tests.browser.conftest import DESKTOP, PHONE, WATCH
from tests.browser.test_bench import Hands, at
from tests.browser.test_states import violations
from tests.testbench.conftest import Bench, own_content, served

pytestmark = pytest.mark.browser
HERE = "/onderwerpen/startbonus/wijzig"
TEXT = "Antwoord (hoogstens 80 woorden)"


@pytest.fixture
def bench(settings: Settings, model: Path, tmp_path: Path) -> Iterator[Bench]:
    with served(own_content(settings, tmp_path), model, load=False) as made:
        yield made


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def editor(request: pytest.FixtureRequest, chromium: Any, bench: Bench) -> Iterator[Hands]:
    """An editor with the form open."""
    code = bench.token(Role.EDITOR)
    with at(chromium, bench.url, code, request.param) as hands:
        hands.page.context.add_init_script(WATCH)
        hands.page.goto(bench.url + HERE)
        yield hands


def drafts(bench: Bench) -> int:
    with sqlite3.connect(bench.desk.settings.testbench_file) as db:
        return int(db.execute("SELECT count(*) FROM answer_draft").fetchone()[0])


def test_two_seconds_after_typing_the_check_and_the_preview_follow_and_the_draft_is_kept(
    editor: Hands, bench: Bench
) -> None:
    page = editor.page
    field = page.get_by_label(TEXT)
    field.fill("Desalniettemin geschiedt de subsidiëringstoekenning.")
    page.locator("#zo-1").get_by_text("Desalniettemin").wait_for()

    assert "fout" in page.locator("#stand").inner_text()
    assert "moeilijke woorden" in page.locator("#bij-tekst").inner_text()
    assert page.evaluate("document.activeElement.id") == "tekst"
    page.get_by_text("WhatsApp:").click()
    field.press("End")
    field.type(" En nog iets {onbekend}.")
    page.locator("#bij-tekst").get_by_text("onbekend feit").wait_for()
    assert field.input_value().endswith("toekenning. En nog iets {onbekend}.")
    assert page.locator("#zo-2").is_visible()  # what was opened stays open
    assert page.url.endswith(HERE)
    assert page.evaluate("window.reports") == []
    assert violations(editor) == []  # type: ignore[arg-type]
    page.goto(bench.url + HERE)
    assert "nog iets" in page.get_by_label(TEXT).input_value()


def test_a_save_while_a_check_is_under_way_leaves_one_proposal_and_no_draft(
    editor: Hands, bench: Bench
) -> None:
    page, held = editor.page, []

    def hold(route: Any) -> None:
        if route.request.resource_type == "fetch" and route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page.route(f"**{HERE}", hold)
    page.get_by_label("Titel", exact=True).fill("De bonus is weg")
    with page.expect_request(lambda request: request.resource_type == "fetch"):
        pass
    page.get_by_role("button", name="Bewaar als voorstel").dblclick(no_wait_after=True)
    assert len(held) == 1
    held[0].continue_()
    editor.sees("Bewaard als voorstel")

    page.wait_for_timeout(3000)
    assert drafts(bench) == 0
    with sqlite3.connect(bench.desk.settings.testbench_file) as db:
        assert db.execute("SELECT count(*) FROM answer_change").fetchone() == (1,)


def test_without_a_session_the_check_says_so_and_what_was_typed_stays(editor: Hands) -> None:
    page = editor.page
    page.context.clear_cookies()
    page.get_by_label("Titel", exact=True).fill("De bonus is weg")
    page.locator("#stand").get_by_text("De controle lukt nu niet").wait_for()

    assert page.get_by_label("Titel", exact=True).input_value() == "De bonus is weg"
