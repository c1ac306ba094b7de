"""The documents keep up with the settings, and what they promise of themselves holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import textstat

from bot.settings import from_environment

DOCS = Path(__file__).resolve().parent.parent / "docs"
FILES = sorted(DOCS.glob("**/*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)


class Asked(Mapping[str, str]):
    """An empty environment that remembers which variables were asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_every_variable_of_the_settings_is_documented() -> None:
    asked = Asked()
    from_environment(asked)
    told = "".join((DOCS / name).read_text() for name in ("operations.md", "kanalen.md"))

    assert len(asked.names) > 20
    assert {name for name in asked.names if f"`{name}`" not in told} == set()


def notice() -> str:
    """The privacy notice as a school takes it over, without marks."""
    text = (DOCS / "privacy" / "privacyverklaring.md").read_text()
    return text.split("<!-- begin -->")[1].split("<!-- einde -->")[0].replace("**", "")


def test_the_privacy_notice_has_at_most_150_words_and_reads_easily() -> None:
    textstat.set_lang("nl")

    assert len(notice().split()) <= 150
    assert textstat.flesch_reading_ease(notice()) >= 60
    assert max(len(s.split()) for s in re.split(r"[.?!:]\s", notice())) <= 20


@pytest.mark.parametrize("must", ["computer", "24 uur", "7 dagen", "Meta", "Telegram",
                                  "wis mijn gesprek", "Vlaamse Toezichtcommissie", "[vul in: "])
def test_the_privacy_notice_says_what_it_must(must: str) -> None:
    assert must in notice()


def anchors(file: Path) -> set[str]:
    """The anchors of the headings of a document, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", file.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(DOCS)))
def test_every_link_within_the_project_leads_somewhere(file: Path) -> None:
    for target in LINK.findall(CODE.sub("", file.read_text())):
        if target.startswith(("http", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target
