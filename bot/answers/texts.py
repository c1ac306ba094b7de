"""The words of task answers and small talk, read from data/teksten/*.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

import yaml

from bot.errors import TextError


@dataclass(frozen=True)
class Texts:
    """Entries by file stem and name; a missing one is an error of ours, never silence."""

    entries: Mapping[str, Mapping[str, Any]]

    def entry(self, group: str, name: str) -> Any:
        """The entry as written (text or mapping)."""
        try:
            return self.entries[group][name]
        except KeyError as error:
            raise TextError(f"{group}.yml", name, "ontbreekt",
                            f"voeg `{name}:` toe in data/teksten/{group}.yml") from error

    def say(self, group: str, name: str, **values: object) -> str:
        """One sentence with its `{slots}` filled in."""
        text = str(self.entry(group, name)).strip()
        try:
            return text.format(**values)
        except (KeyError, IndexError, ValueError) as error:
            raise TextError(f"{group}.yml", name, f"vraagt een onbekende waarde {error}",
                            "gebruik alleen de waarden die boven in het bestand staan") from error

    def has(self, group: str, name: str) -> bool:
        """True when there is such an entry."""
        return name in self.entries.get(group, {})


def load_texts(folder: Path) -> Texts:
    """All text files of a folder; TextError names the file that cannot be read."""
    entries: dict[str, Mapping[str, Any]] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise TextError(file.name, "", f"niet leesbaar ({error})",
                            "herstel de YAML van dit bestand") from error
        if not isinstance(content or {}, dict):
            raise TextError(file.name, "", "is geen lijst van `naam: tekst`",
                            "zet elke tekst onder een naam")
        entries[file.stem] = content or {}
    if not entries:
        raise TextError(str(folder), "", "geen tekstbestanden gevonden", "zet data/teksten terug")
    return Texts(entries)
