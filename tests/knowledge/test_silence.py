from datetime import datetime
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.silence import EVERYTHING, load_silence, switch

NOW = datetime(2026, 11, 26, 10, 0)


def test_without_a_file_nothing_is_silent(tmp_path: Path) -> None:
    assert not load_silence(tmp_path / "stil.json").covers("mentor")


def test_a_topic_is_silenced_and_speaks_again_and_both_are_logged(tmp_path: Path) -> None:
    file = tmp_path / "stil.json"

    assert switch(file, "mentor", "bron gewijzigd", NOW).covers("mentor")
    assert not load_silence(file).covers("clb")
    assert not switch(file, "mentor", None, NOW).covers("mentor")
    assert file.read_text().count("2026-11-26T10:00:00") == 2


def test_everything_can_be_silenced(tmp_path: Path) -> None:
    silence = switch(tmp_path / "stil.json", EVERYTHING, "onderhoud", NOW)

    assert silence.everything == "onderhoud"
    assert silence.covers("clb")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "stil.json").write_text("{")

    with pytest.raises(KnowledgeError, match=r"stil\.json"):
        load_silence(tmp_path / "stil.json")
