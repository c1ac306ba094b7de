"""The packed widget: made from its sources, small, and named with its hash in the documents."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
PACKAGE = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
PACKED = WIDGET / "dist" / f"duaal-chat-{PACKAGE['version']}.js"
MOST_BYTES = 9 * 1000


def sources() -> list[Path]:
    return sorted((WIDGET / "src").iterdir())


def test_the_committed_file_is_what_the_sources_pack_to(node: str, tmp_path: Path) -> None:
    subprocess.run([node, str(WIDGET / "build.mjs"), str(tmp_path)], check=True, timeout=60,
                   capture_output=True)

    assert (tmp_path / PACKED.name).read_bytes() == PACKED.read_bytes()


def test_the_modules_keep_their_promises(node: str) -> None:
    files = [str(file) for file in sorted((WIDGET / "test").glob("*.test.js"))]
    done = subprocess.run([node, "--test", *files], cwd=WIDGET, timeout=120, text=True,
                          capture_output=True)

    assert files
    assert done.returncode == 0, done.stdout[-4000:]


def test_script_and_style_are_at_most_nine_kilobytes() -> None:
    assert len(gzip.compress(PACKED.read_bytes(), 9)) <= MOST_BYTES


def test_the_hash_in_the_documents_is_that_of_the_file() -> None:
    digest = base64.b64encode(hashlib.sha384(PACKED.read_bytes()).digest()).decode()
    text = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")

    assert f"duaal-chat-{PACKAGE['version']}.js" in text
    assert f"sha384-{digest}" in text


def test_nothing_is_needed_to_run_it() -> None:
    assert "dependencies" not in PACKAGE
    assert re.fullmatch(r"[\d.]+", PACKAGE["devDependencies"]["esbuild"])


@pytest.mark.parametrize("file", sources(), ids=lambda file: file.name)
def test_text_never_becomes_markup_and_nothing_is_kept_but_for_the_tab(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|"
                         r"new Function|localStorage|document\.cookie|indexedDB", text)


def test_the_widget_knows_when_the_bot_has_erased() -> None:
    texts = yaml.safe_load((ROOT / "data/teksten/gesprek.yml").read_text(encoding="utf-8"))
    words = (WIDGET / "src" / "texts.js").read_text(encoding="utf-8")

    assert f'erasedTitle = "{texts["gewist"]["titel"]}"' in words
    assert texts["gewist"]["soort"] == "privacy"
    assert texts["privacy"]["titel"] != texts["gewist"]["titel"]
