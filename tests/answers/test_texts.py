from pathlib import Path

import pytest

from bot.answers.texts import Texts, load_texts
from bot.errors import TextError

TEXTS = Texts({"aanbod": {"titel": " Dag {naam} \n", "leeg": {}}})


def test_a_sentence_has_its_slots_filled_and_no_space_around() -> None:
    assert TEXTS.say("aanbod", "titel", naam="Gent") == "Dag Gent"


@pytest.mark.parametrize(("group", "name"), [("aanbod", "weg"), ("weg", "titel")])
def test_a_missing_entry_names_file_and_entry_and_is_never_silence(group: str, name: str) -> None:
    with pytest.raises(TextError) as caught:
        TEXTS.say(group, name)

    assert str(caught.value).startswith(f"{group}.yml, {name}: ontbreekt")
    assert f"data/teksten/{group}.yml" in caught.value.fix
    assert not TEXTS.has(group, name)


def test_a_slot_that_nothing_fills_is_named() -> None:
    with pytest.raises(TextError, match=r"aanbod\.yml, titel: vraagt .*naam"):
        TEXTS.say("aanbod", "titel", plaats="Gent")


def test_entries_are_found_by_file_and_name(tmp_path: Path) -> None:
    (tmp_path / "pad.yml").write_text("titel: Na {titel}\nregels: {a: b}\n", encoding="utf-8")
    (tmp_path / "leeg.yml").write_text("# nog niets\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("geen teksten", encoding="utf-8")

    texts = load_texts(tmp_path)

    assert texts.has("pad", "titel")
    assert texts.entry("pad", "regels") == {"a": "b"}
    assert set(texts.entries) == {"pad", "leeg"}


@pytest.mark.parametrize("content", [b"titel: [", "titel: é".encode("latin-1")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pad.yml").write_bytes(content)

    with pytest.raises(TextError, match=r"pad\.yml: niet leesbaar"):
        load_texts(tmp_path)


def test_a_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="geen tekstbestanden"):
        load_texts(tmp_path)


@pytest.mark.parametrize("content", ["titel: \"Dag {naam\"\n", "- titel\n"],
                         ids=["open brace", "a list"])
def test_a_text_that_cannot_be_said_names_its_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "pad.yml").write_text(content, encoding="utf-8")

    with pytest.raises(TextError, match=r"pad\.yml"):
        load_texts(tmp_path).say("pad", "titel", naam="Gent")
