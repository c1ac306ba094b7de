"""Change the fields of an answer within its file; every other byte of the file stays as it is.

The file is not written anew from its values: where a field stands is looked up in it, and only
that piece is replaced. What comes out is read back and must be exactly the wanted topic.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Callable, Sequence

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.load import LOADER, parse_topic
from bot.knowledge.model import Source, Topic

# A word that YAML reads as that text without quotes.
WORD = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9_]*")
# A text that a `|-` block gives back as it is: printable lines.
BLOCK = re.compile(r"[^\s#][^\n]*(?:\n[^\n]*)*")
INDENT = "      "  # of the fields of an answer in files of ours, when there is none to copy


@dataclass(frozen=True)
class Field:
    """A field that people may change: its name in the file, in the topic, and how it is written."""

    key: str
    attribute: str
    write: Callable[[Any], str]
    many: bool = False


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _word(value: str) -> str:
    return value if WORD.fullmatch(value) else _quoted(value)


def _day(value: date | None) -> str:
    return _quoted(value.isoformat()) if value else ""


def _words(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_word, values))}]"


def _source(source: Source) -> str:
    return (f"{{titel: {_quoted(source.title)}, url: {_quoted(source.url)}, "
            f"stand: {_quoted(source.published)}}}")


# In the order in which they stand in a file.
FIELDS = (
    Field("titel", "title", _quoted), Field("vraag", "question", _quoted),
    Field("knop", "button", _quoted), Field("punten", "bullets", _quoted, many=True),
    Field("bronnen", "sources", _source, many=True), Field("nagekeken", "checked", _day),
    Field("herzien_voor", "review_by", _day), Field("vervalt", "expires", _day),
    Field("geldig", "school_year", _quoted), Field("eigenaar", "owner", _word),
    Field("vervolg", "followups", _words),
)
NAMES = {"text": "antwoord", **{field.key: field.key for field in FIELDS}}


def changed(before: Topic, after: Topic) -> tuple[str, ...]:
    """The keys of the fields that differ; `text` is the answer itself."""
    keys = [f.key for f in FIELDS if getattr(before, f.attribute) != getattr(after, f.attribute)]
    return tuple(["text"] * (before.text != after.text) + keys)


def merged(base: Topic, mine: Topic, current: Topic) -> tuple[Topic, tuple[str, ...]]:
    """What I changed since `base`, put on `current`; and the keys that both of us changed."""
    keys = changed(base, mine)
    attributes = {"text": "text", **{f.key: f.attribute for f in FIELDS}}
    both = tuple(key for key in changed(base, current) if key in keys
                 and getattr(mine, attributes[key]) != getattr(current, attributes[key]))
    values = {attributes[key]: getattr(mine, attributes[key]) for key in keys}
    return replace(current, **values), both


def rewrite(content: str, topic: Topic) -> str:
    """The content of a topic's file with the fields of `topic`.

    Only what differs is touched; the same topic gives the same content. KnowledgeError when the
    file is written in a way in which this cannot be done.
    """
    old = parse_topic(topic.file, content)
    for key in changed(old, topic):
        if key == "text":
            content = _put_text(content, topic)
        else:
            field = next(f for f in FIELDS if f.key == key)
            content = _put(content, topic, field)
    try:
        good = parse_topic(topic.file, content) == topic
    except KnowledgeError:
        good = False
    if not good:
        raise KnowledgeError(topic.file, "responses", "is anders opgebouwd dan de andere bestanden "
                             "of bevat tekens die niet kunnen", "pas het bestand met de hand aan")
    return content


def _put_text(content: str, topic: Topic) -> str:
    key, value = entries(_response(content, topic))["text"]
    indent = " " * (key.start_mark.column + 2)
    written = _quoted(topic.text)
    if BLOCK.fullmatch(topic.text):
        lines = (f"{indent}{line}" if line else "" for line in topic.text.split("\n"))
        written = "|-\n" + "\n".join(lines)
    return _replace(content, value.start_mark.index, end_of(content, value), written)


def _put(content: str, topic: Topic, field: Field) -> str:
    metadata = entries(_response(content, topic))["metadata"][1]
    there, value = entries(metadata), getattr(topic, field.attribute)
    written = _lines(field, value, there, content) if field.many else field.write(value)
    if field.key in there:
        key, node = there[field.key]
        start = key.start_mark.index
        if not written or value in ("", None):
            line = content.rfind("\n", 0, start) + 1
            return _replace(content, line, content.find("\n", end_of(content, node)) + 1 or
                            len(content), "")
        if not field.many and node.start_mark.index < node.end_mark.index:
            return _replace(content, node.start_mark.index, end_of(content, node), written)
        return _replace(content, start, end_of(content, node) or key.end_mark.index,
                        f"{field.key}:{written}" if field.many else f"{field.key}: {written}")
    if not written or value in ("", None):
        return content
    order = [f.key for f in FIELDS]
    before = [k for k in order[: order.index(field.key)] if k in there]
    key, node = there[before[-1]] if before else list(there.values())[-1]
    indent = " " * key.start_mark.column
    at = end_of(content, node)
    at = content.find("\n", at) if content.find("\n", at) >= 0 else len(content)
    separator = "" if field.many else " "
    return _replace(content, at, at, f"\n{indent}{field.key}:{separator}{written}")


def _lines(field: Field, values: Sequence[Any], there: dict[str, Any], content: str) -> str:
    """The items as lines; an item that was there keeps its own line, with the remarks below it."""
    if not values:
        return " []"
    key, node = there.get(field.key, (None, None))
    indent = " " * key.start_mark.column if key else INDENT
    old: list[tuple[Any, str]] = []
    items = list(node.value) if isinstance(node, yaml.SequenceNode) and not node.flow_style else []
    for i, item in enumerate(items):
        start = content.rfind("\n", 0, item.start_mark.index) + 1
        end = (content.rfind("\n", 0, items[i + 1].start_mark.index) if i + 1 < len(items)
               else end_of(content, item))
        old.append((_value(field, item), content[start:end]))
    lines: list[str] = []
    known = [value for value, _ in old]
    matcher = SequenceMatcher(None, known, list(values), autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            lines += [line for _, line in old[a:b]]
        else:
            lines += [f"{indent}- {field.write(value)}" for value in values[c:d]]
    return "\n" + "\n".join(lines)


def _value(field: Field, item: Any) -> Any:
    raw = yaml.SafeLoader("").construct_object(item, deep=True)
    if field.write is _source:
        return Source(str(raw["titel"]), str(raw["url"]), str(raw["stand"]))
    return raw.strip()


def _response(content: str, topic: Topic) -> Any:
    root = yaml.compose(content, Loader=LOADER)
    responses = entries(entries(root)["responses"][1])
    return responses[f"utter_{topic.label}"][1].value[0]


def entries(node: Any) -> dict[str, tuple[Any, Any]]:
    """The keys of a YAML mapping with the nodes of key and value."""
    return {key.value: (key, value) for key, value in node.value}


def end_of(content: str, node: Any) -> int:
    """Where the last character of a value stands; YAML counts empty lines after it as well."""
    while isinstance(node, (yaml.SequenceNode, yaml.MappingNode)) and not node.flow_style \
            and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start = node.start_mark.index
    return start + len(content[start : node.end_mark.index].rstrip())


def _replace(content: str, start: int, end: int, text: str) -> str:
    return content[:start] + text + content[end:]
