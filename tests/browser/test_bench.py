"""The test bench in a real browser: what a counsellor and an editor come to do, and axe."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.settings import Settings
from bot.testbench.access import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_states import violations
from tests.conftest import ROOT, free_port, healthy
from tests.testbench.conftest import Bench, own_content, served

pytestmark = pytest.mark.browser
EXAMPLE = ROOT / "tests" / "bench" / "voorbeeld.csv"
# The bot on the content that the editor changes.
BOT = """
import sys
from dataclasses import replace
from pathlib import Path
from bot import before_rasa, preparation, resources
before_rasa.prepare()
from bot.settings import from_environment
root = Path(sys.argv[1])
own = replace(from_environment(), root=root, data_dir=root / "var")
resources.use(resources.Resources(own))
from bot.server import create_app
app = create_app(preparation.choose_model(own).file, own)
app.run("127.0.0.1", int(sys.argv[2]), workers=1, access_log=False, motd=False)
"""


class Hands:
    """Somebody at a page; every click, text or choice is an action that is counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.actions = page, 0

    def click(self, role: str, name: str) -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, value: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).first.select_option(value)

    def pick(self, label: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).first.check()

    def upload(self, label: str, file: Path) -> None:
        self.actions += 1
        self.page.get_by_label(label).first.set_input_files(file)

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=20_000)


@pytest.fixture(scope="module")
def bench(settings: Settings, model: Path, tmp_path_factory: pytest.TempPathFactory
          ) -> Iterator[Bench]:
    with served(own_content(settings, tmp_path_factory.mktemp("proef")), model) as made:
        made.desk.worker.start()
        yield made


@contextmanager
def at(chromium: Any, url: str, code: str = "", screen: dict[str, Any] | None = None
       ) -> Iterator[Hands]:
    """A person with a browser of their own, logged in when there is a code."""
    context = chromium.new_context(locale="nl-BE", **(screen or DESKTOP), accept_downloads=True)
    context.set_default_timeout(20_000)
    hands = Hands(context.new_page())
    hands.page.goto(url)
    if code:
        hands.fill("Jouw code", code)
        hands.click("button", "Log in")
        hands.page.get_by_role("heading", name="Welkom in de proefbank").wait_for()
    yield hands
    context.close()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_counsellor_asks_judges_tests_200_questions_and_takes_the_result_along_in_12_actions(
    chromium: Any, bench: Bench, screen: dict[str, Any], tmp_path: Path
) -> None:
    rows = list(csv.reader(EXAMPLE.open(encoding="utf-8")))
    own = tmp_path / f"vragen {screen['viewport']['width']}.csv"
    with own.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *rows[1:101], *rows[1:101]])
    with at(chromium, bench.url, bench.token(Role.TESTER, "CLB Kust"), screen) as counsellor:
        counsellor.fill("Vraag van een leerling of ouder", "krijg ik nog een startbonus")
        counsellor.click("button", "Bekijk het antwoord")
        counsellor.sees("Waarom dit antwoord?")
        counsellor.pick("goed")
        counsellor.click("button", "Bewaar mijn oordeel")
        counsellor.click("link", "Testlijsten")
        counsellor.upload("Bestand", own)
        counsellor.click("button", "Laad op")
        counsellor.click("button", "Test deze lijst")
        finished(counsellor.page)
        counsellor.click("link", "Toon wat fout is")
        shown = counsellor.page.get_by_role("table").filter(has_text="Antwoord")
        assert shown.locator("tbody .merk-fout").count() > 0
        with counsellor.page.expect_download() as saved:
            counsellor.click("link", "als Excel-bestand")

        assert saved.value.suggested_filename.endswith(".xlsx")
        assert counsellor.actions <= 12


def finished(page: Any) -> None:
    """The page of a run once it is done; looking at it again is not what is counted here."""
    until = time.monotonic() + 120
    while page.get_by_role("progressbar").count() and time.monotonic() < until:
        time.sleep(0.5)
        page.reload()
    assert page.get_by_role("progressbar").count() == 0


def test_an_editor_corrects_an_answer_and_sees_it_in_the_widget_in_8_actions(
    chromium: Any, settings: Settings, model: Path, tmp_path: Path
) -> None:
    own = own_content(settings, tmp_path)
    with served(own, model, load=False) as bench, running(own.root) as bot, \
            at(chromium, bench.url, bench.token(Role.EDITOR, "Redactie")) as editor, \
            at(chromium, bench.url, bench.token(Role.EDITOR, "CLB Kust")) as second, \
            at(chromium, f"{bot}/chat") as reader:
        start = editor.actions + second.actions
        editor.page.goto(f"{bench.url}/onderwerpen/startbonus")
        editor.click("link", "Wijzig dit antwoord")
        text = editor.page.get_by_label("Antwoord").first.input_value()
        editor.fill("Antwoord", text.replace("De startbonus bestaat niet meer",
                                             "De startbonus is er al jaren niet meer"))
        editor.click("button", "Bewaar als voorstel")
        editor.sees("Bewaard als voorstel.")
        second.click("link", "Wijzigingen")
        began = time.monotonic()
        second.page.get_by_role("button", name="Keur goed").first.click()
        second.actions += 1
        second.sees("staat nu in de bot")
        live(bot, "is er al jaren niet meer")
        took = time.monotonic() - began
        reader.fill("Jouw vraag", "krijg ik nog een startbonus")
        reader.click("button", "Verstuur")
        reader.sees("De startbonus is er al jaren niet meer")

        assert editor.actions + second.actions + reader.actions - start <= 8
        assert took < 2


@contextmanager
def running(root: Path) -> Iterator[str]:
    """The address of a bot on this content."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", BOT, str(root), str(port)], cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        healthy(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def live(bot: str, words: str) -> None:
    """Wait until the page of all answers of this bot has these words."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if words in requests.get(f"{bot}/antwoorden", timeout=5).text:
            return
        time.sleep(0.05)
    raise AssertionError(f"{words!r} staat niet in de bot")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_in_any_state_breaks_a_rule_of_accessibility(
    chromium: Any, bench: Bench, screen: dict[str, Any]
) -> None:
    paths = seeded(bench)
    wrong = {}
    with at(chromium, f"{bench.url}/inloggen", screen=screen) as visitor:
        wrong["/inloggen"] = violations(visitor)  # type: ignore[arg-type]
        visitor.fill("Jouw code", "fout.code")
        visitor.click("button", "Log in")
        wrong["foute code"] = violations(visitor)  # type: ignore[arg-type]
    with at(chromium, bench.url, bench.token(Role.ADMIN, "Beheer"), screen) as person:
        for path in paths:
            person.page.goto(bench.url + path)
            assert person.page.get_by_role("heading", level=1).count() == 1, path
            wrong[path] = violations(person)  # type: ignore[arg-type]

    assert {path: found for path, found in wrong.items() if found} == {}


def seeded(bench: Bench) -> list[str]:
    """Every page that can be read, with something on it and as it is when empty."""
    from bot.testbench.app import _pages

    admin, other = bench.person(Role.ADMIN, "Beheer"), bench.person(Role.EDITOR, "Redactie")
    asked = admin.post("/vraag", {"tekst": "waar kan ik kapper leren in Gent"})
    answer = asked.headers.get("Location", "/vraag")
    with EXAMPLE.open("rb") as file:
        admin.post("/lijsten/nieuw", files={"bestand": ("lijst.csv", file.read())})
    admin.post("/lijsten/1/loop")
    sheet = admin.get("/onderwerpen/startbonus/wijzig").text
    other.post("/voorbeelden", {"tekst": "bestaat die bonus nog", "onderwerp": "startbonus"})
    assert "startbonus" in sheet.lower()
    found = {answer, "/onbestaand"}
    for route in _pages():
        path = route.path
        for name in route.param_convertors:
            value = "startbonus" if route.path.startswith("/onderwerpen") else "1"
            path = path.replace(f"{{{name}}}", value).replace(f"{{{name}:int}}", value)
        if "GET" in (route.methods or ()) and "html" in admin.get(path).headers["Content-Type"]:
            found.add(path)
    return sorted(found)
