"""Training from a page: in the background, gated, with a way back. Nothing is really trained here:
a script takes the place of the trainer, and of the model where its answers do not matter."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Callable

import pytest

from bot import active, preparation
from bot.bench.gate import Gate, folder_of, write_gate
from bot.bench.model import Case
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.jobs import Jobs
from bot.testbench.training import Trainer, short
from bot.testbench.training_queue import TrainingQueue
from bot.testbench.worker import Reply, WorkerError
from tests.testbench.conftest import Bench, Client

GOOD = Gate("proef.csv", 1.0, 0.0)
CASES = [Case("wat doet het clb", "clb")]


class FakeModel:
    """Answers everything with one topic; `topic` "" is a model that cannot be loaded."""

    def __init__(self, file: Path, topic: str) -> None:
        self.model, self.topic, self.ready = file, topic, False
        self.stopped = self.retired = False

    def start(self) -> None:
        if not self.topic:
            raise WorkerError("Het model kan niet geladen worden.")
        self.ready = True

    def ask(self, _sender: str, _text: str) -> Reply:
        return Reply([{"kind": "knowledge", "topic": self.topic, "text": "x"}], {}, None)

    def ask_many(self, _texts: Any) -> list[Any]:
        return []

    def stop(self) -> None:
        self.stopped = True

    def retire(self) -> None:
        self.retired = True


def write_model(_settings: Any, target: Path, progress: Callable[..., None], nice: int = 0) -> None:
    assert nice == 10
    for done in (1, 2):
        progress(done, 2, f"stap {done}")
    target.write_text("model")


@pytest.fixture
def trainer(editable: Bench) -> Trainer:
    """The trainer of the bench, with a folder for models of its own."""
    folder = editable.desk.settings.models_dir
    real = folder.resolve()
    folder.unlink()
    folder.mkdir()
    for file in (*real.glob("veiligheid-*"), editable.desk.worker.model):
        (folder / file.name).symlink_to(file)
    made: Trainer = editable.desk.store(Trainer)
    made.train = write_model
    made.worker = lambda file: FakeModel(file, "clb")  # type: ignore[assignment,return-value]
    return made


@pytest.fixture
def admin(editable: Bench) -> Client:
    return editable.person(Role.ADMIN, "Beheer")


def gate(bench: Bench, model_topic: str = "clb") -> None:
    folder = folder_of(bench.desk.settings.root)
    write_gate(folder, GOOD, [Case("wat doet het clb", model_topic)])


def queue_example(bench: Bench) -> TrainingQueue:
    editor = bench.person(Role.EDITOR, "Een")
    editor.post("/voorbeelden", {"onderwerp": "startbonus", "tekst": "waar blijft de bonus toch"})
    bench.person(Role.EDITOR, "Twee").post("/voorbeelden/1/goed")
    made: TrainingQueue = bench.desk.store(TrainingQueue)
    return made


def test_an_editor_sees_the_models_and_only_an_admin_trains_or_chooses(
    editable: Bench, trainer: Trainer
) -> None:
    editor = editable.person(Role.EDITOR)
    page = editor.get("/modellen").text

    name = editable.desk.worker.model.name
    assert f"<code>{short(name)}</code>" in page
    assert name.removesuffix(".tar.gz") not in page
    assert "Train een nieuw model" not in page
    for path in ("train", "activeer", "terug"):
        assert editor.post(f"/modellen/{path}", {"model": "x"}).status_code == 403


def test_the_measure_on_unseen_examples_is_a_column_only_when_a_model_has_one(
    editable: Bench, trainer: Trainer
) -> None:
    editor, folder = editable.person(Role.EDITOR), editable.desk.settings.models_dir
    assert "in de proef" not in editor.get("/modellen").text
    (folder / "duaalwijzer-x.tar.gz").write_text("model")
    (folder / "duaalwijzer-x.json").write_text('{"proef": {"right_at_once": 0.91}}')

    page = editor.get("/modellen").text
    assert "Meteen juist in de proef" in page
    assert "91 %" in page
    assert page.index("Gemaakt op</th>") < page.index("Model</th>")


def test_the_page_lists_the_gates_with_their_bars_and_opens_when_they_cannot_be_read(
    editable: Bench, trainer: Trainer
) -> None:
    editor, folder = editable.person(Role.EDITOR), folder_of(editable.desk.settings.root)
    assert "nog geen poorten" in editor.get("/modellen").text
    write_gate(folder, Gate("kust.csv", 0.955, 0.02), CASES)

    page = editor.get("/modellen").text
    assert '<th scope="row">kust</th><td>95,5 %</td><td>2 %</td>' in page
    (folder / "poorten.yml").write_text("stuk: [")
    broken = editor.get("/modellen")
    assert broken.status_code == 200
    assert "De poorten zijn niet leesbaar" in broken.text


def test_training_takes_the_queue_and_activates_the_model_when_the_gates_hold(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    gate(editable)
    queue, before = queue_example(editable), editable.desk.worker.model.name
    assert "er wachten voorbeeldvragen" in admin.get("/modellen").text
    admin.post("/modellen/train")
    trainer.wait(60)

    settings = editable.desk.settings
    now = active.read(settings)
    assert now
    assert now.model == preparation.fitting_model(settings).file.name != before
    assert (now.previous, now.held_back) == (before, ())
    assert queue.waiting() == []
    assert editable.desk.worker.model.name == now.model  # the pages test the new model too
    page = admin.get("/modellen").text
    assert "1 voorbeeldvraag toegevoegd" in page
    assert "proef.csv: gehaald" in page

    admin.post("/modellen/terug")
    assert getattr(active.read(settings), "model", "") == before
    assert preparation.choose_model(settings).file.name == before
    assert editable.desk.worker.model.name == before


def test_a_model_that_fails_a_gate_is_kept_but_not_used(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    gate(editable, "startbonus")
    queue_example(editable)
    before = editable.desk.worker.model.name
    admin.post("/modellen/train")
    trainer.wait(60)

    settings = editable.desk.settings
    trained = preparation.fitting_model(settings).file
    assert trained.exists()
    assert trainer.serving == before
    assert preparation.choose_model(settings).file.name == before
    page = admin.get("/modellen").text
    assert "haalt niet alle poorten" in page
    assert "proef.csv: NIET gehaald" in page
    assert "tegengehouden" in page


def test_a_model_that_cannot_be_loaded_leaves_the_old_one_and_says_so(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    other = editable.desk.settings.models_dir / "duaalwijzer-stuk.tar.gz"
    other.write_text("stuk")
    trainer.worker = lambda file: FakeModel(file, "")  # type: ignore[assignment,return-value]
    before = trainer.serving
    admin.post("/modellen/activeer", {"model": other.name})
    trainer.wait(60)

    assert trainer.serving == before
    page = admin.get("/modellen").text
    assert "kan niet geladen worden" in page
    assert "tegengehouden" in page


@pytest.mark.parametrize("name", ["../../etc/passwd", "duaalwijzer-weg.tar.gz", "",
                                  "veiligheid-1.model"])
def test_only_a_model_of_the_list_can_be_chosen(
    editable: Bench, trainer: Trainer, admin: Client, name: str
) -> None:
    assert admin.post("/modellen/activeer", {"model": name}).status_code == 400
    assert active.read(editable.desk.settings) is None


def test_progress_is_there_after_a_reload_and_a_second_training_waits(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    queue_example(editable)
    begun, go_on = threading.Event(), threading.Event()

    def slow(settings: Any, target: Path, progress: Callable[..., None], nice: int) -> None:
        progress(2, 4, "vragen leren herkennen")
        begun.set()
        go_on.wait(30)
        write_model(settings, target, progress, nice)

    trainer.train = slow
    admin.post("/modellen/train")
    begun.wait(30)
    for _ in range(2):
        page = admin.get("/modellen").text
        assert "21 %: vragen leren herkennen" in page
    assert admin.post("/modellen/train").status_code == 400
    go_on.set()
    trainer.wait(30)
    assert "gelukt" in admin.get("/modellen").text


def test_a_failed_training_is_a_sentence_and_the_old_model_stays(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    queue_example(editable)

    def broken(*_: Any, **__: Any) -> None:
        raise preparation.StartError("Het trainen van het model is mislukt: geen geheugen")

    trainer.train = broken
    before = trainer.serving
    admin.post("/modellen/train")
    trainer.wait(30)

    page = admin.get("/modellen").text
    assert "geen geheugen" in page
    assert "blijft in gebruik" in page
    assert trainer.serving == before


def test_a_training_that_was_cut_off_is_said_to_be_and_another_can_begin(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    from bot.testbench.pages.models import begin

    jobs: Jobs = editable.desk.store(Jobs)
    person = editable.desk.access.person(admin.cookie)
    assert person
    jobs.begin("Trainen", person)
    (editable.desk.settings.models_dir / "bezig-999999999.tar.gz").write_text("half")
    begin(editable.desk)

    assert "Afgebroken" in admin.get("/modellen").text
    assert list(editable.desk.settings.models_dir.glob("bezig-*")) == []
    assert jobs.begin("Trainen", person)


def test_what_serves_is_what_the_bot_says_it_serves(editable: Bench, trainer: Trainer) -> None:
    own, settings = editable.desk.worker.model.name, editable.desk.settings
    active.say_in_use(settings, active.InUse("duaalwijzer-weg.tar.gz"))
    assert trainer.serving == own  # a file that is gone serves nothing any more

    (settings.models_dir / "duaalwijzer-a.tar.gz").write_text("model")
    active.say_in_use(settings, active.InUse("duaalwijzer-a.tar.gz"))
    assert trainer.serving == "duaalwijzer-a.tar.gz"


def test_a_model_that_is_replaced_or_fails_never_starts_again(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    made: list[FakeModel] = []

    def fake(file: Path) -> FakeModel:
        made.append(FakeModel(file, "clb"))
        return made[-1]

    trainer.worker = fake  # type: ignore[assignment]
    for topic, name in (("clb", "een"), ("clb", "twee"), ("startbonus", "drie")):
        gate(editable, topic)
        (editable.desk.settings.models_dir / f"duaalwijzer-{name}.tar.gz").write_text("model")
        admin.post("/modellen/activeer", {"model": f"duaalwijzer-{name}.tar.gz"})
        trainer.wait(30)

    assert [model.retired for model in made] == [True, False, True]


def test_nobody_goes_back_while_a_model_is_tried(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    person = editable.desk.access.person(admin.cookie)
    assert person
    settings = editable.desk.settings
    (settings.models_dir / "duaalwijzer-a.tar.gz").write_text("model")
    active.activate(settings, "duaalwijzer-a.tar.gz", editable.desk.worker.model.name)
    number = trainer.jobs.begin("Trainen", person)

    with pytest.raises(InputError, match="al iets bezig"):
        trainer.go_back()
    assert getattr(active.read(settings), "model", "") == "duaalwijzer-a.tar.gz"
    trainer.jobs.end(number, True, "klaar")
    assert trainer.go_back() == editable.desk.worker.model.name


def test_what_the_bot_could_not_load_is_on_the_page(
    editable: Bench, trainer: Trainer, admin: Client
) -> None:
    active.say_in_use(editable.desk.settings,
                      active.InUse("duaalwijzer-a.tar.gz", "duaalwijzer-b.tar.gz", "ValueError"))

    assert "kon model b niet laden" in admin.get("/modellen").text


def test_a_real_model_under_another_name_is_loaded_asked_and_activated(
    editable: Bench, trainer: Trainer, admin: Client, model: Path
) -> None:
    from bot.testbench.worker import Worker

    gate(editable)
    copy = editable.desk.settings.models_dir / "duaalwijzer-kopie.tar.gz"
    copy.symlink_to(model)
    trainer.worker = lambda file: Worker(editable.desk.settings, file)
    admin.post("/modellen/activeer", {"model": copy.name})
    trainer.wait(120)

    assert trainer.serving == copy.name, admin.get("/modellen").text
    assert editable.desk.worker.ready
