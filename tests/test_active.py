"""The active model: a pointer that is moved whole, that `start` obeys and a running bot follows."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from bot import active, preparation, swap
from bot.active import Active, InUse
from bot.errors import StartError
from bot.settings import Settings
from tests.conftest import ROOT, Server, free_port
from tests.test_preparation import trainer
from tests.testbench.conftest import own_content


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    """Settings with a trained model that fits, and another one."""
    own = Settings(root=tmp_path, data_dir=tmp_path / "var")
    own.data_dir.mkdir()
    trainer(own)
    preparation.train(own, preparation.fitting_model(own).file, lambda *_: None)
    (own.models_dir / "duaalwijzer-oud.tar.gz").write_text("oud")
    return own


def fitting(own: Settings) -> Path:
    return preparation.fitting_model(own).file


def test_without_a_pointer_the_model_that_fits_is_used_and_no_pointer_is_made(
    made: Settings
) -> None:
    assert preparation.choose_model(made) == preparation.ModelChoice(fitting(made), None)
    assert not active.pointer(made).exists()


def test_a_model_that_is_held_back_is_not_used_and_the_active_one_is(made: Settings) -> None:
    active.hold_back(made, fitting(made).name, "duaalwijzer-oud.tar.gz")

    assert preparation.choose_model(made).file.name == "duaalwijzer-oud.tar.gz"
    active.activate(made, fitting(made).name, "duaalwijzer-oud.tar.gz")
    assert preparation.choose_model(made).file == fitting(made)
    assert active.read(made) == Active(fitting(made).name, "duaalwijzer-oud.tar.gz")


def test_a_pointer_to_a_model_that_is_gone_changes_nothing(made: Settings) -> None:
    active.hold_back(made, fitting(made).name, "duaalwijzer-weg.tar.gz")

    assert preparation.choose_model(made).file == fitting(made)


@pytest.mark.parametrize("broken", [
    "", "{", "[]", "[" * 100_000, '{"model": 1}',
    '{"model": "x.tar.gz", "previous": "", "held_back": 3}',
    '{"model": "../../etc/x.tar.gz", "previous": "", "held_back": []}',
    '{"model": "x.tar.gz", "previous": "/etc/passwd", "held_back": []}',
])
def test_a_broken_pointer_lets_no_model_answer_and_says_what_to_do(
    made: Settings, broken: str
) -> None:
    active.pointer(made).write_text(broken)

    with pytest.raises(StartError, match="verwijder het om het model te gebruiken"):
        preparation.choose_model(made)


def test_after_a_change_of_the_files_the_pointer_does_not_keep_a_model_that_no_longer_fits(
    made: Settings
) -> None:
    active.activate(made, fitting(made).name, fitting(made).name)
    (made.root / "config.yml").write_text("pipeline: []\n")

    assert preparation.choose_model(made).reason == "gewijzigd: configuratie"


def test_going_back_gives_the_model_of_before_also_after_a_restart(made: Settings) -> None:
    active.activate(made, fitting(made).name, "duaalwijzer-oud.tar.gz")
    active.go_back(made)

    assert preparation.choose_model(made).file.name == "duaalwijzer-oud.tar.gz"


def test_going_back_twice_does_not_return_to_the_model_that_people_left(made: Settings) -> None:
    active.activate(made, fitting(made).name, "duaalwijzer-oud.tar.gz")
    active.go_back(made)

    assert active.go_back(made) is None
    assert preparation.choose_model(made).file.name == "duaalwijzer-oud.tar.gz"


def test_without_a_previous_model_there_is_no_way_back(made: Settings) -> None:
    assert active.go_back(made) is None
    active.activate(made, fitting(made).name, fitting(made).name)
    assert active.go_back(made) is None


def test_a_trained_model_keeps_its_held_out_result(made: Settings) -> None:
    trainer(made, "print('PROEF {\"right_at_once\": 0.5}', flush=True)")
    (made.root / "config.yml").write_text("pipeline: []\n")
    file = fitting(made)
    preparation.train(made, file, lambda *_: None, nice=1)

    about = json.loads(file.with_name(file.name.replace(".tar.gz", ".json")).read_text())
    assert about["proef"] == {"right_at_once": 0.5}
    assert preparation.choose_model(made).reason is None


def test_a_killed_move_of_the_pointer_leaves_the_old_one_or_the_new_one(made: Settings) -> None:
    script = ("import sys, os, threading, time\nfrom pathlib import Path\n"
              "from bot import active\nfrom bot.settings import Settings\n"
              "own = Settings(root=Path(sys.argv[1]), data_dir=Path(sys.argv[1]) / 'var')\n"
              "print('klaar', flush=True)\n"
              "for i in range(10**9):\n    active.activate(own, f'model-{i}.tar.gz', 'b.tar.gz')\n")
    for pause in (0.01, 0.05, 0.09):
        process = subprocess.Popen([sys.executable, "-c", script, str(made.root)], cwd=ROOT,
                                   stdout=subprocess.PIPE, env=dict(os.environ))
        assert process.stdout
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        process.wait()
        now = active.read(made)
        assert now is None or now.model.startswith("model-")


def follow(own: Settings, load: Any, seconds: float) -> Any:
    """A server that follows the pointer for some seconds."""
    app = SimpleNamespace(ctx=SimpleNamespace(
        agent=SimpleNamespace(tracker_store=None), model="duaalwijzer-oud.tar.gz"))

    async def serve() -> None:
        task = asyncio.ensure_future(swap.follow(app, own, load))
        await asyncio.sleep(seconds)
        task.cancel()

    asyncio.run(serve())
    return app


def test_a_model_that_cannot_be_loaded_leaves_the_old_one_and_is_held_back(
    made: Settings
) -> None:
    active.activate(made, fitting(made).name, "duaalwijzer-oud.tar.gz")

    async def broken(_: Path) -> Any:
        raise ValueError("stuk")

    app = follow(made, broken, 1.5)

    assert app.ctx.model == "duaalwijzer-oud.tar.gz"
    now = active.read(made)
    assert now
    assert (now.model, now.held_back) == ("duaalwijzer-oud.tar.gz", (fitting(made).name,))
    assert active.in_use(made) == InUse("duaalwijzer-oud.tar.gz", fitting(made).name, "ValueError")


SERVE = """
import sys
from dataclasses import replace
from pathlib import Path
from bot import before_rasa, resources
from bot.settings import from_environment
root, model, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
before_rasa.prepare()
own = replace(from_environment(), root=root, data_dir=root / "var", messages_per_address=100000)
resources.use(resources.Resources(own))
from bot.server import create_app
create_app(own.models_dir / model, own).run("127.0.0.1", port, workers=1, access_log=False,
                                            motd=False)
"""


@pytest.fixture
def running(settings: Settings, model: Path, tmp_path: Path) -> Iterator[tuple[Server, Settings]]:
    """A bot on a folder of its own, with the model under two names and one that is broken."""
    own = own_content(settings, tmp_path)
    own.models_dir.unlink()
    own.models_dir.mkdir()
    for file in (ROOT / "models").glob("veiligheid-*"):
        (own.models_dir / file.name).symlink_to(file)
    for name in ("een", "twee"):
        (own.models_dir / f"duaalwijzer-{name}.tar.gz").symlink_to(model)
    (own.models_dir / "duaalwijzer-stuk.tar.gz").write_bytes(model.read_bytes()[:5_000_000])
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path), "duaalwijzer-een.tar.gz", str(port)],
        cwd=ROOT, text=True, env={**os.environ, "DUAALWIJZER_DATA_DIR": str(own.data_dir)},
        stdout=subprocess.DEVNULL, stderr=(tmp_path / "log").open("w"))
    served = Server(f"http://127.0.0.1:{port}", own.data_dir, process)
    until = time.monotonic() + 120
    while health(served) is None:
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < until
        time.sleep(0.2)
    yield served, own
    process.terminate()
    process.wait(20)


def health(server: Server) -> str | None:
    try:
        answer = requests.get(f"{server.url}/health", timeout=20)
    except requests.RequestException:
        return None
    return str(answer.json()["model"]) if answer.status_code == 200 else None


def wait_for(what: Any, seconds: float) -> float:
    """How long it took until this was true."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def test_a_running_bot_takes_the_active_model_and_new_texts_without_losing_a_turn(
    running: tuple[Server, Settings]
) -> None:
    server, own = running
    stop, slowest, answered = threading.Event(), [0.0], [0]

    def talk() -> None:
        sender = str(uuid.uuid4())
        while not stop.is_set():
            began = time.monotonic()
            assert server.say(sender, "wat doet het clb")
            slowest[0] = max(slowest[0], time.monotonic() - began)
            answered[0] += 1
            time.sleep(0.5)

    failed: list[BaseException] = []

    def watched() -> None:
        try:
            talk()
        except BaseException as error:
            failed.append(error)

    talkers = [threading.Thread(target=watched) for _ in range(3)]
    for talker in talkers:
        talker.start()

    # A text: live within two seconds.
    file = own.knowledge_dir / "hulp/clb.yml"
    content = file.read_text().replace("Het CLB en CLBch@t", "Het CLB, nieuw")
    from bot.files import write_atomically

    write_atomically(file, content.encode())
    text = wait_for(lambda: server.say(str(uuid.uuid4()), "wat doet het clb")[0]["title"]
                    == "Het CLB, nieuw", 2)

    # A model: taken without restart; a broken one: refused, and the old one stays.
    active.activate(own, "duaalwijzer-twee.tar.gz", "duaalwijzer-een.tar.gz")
    taken = wait_for(lambda: health(server) == "duaalwijzer-twee.tar.gz", 90)
    assert active.in_use(own) == InUse("duaalwijzer-twee.tar.gz")
    active.activate(own, "duaalwijzer-stuk.tar.gz", "duaalwijzer-twee.tar.gz")
    wait_for(lambda: getattr(active.in_use(own), "refused", "") == "duaalwijzer-stuk.tar.gz", 90)
    assert health(server) == "duaalwijzer-twee.tar.gz"
    assert replace(active.read(own) or Active(""), held_back=()).model == "duaalwijzer-twee.tar.gz"

    stop.set()
    for talker in talkers:
        talker.join(60)
    print(f"tekst {text:.2f} s, model {taken:.1f} s, traagste beurt {slowest[0]:.2f} s, "
          f"{answered[0]} beurten")
    assert failed == []
    assert slowest[0] < 15
