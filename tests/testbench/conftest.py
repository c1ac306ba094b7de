"""The test bench over real HTTP, with the real model in its worker."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from bot import resources
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.app import create_app, server_of
from bot.testbench.approvals import Approvals
from bot.testbench.changes import Changes
from bot.testbench.database import Database
from bot.testbench.desk import COOKIE, Desk
from bot.testbench.examples import Examples
from bot.testbench.training_queue import TrainingQueue
from tests.conftest import ROOT, free_port
from tests.testbench.editing import NAME

CSRF = re.compile(r'name="csrf" value="([^"]+)"')
# What an editor's folder holds beside data/: read, never written.
LINKED = ("domain.yml", "config.yml", "endpoints.yml", "bot", "actions", "widget", "models")


@dataclass
class Client:
    """Somebody at the pages; requests would not send a Secure cookie over http, so we do."""

    url: str
    cookie: str = ""
    _csrf: str = field(default="", repr=False)

    def get(self, path: str, **more: Any) -> requests.Response:
        answer = requests.get(self.url + path, headers=self.headers(), timeout=60,
                              allow_redirects=False, **more)
        return self._read(answer)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any
             ) -> requests.Response:
        """Send a form with the token of this session; redirects are not followed."""
        if not self._csrf and self.cookie:
            self.get("/")
        answer = requests.post(
            self.url + path, data={"csrf": self._csrf, **(data or {})}, headers=self.headers(),
            timeout=60, allow_redirects=False, **more)
        return self._read(answer)

    def follow(self, answer: requests.Response) -> requests.Response:
        """The page that a form leads to."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["Location"])

    def headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}

    def _read(self, answer: requests.Response) -> requests.Response:
        for found in CSRF.findall(answer.text)[:1]:
            self._csrf = found
        return answer


@dataclass
class Bench:
    """Running pages, with the services behind them."""

    url: str
    desk: Desk
    moved: list[float]

    def token(self, role: Role, name: str = "CLB Proef") -> str:
        return self.desk.access.grant(name, role)

    def person(self, role: Role = Role.TESTER, name: str = "CLB Proef") -> Client:
        """Somebody who is logged in."""
        # Not by the form: it slows down who logs in often, as these tests do.
        cookie = self.desk.access.log_in(self.token(role, name))
        assert cookie
        return Client(self.url, cookie)

    def visitor(self) -> Client:
        """Somebody who is not logged in."""
        return Client(self.url)

    def move(self, seconds: float) -> None:
        """Let the clock of the bench go on."""
        self.moved[0] += seconds


class Moment:
    """A clock that a test moves."""

    now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def served(settings: Settings, model: Path, load: bool = True) -> Iterator[Bench]:
    """The bench on these settings, in a thread of this process; its worker is a process."""
    moved = [0.0]
    app = create_app(settings, model, lambda: time.time() + moved[0], load)
    port = free_port()
    server = server_of(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield Bench(f"http://127.0.0.1:{port}", app.state.desk, moved)
    server.should_exit = True
    thread.join(20)


def own_content(settings: Settings, root: Path) -> Settings:
    """Settings with a copy of data/ that a test may edit; the rest is that of the project."""
    shutil.copytree(ROOT / "data", root / "data")
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    data_dir = root / "var"
    data_dir.mkdir()
    shutil.copy(settings.catalogue_file, data_dir / settings.catalogue_file.name)
    return replace(settings, root=root, data_dir=data_dir)


@pytest.fixture(scope="session")
def bench(settings: Settings, model: Path, tmp_path_factory: pytest.TempPathFactory
          ) -> Iterator[Bench]:
    """One bench for the tests that change no content."""
    with served(own_content(settings, tmp_path_factory.mktemp("proefbank")), model) as made:
        yield made


@pytest.fixture
def editable(settings: Settings, model: Path, tmp_path: Path) -> Iterator[Bench]:
    """A bench of its own on content of its own; the model is loaded at the first question."""
    with served(own_content(settings, tmp_path), model, load=False) as made:
        yield made


@pytest.fixture
def tester(bench: Bench) -> Client:
    return bench.person()


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings on a folder with three answers."""
    made = Settings(root=tmp_path, data_dir=tmp_path / "var")
    for name in (NAME, "hulp/clb.yml", "hulp/pesten_geweld.yml"):
        (made.knowledge_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (made.knowledge_dir / name).write_bytes((ROOT / "data/nlu/kennis" / name).read_bytes())
    outside = made.root / "data/nlu/gesprek/buiten_bereik.yml"
    outside.parent.mkdir()
    outside.write_text("nlu:\n- intent: buiten_bereik\n  examples: |\n    - wat is bitcoin\n")
    return made


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def changes(own: Settings) -> Changes:
    return Changes(Database(own.testbench_file), time.time)


@pytest.fixture
def approvals(own: Settings) -> Approvals:
    return Approvals(Database(own.testbench_file), time.time)


@pytest.fixture
def used(own: Settings) -> Settings:
    """The same, as the resources of this process; cries for help are told apart as always."""
    made = resources.Resources(own)
    made.crisis = resources.current().crisis
    resources.use(made)
    return own


@pytest.fixture
def examples(used: Settings) -> Examples:
    return Examples(Database(used.testbench_file), time.time)


@pytest.fixture
def queue(used: Settings) -> TrainingQueue:
    return TrainingQueue(Database(used.testbench_file), time.time)
