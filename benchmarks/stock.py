"""A copy of this project for stock Rasa: the same data with Rasa's default configuration."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CONFIG = """
recipe: default.v1
assistant_id: stock
language: nl
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {epochs}
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: {epochs}
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies:
- name: MemoizationPolicy
- name: RulePolicy
- name: UnexpecTEDIntentPolicy
  max_history: 5
  epochs: {epochs}
- name: TEDPolicy
  max_history: 5
  epochs: {epochs}
  constrain_similarities: true
"""


def prepare(
    folder: Path, epochs: int, action_port: int, examples: int | None = None
) -> None:
    """A copy of the project's data with Rasa's default configuration.

    `examples` limits those of a topic; tasks keep four times and out of scope ten times as many.
    """
    shutil.rmtree(folder / "data", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("nlu", "rules", "stories", "teksten", "catalogue"):
        if (ROOT / "data" / name).exists():
            shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    for file in sorted((folder / "data" / "nlu").rglob("*.yml")) if examples else []:
        times = 10 if file.stem == "buiten_bereik" else 4 if file.parent.name == "taken" else 1
        thin(file, times * (examples or 0))
    shutil.copytree(ROOT / "actions", folder / "actions", dirs_exist_ok=True)
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")
    (folder / "config.yml").write_text(DEFAULT_CONFIG.replace("{epochs}", str(epochs)))
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(yaml.safe_dump({
        "action_endpoint": {"url": f"http://localhost:{action_port}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "rasa.db")},
    }))


def thin(file: Path, count: int) -> None:
    """Keep `count` of the examples of a file, always the same ones."""
    lines = file.read_text(encoding="utf-8").split("\n")
    end = next((i for i, line in enumerate(lines) if line.startswith("responses")), len(lines))
    asked = [i for i, line in enumerate(lines[:end]) if line.startswith("    - ")]
    kept = set(random.Random(0).sample(asked, min(count, len(asked))))
    file.write_text("\n".join(line for i, line in enumerate(lines)
                              if i not in set(asked) - kept), encoding="utf-8")
