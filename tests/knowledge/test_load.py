from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.load import load_knowledge, load_topic

GOOD = """version: "3.1"
nlu:
- intent: geld/premie
  examples: |
    - krijg ik een premie
    -  hoeveel is de premie

responses:
  utter_geld/premie:
  - text: |-
      Je krijgt {premie}.
    metadata:
      titel: Een premie
      vraag: Krijg ik een premie?
      knop: Premie
      punten:
      - "Eén keer per jaar."
      bronnen:
      - {titel: "Premie", url: "https://example.org", stand: "2026"}
      feiten: ["duaal:F4.01"]
      nagekeken: "2026-09-01"
      herzien_voor: "2027-08-15"
      geldig: "2026-2027"
      vervolg: [startbonus]
"""
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the good file with one piece of its text replaced."""

    def put(before: str, after: str) -> Path:
        assert before in GOOD
        file = tmp_path / "geld" / "premie.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
        return file

    return put


def test_a_file_becomes_one_topic_with_all_its_fields(write: Write) -> None:
    topic = load_topic(write("", ""))

    assert (topic.id, topic.theme, topic.label) == ("premie", "geld", "geld/premie")
    assert topic.text == "Je krijgt {premie}."
    assert topic.bullets == ("Eén keer per jaar.",)
    assert topic.sources[0].published == "2026"
    assert (topic.checked, topic.review_by, topic.expires) == (
        date(2026, 9, 1), date(2027, 8, 15), None)
    assert topic.followups == ("startbonus",)
    assert topic.examples == ("krijg ik een premie", "hoeveel is de premie")
    assert (topic.written, topic.safety, topic.file) == (True, False, "geld/premie.yml")


def test_a_safety_topic_is_known_by_its_kind(write: Write) -> None:
    assert load_topic(write("      titel:", "      soort: safety\n      titel:")).safety


def test_an_unwritten_answer_may_lack_title_and_review_day(write: Write) -> None:
    file = write("      titel: Een premie\n", "      status: in_opmaak\n")
    file.write_text(file.read_text(encoding="utf-8").replace(
        '      herzien_voor: "2027-08-15"\n', ""), encoding="utf-8")

    topic = load_topic(file)

    assert (topic.written, topic.title, topic.review_by) == (False, "", None)


# what is there, what an editor might make of it, the field and the reason that must be named
FAULTS = {
    "no question": ("      vraag: Krijg ik een premie?\n", "", "vraag", "ontbreekt"),
    "no button": ("      knop: Premie\n", "", "knop", "ontbreekt"),
    "no title": ("      titel: Een premie\n", "", "titel", "ontbreekt"),
    "no day of checking": ('      nagekeken: "2026-09-01"\n', "", "nagekeken", "ontbreekt"),
    "no day of review": ('      herzien_voor: "2027-08-15"\n', "", "herzien_voor", "ontbreekt"),
    "a day without quotes": ('"2026-09-01"', "2026-09-01", "nagekeken", "geen tekst"),
    "a day that does not exist": ('"2026-09-01"', '"2026-02-31"', "nagekeken", "2026-02-31"),
    "a day in words": ('"2027-08-15"', '"augustus"', "herzien_voor", "augustus"),
    "bullets that are one text": ('punten:\n      - "Eén keer per jaar."', "punten: een",
                                  "punten", "lijst"),
    "a bullet that is a mapping": ('- "Eén keer per jaar."', "- Let op: een keer", "punten",
                                   "lijst"),
    "facts that are one text": ('["duaal:F4.01"]', '"duaal:F4.01"', "feiten", "lijst"),
    "a source without address": (', url: "https://example.org"', "", "bronnen", "url"),
    "a source that is a text": ('{titel: "Premie", url: "https://example.org", stand: "2026"}',
                                "https://example.org", "bronnen", "onvolledig"),
    "an answer under another name": ("utter_geld/premie", "utter_geld/bonus", "responses",
                                     "geld/premie"),
    "examples under another name": ("intent: geld/premie", "intent: geld/bonus", "responses",
                                    "geld/premie"),
    "no answer at all": ("responses:", "antwoorden:", "responses", "geld/premie"),
    "a stray quote": ("knop: Premie", "knop: 'Premie", "regel", "geen geldige YAML"),
    "a tab": ("      knop: Premie", "\tknop: Premie", "regel 15", "geen geldige YAML"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_field_reason_and_fix(
    write: Write, fault: tuple[str, str, str, str]
) -> None:
    before, after, field, reason = fault

    with pytest.raises(KnowledgeError) as caught:
        load_topic(write(before, after))

    error = caught.value
    assert str(error).startswith(f"geld/premie.yml, {field}")
    assert reason in error.reason
    assert error.fix
    assert error.fix[1:] in str(error)


@pytest.mark.parametrize(("before", "after"), [
    ("  - text: |-\n      Je krijgt {premie}.\n    metadata", "  - metadata"),
    ("      titel: Een premie", "    - titel: Een premie"),
], ids=["no text", "metadata that is a list"])
def test_an_answer_without_its_parts_is_named_too(write: Write, before: str, after: str) -> None:
    with pytest.raises(KnowledgeError):
        load_topic(write(before, after))


def test_an_empty_text_is_refused(write: Write) -> None:
    with pytest.raises(KnowledgeError):
        load_topic(write("text: |-\n      Je krijgt {premie}.", "text:"))


def test_a_file_in_another_encoding_is_named(write: Write) -> None:
    file = write("", "")
    file.write_bytes(GOOD.encode("latin-1"))

    with pytest.raises(KnowledgeError, match=r"geld/premie\.yml: niet leesbaar") as caught:
        load_topic(file)

    assert "UTF-8" in caught.value.fix


def test_topics_come_in_the_order_of_their_paths(write: Write, tmp_path: Path) -> None:
    write("", "")
    for theme in ("werkdag", "begeleiding"):
        (tmp_path / theme).mkdir()
        (tmp_path / theme / "a.yml").write_text(
            GOOD.replace("geld/premie", f"{theme}/{theme}"), encoding="utf-8")
        (tmp_path / theme / "a.yml").rename(tmp_path / theme / f"{theme}.yml")

    assert list(load_knowledge(tmp_path).topics) == ["begeleiding", "premie", "werkdag"]


def test_the_same_topic_in_two_themes_is_refused_with_both_files(
    write: Write, tmp_path: Path
) -> None:
    write("", "")
    (tmp_path / "wat").mkdir()
    (tmp_path / "wat" / "premie.yml").write_text(GOOD.replace("geld/premie", "wat/premie"),
                                                 encoding="utf-8")

    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path)

    assert "wat/premie.yml" in str(caught.value)
    assert "geld/premie.yml" in str(caught.value)


def test_one_broken_file_stops_the_whole_load(write: Write, tmp_path: Path) -> None:
    write("", "")
    (tmp_path / "wat").mkdir()
    (tmp_path / "wat" / "duaal.yml").write_text("nlu: [", encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r"wat/duaal\.yml"):
        load_knowledge(tmp_path)


def test_a_folder_without_answers_says_where_they_belong(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="geen antwoordbestanden gevonden") as caught:
        load_knowledge(tmp_path / "weg")

    assert "data/nlu/kennis" in caught.value.fix
