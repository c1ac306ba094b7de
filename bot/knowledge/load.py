"""Read the answer files. A file that cannot be trusted stops the load, with file, field and fix."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.model import Knowledge, Source, Topic

# The parser in C where PyYAML has it: the same result, ten times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_knowledge(folder: Path) -> Knowledge:
    """All topics under `folder`, one file each, in the order of their paths.

    Raises KnowledgeError for a missing folder, an unreadable file or a field of the wrong form.
    """
    files = sorted(folder.glob("*/*.yml"))
    if not files:
        raise KnowledgeError(str(folder), "", "geen antwoordbestanden gevonden",
                             "zet de bestanden terug in data/nlu/kennis/<thema>/")
    topics: dict[str, Topic] = {}
    for file in files:
        topic = load_topic(file)
        if topic.id in topics:
            raise KnowledgeError(topic.file, "responses", f"onderwerp {topic.id} bestaat al in "
                                 f"{topics[topic.id].file}", "hernoem of verwijder een van beide")
        topics[topic.id] = topic
    return Knowledge(topics)


def load_examples(file: Path) -> tuple[str, ...]:
    """The example questions of any file of data/nlu; see load_knowledge for the errors."""
    return _all_examples(_read(file, f"{file.parent.name}/{file.name}"))


def parse_examples(name: str, content: str) -> tuple[str, ...]:
    """The example questions that a file `name` with this content would hold."""
    return _all_examples(_parse(content, name))


def load_topic(file: Path) -> Topic:
    """One topic from its file; see load_knowledge for the errors."""
    name = f"{file.parent.name}/{file.name}"
    return _topic(file, name, _read(file, name))


def parse_topic(name: str, content: str) -> Topic:
    """The topic that a file `name` ("thema/onderwerp.yml") with this content would hold."""
    return _topic(Path(name), name, _parse(content, name))


def _read(file: Path, name: str) -> Any:
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(name, "", f"niet leesbaar ({error})",
                             "controleer de rechten en de codering (UTF-8)") from error
    return _parse(content, name)


def _parse(content: str, name: str) -> Any:
    try:
        return yaml.load(content, Loader=LOADER)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f"regel {where.line + 1}" if where else ""
        raise KnowledgeError(name, line, "geen geldige YAML",
                             "controleer inspringing en aanhalingstekens") from error


def _all_examples(raw: Any) -> tuple[str, ...]:
    items = raw.get("nlu") if isinstance(raw, dict) else None
    return tuple(example for item in items or () for example in _examples(item))


def _examples(item: Any) -> tuple[str, ...]:
    lines = (line.strip() for line in str(item.get("examples", "")).splitlines())
    return tuple(line[2:].strip() for line in lines if line.startswith("- "))


def _topic(file: Path, name: str, raw: Any) -> Topic:
    theme, topic_id = file.parent.name, file.stem
    label = f"{theme}/{topic_id}"
    try:
        response = raw["responses"][f"utter_{label}"][0]
        intent = next(item for item in raw["nlu"] if item["intent"] == label)
    except (KeyError, IndexError, TypeError, StopIteration) as error:
        raise KnowledgeError(
            name, "responses", f"mist nlu en antwoord voor {label}",
            f"het bestand moet `intent: {label}` en `utter_{label}` bevatten") from error
    metadata = response.get("metadata") if isinstance(response, dict) else None
    if not isinstance(metadata, dict) or not str(response.get("text") or "").strip():
        raise KnowledgeError(name, "responses", "mist text of metadata",
                             "geef het antwoord een `text:` en daaronder `metadata:`")
    field = _Fields(name, metadata)
    written = field.text("status", optional=True) != "in_opmaak"
    return Topic(
        id=topic_id,
        theme=theme,
        question=field.text("vraag"),
        button=field.text("knop"),
        text=str(response["text"]).strip(),
        title=field.text("titel", optional=not written),
        bullets=tuple(field.texts("punten")),
        sources=tuple(field.sources()),
        facts=tuple(field.texts("feiten")),
        checked=field.day("nagekeken") or date.min,
        review_by=field.day("herzien_voor", optional=not written),
        expires=field.day("vervalt", optional=True),
        school_year=field.text("geldig", optional=True),
        owner=field.text("eigenaar", optional=True),
        followups=tuple(field.texts("vervolg")),
        safety=field.text("soort", optional=True) == "safety",
        written=written,
        file=name,
        examples=_examples(intent),
    )


class _Fields:
    """Typed access to one answer's metadata; every failure names file, field, reason and fix."""

    def __init__(self, file: str, values: dict[str, Any]) -> None:
        self.file, self.values = file, values

    def fail(self, field: str, reason: str, fix: str) -> KnowledgeError:
        return KnowledgeError(self.file, field, reason, fix)

    def text(self, field: str, optional: bool = False) -> str:
        value = self.values.get(field)
        if value is None:
            if optional:
                return ""
            raise self.fail(field, "ontbreekt", f"vul `{field}:` in onder metadata")
        if not isinstance(value, str):
            raise self.fail(field, f"is geen tekst ({value!r})", "zet aanhalingstekens rond")
        return value.strip()

    def texts(self, field: str) -> list[str]:
        value = self.values.get(field) or []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(field, "is geen lijst van teksten", "schrijf elke regel met `- \"…\"`")
        return [v.strip() for v in value]

    def day(self, field: str, optional: bool = False) -> date | None:
        value = self.text(field, optional)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.fail(field, f"is geen datum ({value})", "schrijf \"2026-11-23\"") from error

    def sources(self) -> list[Source]:
        value = self.values.get("bronnen") or []
        try:
            return [Source(str(b["titel"]), str(b["url"]), str(b["stand"])) for b in value]
        except (KeyError, TypeError) as error:
            raise self.fail("bronnen", f"bron onvolledig ({error})",
                            "elke bron heeft titel, url en stand") from error
