"""What a trained model depends on: examples, rules, stories, domain, config and our components.

An answer's text, sources and dates are not in it: editing them never asks for training.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.load import LOADER

PARTS = {
    "vragen": ("data/nlu/**/*.yml",),
    "regels": ("data/rules/*.yml", "data/stories/*.yml"),
    "domein": ("domain.yml",),
    "configuratie": ("config.yml", "bot/nlu/*.py", "bot/packed.py"),
}


def fingerprints(root: Path) -> dict[str, str]:
    """A SHA-256 for each part, by its Dutch name."""
    return {part: _digest(root, patterns) for part, patterns in PARTS.items()}


def combined(parts: dict[str, str]) -> str:
    """One short fingerprint of all parts."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _digest(root: Path, patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(root.glob(pattern)):
            digest.update(str(file.relative_to(root)).encode())
            digest.update(_trained_part(file, root))
    return digest.hexdigest()


def _trained_part(file: Path, root: Path) -> bytes:
    content = file.read_bytes()
    if file.is_relative_to(root / "data" / "nlu"):
        # Same file as the answer: only the examples are learned.
        try:
            examples = (yaml.load(content, Loader=LOADER) or {}).get("nlu")
            content = json.dumps(examples).encode()
        except (yaml.YAMLError, AttributeError) as error:
            raise KnowledgeError(str(file.relative_to(root)), "", "geen geldige YAML",
                                 "controleer inspringing en aanhalingstekens") from error
    return content
