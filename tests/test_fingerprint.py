from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import DuaalwijzerError
from bot.fingerprint import PARTS, combined, fingerprints

TOPIC = """nlu:
- intent: wat/duaal
  examples: |
    - wat is duaal
responses:
  utter_wat/duaal:
  - text: Je leert op twee plaatsen.
    metadata:
      bronnen:
      - {titel: "Bron", url: "https://example.org", stand: "2026"}
      nagekeken: "2026-09-01"
"""
FILES = {
    "data/nlu/kennis/wat/duaal.yml": TOPIC,
    "data/nlu/gesprek/groeten.yml": "nlu:\n- intent: groeten\n  examples: |\n    - hallo\n",
    "data/rules/kennis.yml": "rules: []\n",
    "data/stories/gesprek.yml": "stories: []\n",
    "data/teksten/gesprek.yml": "groeten: Dag!\n",
    "data/facts.yml": "feiten: []\n",
    "domain.yml": "intents: []\n",
    "config.yml": "pipeline: []\n",
    "bot/nlu/classifier.py": "VERSION = 1\n",
    "bot/nlg.py": "VERSION = 1\n",
}
Edit = Callable[[str, str, str], set[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replace one piece of text in one file; gives the parts of the fingerprint that changed."""

    def replace(name: str, before: str, after: str) -> set[str]:
        old = fingerprints(root)
        text = (root / name).read_text(encoding="utf-8")
        assert before in text
        (root / name).write_text(text.replace(before, after, 1), encoding="utf-8")
        new = fingerprints(root)
        changed = {part for part in new if new[part] != old[part]}
        assert (combined(new) != combined(old)) is bool(changed)
        return changed

    return replace


@pytest.mark.parametrize(("name", "before", "after"), [
    ("data/nlu/kennis/wat/duaal.yml", "twee plaatsen", "school en op het werk"),
    ("data/nlu/kennis/wat/duaal.yml", "https://example.org", "https://example.com"),
    ("data/nlu/kennis/wat/duaal.yml", "2026-09-01", "2026-10-01"),
    ("data/nlu/kennis/wat/duaal.yml", "nlu:", "# nagelezen\nnlu:"),
    ("data/teksten/gesprek.yml", "Dag!", "Hallo!"),
    ("data/facts.yml", "[]", "[] # nog leeg"),
    ("bot/nlg.py", "1", "2"),
], ids=["text", "source", "day", "comment", "task words", "facts", "code beside the model"])
def test_what_is_not_learned_never_asks_for_training(
    edit: Edit, name: str, before: str, after: str
) -> None:
    assert edit(name, before, after) == set()


@pytest.mark.parametrize(("name", "before", "after", "part"), [
    ("data/nlu/kennis/wat/duaal.yml", "- wat is duaal", "- wat is dat", "vragen"),
    ("data/nlu/kennis/wat/duaal.yml", "- wat is duaal", "- wat is duaal\n    - en?", "vragen"),
    ("data/nlu/gesprek/groeten.yml", "hallo", "goeiedag", "vragen"),
    ("data/rules/kennis.yml", "[]", "[a]", "regels"),
    ("data/stories/gesprek.yml", "[]", "[a]", "regels"),
    ("domain.yml", "[]", "[a]", "domein"),
    ("config.yml", "[]", "[a]", "configuratie"),
    ("bot/nlu/classifier.py", "1", "2", "configuratie"),
])
def test_what_is_learned_changes_its_own_part(
    edit: Edit, name: str, before: str, after: str, part: str
) -> None:
    assert edit(name, before, after) == {part}


def test_a_new_a_renamed_and_a_removed_topic_are_noticed(root: Path) -> None:
    file, seen = root / "data/nlu/kennis/wat/duaal.yml", [combined(fingerprints(root))]
    file.with_name("nieuw.yml").write_text(TOPIC, encoding="utf-8")
    seen.append(combined(fingerprints(root)))
    file.with_name("nieuw.yml").rename(file.with_name("ander.yml"))
    seen.append(combined(fingerprints(root)))
    file.with_name("ander.yml").unlink()

    assert len(set(seen)) == 3
    assert combined(fingerprints(root)) == seen[0]


def test_the_same_files_elsewhere_have_the_same_fingerprint(root: Path, tmp_path: Path) -> None:
    before = fingerprints(root)
    elsewhere = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name}-verhuisd"))

    assert fingerprints(elsewhere) == before
    assert set(before) == set(PARTS)


def test_a_fingerprint_is_short_and_fit_for_a_file_name(root: Path) -> None:
    name = combined(fingerprints(root))

    assert len(name) == 16
    assert name.isalnum()


def test_an_example_file_that_cannot_be_read_is_an_error_of_ours(root: Path) -> None:
    (root / "data/nlu/gesprek/groeten.yml").write_text("nlu: [", encoding="utf-8")

    with pytest.raises(DuaalwijzerError, match=r"groeten\.yml"):
        fingerprints(root)
