"""What `start` needs before it serves. The trainer here is a small script in the trainer's place:
a real process, but without a model."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import preparation
from bot.catalogue.opening import open_catalogue
from bot.errors import CatalogueError, CatalogueMissing, DuaalwijzerError, StartError
from bot.settings import Settings
from tests.catalogue.conftest import SMALL
from tests.conftest import ROOT, free_port


def sentence(error: DuaalwijzerError | str) -> str:
    """The text of an error, after a check that it is one readable line."""
    text = str(error)
    assert "\n" not in text
    assert "Traceback" not in text
    assert "Errno" not in text
    assert text[0].isupper()
    assert text.rstrip()[-1] not in ":,"
    return text


def everything(folder: Path) -> dict[str, bytes]:
    """All files under a folder with their bytes."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    """Settings for a root with the small catalogue's sources and an empty data folder."""
    made = Settings(root=tmp_path / "wortel", data_dir=tmp_path / "var")
    made.catalogue_source.mkdir(parents=True)
    for name, text in SMALL.items():
        (made.catalogue_source / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_busy_port_is_one_sentence_with_a_way_out(busy: int) -> None:
    with pytest.raises(StartError) as caught:
        preparation.free_port("127.0.0.1", busy)

    assert f"Poort {busy}" in sentence(caught.value)
    assert "--port" in str(caught.value)


def test_a_free_port_is_still_free_after_the_look() -> None:
    port = free_port()
    preparation.free_port("127.0.0.1", port)

    with socket.socket() as own:
        own.bind(("127.0.0.1", port))


def test_a_folder_is_made_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    preparation.writable(tmp_path / "nieuw" / "map")

    assert list((tmp_path / "nieuw" / "map").iterdir()) == []


@pytest.mark.parametrize("below", ["", "map"])
def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path, below: str) -> None:
    (tmp_path / "bestand").write_text("niet weg")
    folder = tmp_path / "bestand" / below

    with pytest.raises(StartError) as caught:
        preparation.writable(folder)

    assert str(folder) in sentence(caught.value)
    assert "--data-dir" in str(caught.value)
    assert everything(tmp_path) == {"bestand": b"niet weg"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StartError, match="kan ik niet schrijven"):
            preparation.writable(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_the_command_says_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, busy: int
) -> None:
    # Both the port and the folder are unusable, so that this can never start a training.
    (tmp_path / "bestand").write_text("niet weg")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "start", "--port", str(busy), "--data-dir",
         str(tmp_path / "bestand" / "map")],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert done.stdout == ""
    assert sentence(done.stderr.strip()).startswith(f"Fout: Poort {busy}")
    assert everything(tmp_path) == {"bestand": b"niet weg"}


def test_a_catalogue_is_built_once_and_again_when_a_source_is_newer(made: Settings) -> None:
    first = preparation.catalogue(made)
    built = made.catalogue_file.stat()
    again = preparation.catalogue(made)

    assert "ontbreekt" in first
    assert again == "catalogus is er al"
    assert made.catalogue_file.stat().st_ino == built.st_ino

    later = built.st_mtime + 10
    os.utime(made.catalogue_source / "aanbod.csv", (later, later))

    assert "nieuwer" in preparation.catalogue(made)
    assert made.catalogue_file.stat().st_ino != built.st_ino
    assert open_catalogue(made.catalogue_file).info.offers == 9


@pytest.mark.parametrize("content", [b"", b"geen databank" * 100, None],
                         ids=["empty", "no database", "cut off"])
def test_a_broken_catalogue_file_is_one_sentence_that_says_how_to_build_it_again(
    made: Settings, content: bytes | None
) -> None:
    preparation.catalogue(made)
    broken = made.catalogue_file.read_bytes()[:20_000] if content is None else content
    made.catalogue_file.write_bytes(broken)

    with pytest.raises(CatalogueMissing) as caught:
        preparation.catalogue(made)

    assert str(made.catalogue_file) in sentence(caught.value)
    assert "duaalwijzer catalogue build" in str(caught.value)
    assert everything(made.data_dir) == {"catalogus.sqlite": broken}


def test_missing_sources_are_one_sentence_and_nothing_is_written(made: Settings) -> None:
    for file in made.catalogue_source.iterdir():
        file.unlink()

    with pytest.raises(CatalogueMissing) as caught:
        preparation.catalogue(made)

    assert str(made.catalogue_source) in sentence(caught.value)
    assert not made.data_dir.exists()


def test_a_source_that_is_missing_or_wrong_leaves_the_old_catalogue(made: Settings) -> None:
    preparation.catalogue(made)
    before = everything(made.data_dir)
    later = made.catalogue_file.stat().st_mtime + 10
    os.utime(made.catalogue_source / "aanbod.csv", (later, later))
    (made.catalogue_source / "scholen.csv").write_text("naam\nSchool\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"scholen\.csv") as wrong:
        preparation.catalogue(made)
    (made.catalogue_source / "scholen.csv").unlink()
    with pytest.raises(CatalogueError, match=r"scholen\.csv") as missing:
        preparation.catalogue(made)

    assert "kolom ontbreekt" in str(wrong.value)
    assert "Zet het bestand terug" in str(missing.value)
    assert everything(made.data_dir) == before


TRAINER = """import sys, time
from pathlib import Path
print("STAP 1 2 voorbeelden lezen", flush=True)
Path(sys.argv[1]).write_text("half")
{then}
print("STAP 2 2 model bewaren", flush=True)
Path(sys.argv[1]).write_text("model")
"""


def trainer(made: Settings, then: str = "") -> None:
    """Put a script in the place of the trainer; `then` happens halfway."""
    folder = made.root / "bot"
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    (folder / "training.py").write_text(TRAINER.format(then=then), encoding="utf-8")


def test_a_trained_model_fits_and_tells_its_progress(made: Settings) -> None:
    trainer(made)
    steps: list[tuple[int, int, str]] = []
    choice = preparation.choose_model(made)

    preparation.train(made, choice.file, lambda *step: steps.append(step))

    assert choice.reason == "er is nog geen model"
    assert steps == [(1, 2, "voorbeelden lezen"), (2, 2, "model bewaren")]
    assert choice.file.read_text() == "model"
    assert preparation.choose_model(made) == preparation.ModelChoice(choice.file, None)


def test_after_a_change_the_model_no_longer_fits_and_it_is_said_what_changed(
    made: Settings,
) -> None:
    trainer(made)
    first = preparation.choose_model(made)
    preparation.train(made, first.file, lambda *_: None)
    (made.root / "config.yml").write_text("pipeline: []\n")

    second = preparation.choose_model(made)

    assert second.file != first.file
    assert second.reason == "gewijzigd: configuratie"

    first.file.unlink()
    (made.root / "config.yml").unlink()
    assert "modelbestand ontbreekt" in str(preparation.choose_model(made).reason)


@pytest.mark.parametrize("then", [
    "raise SystemExit('Geen geheugen meer')",
    "raise ValueError('Geen geheugen meer')",
    "print('Geen geheugen meer', file=sys.stderr); sys.exit(3)",
])
def test_a_failed_training_is_one_sentence_and_leaves_no_half_model(
    made: Settings, then: str
) -> None:
    trainer(made, then)
    choice = preparation.choose_model(made)

    with pytest.raises(StartError) as caught:
        preparation.train(made, choice.file, lambda *_: None)

    assert "Geen geheugen meer" in sentence(caught.value)
    assert everything(made.models_dir) == {}


def test_a_training_that_makes_no_model_is_a_failure(made: Settings) -> None:
    trainer(made, "Path(sys.argv[1]).unlink(); sys.exit(0)")

    with pytest.raises(StartError, match="mislukt"):
        preparation.train(made, preparation.choose_model(made).file, lambda *_: None)

    assert everything(made.models_dir) == {}


def test_a_training_that_is_stopped_leaves_no_half_model_and_the_old_one(made: Settings) -> None:
    trainer(made, "time.sleep(60)")
    made.models_dir.mkdir()
    (made.models_dir / "duaalwijzer-oud.tar.gz").write_text("oud")
    (made.models_dir / "duaalwijzer-oud.json").write_text(json.dumps({"vragen": "anders"}))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        preparation.train(made, preparation.choose_model(made).file, stop)

    assert set(everything(made.models_dir)) == {"duaalwijzer-oud.tar.gz", "duaalwijzer-oud.json"}


def test_a_trainer_with_much_to_complain_about_still_finishes(made: Settings) -> None:
    trainer(made, "import signal; signal.alarm(5); sys.stderr.write('let op\\n' * 100_000)")
    choice = preparation.choose_model(made)

    preparation.train(made, choice.file, lambda *_: None)

    assert choice.file.exists()


def test_a_broken_fingerprint_file_only_means_training_again(made: Settings) -> None:
    made.models_dir.mkdir(parents=True)
    (made.models_dir / "duaalwijzer-oud.json").write_text('{"vragen"')

    assert preparation.choose_model(made).reason
