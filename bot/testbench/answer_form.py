"""An answer as the fields of a form, and back: whatever was typed either fits or gets a reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any, Iterable, Mapping

from bot.answers.words import dutch_date
from bot.knowledge.model import Source, Topic

LINE, TEXT = 500, 6000  # characters at most; the check of the content sets far lower limits
MOST_SOURCES = 20
MORE_SOURCES, FOLLOWUPS = 2, 4  # empty rows for new sources; places for follow-ups
NAMES = {"titel": "Titel", "tekst": "Antwoord", "punten": "Punten", "vraag": "Vraag op de knop",
         "knop": "Korte knop", "nagekeken": "Nagekeken op", "herzien_voor": "Herzien voor",
         "vervalt": "Vervalt op", "geldig": "Geldig voor schooljaar", "eigenaar": "Eigenaar",
         "bronnen": "Bronnen", "vervolg": "Vervolgvragen"}
# Names of the fields by the name that a finding of the check gives them.
FINDINGS = {"text": "tekst"}
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

Fields = dict[str, str]


def to_fields(topic: Topic) -> Fields:
    """The fields with what the answer says now."""
    fields = {
        "titel": topic.title, "tekst": topic.text, "punten": "\n".join(topic.bullets),
        "vraag": topic.question, "knop": topic.button, "geldig": topic.school_year,
        "eigenaar": topic.owner, "nagekeken": _iso(topic.checked),
        "herzien_voor": _iso(topic.review_by), "vervalt": _iso(topic.expires),
    }
    for i, source in enumerate(topic.sources):
        fields |= {f"bron{i}_titel": source.title, f"bron{i}_url": source.url,
                   f"bron{i}_stand": source.published}
    return fields | {f"vervolg{i}": follow for i, follow in enumerate(topic.followups)}


def rows(fields: Mapping[str, str]) -> tuple[range, range]:
    """The numbers of the source rows and of the follow-ups to show, empty ones at the end."""
    return (range(_last(fields, "bron") + 1 + MORE_SOURCES),
            range(max(_last(fields, "vervolg") + 2, FOLLOWUPS)))


def typed(form: Mapping[str, Any]) -> Fields:
    """What was typed, made printable, in the fields that an answer has.

    Of a field that is too long one character more than fits is left, so that it is still refused.
    """
    known = re.compile(r"bron\d{1,2}_(?:titel|url|stand)|vervolg\d{1,2}")
    values = {k: v for k, v in form.items() if isinstance(v, str)
              and (k in NAMES or known.fullmatch(k))}
    return {key: (_text(value) if key in ("tekst", "punten") else _line(value))[:_most(key) + 1]
            for key, value in values.items()}


def to_topic(topic: Topic, fields: Fields) -> tuple[Topic, dict[str, str]]:
    """The answer as these fields make it, and by field what is wrong with them.

    A date that is none keeps the value it had in `topic`.
    """
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {
        "title": fields.get("titel", ""), "text": fields.get("tekst", ""),
        "question": fields.get("vraag", ""), "button": fields.get("knop", ""),
        "school_year": fields.get("geldig", ""), "owner": fields.get("eigenaar", ""),
        "bullets": tuple(b for line in fields.get("punten", "").split("\n") if (b := line.strip())),
        "sources": tuple(_sources(fields, wrong)),
        "followups": tuple(dict.fromkeys(
            v for i in range(100) if (v := fields.get(f"vervolg{i}", "")))),
    }
    needed = {"tekst", "vraag", "knop", *({"titel", "herzien_voor"} if topic.written else ())}
    for key in sorted(needed | {"nagekeken"}):
        if not fields.get(key, ""):
            wrong[key] = f"{NAMES[key]} is leeg. Vul het veld in."
    for key, value in fields.items():
        if len(value) > _most(key):
            row = re.match("bron(?=\\d)|vervolg(?=\\d)", key)
            at = {"bron": "bronnen", "vervolg": "vervolg"}[row[0]] if row else key
            wrong[at] = f"Dit veld is te lang: hoogstens {_most(key)} tekens."
    if len(values["sources"]) > MOST_SOURCES:
        wrong["bronnen"] = f"Dit zijn te veel bronnen: hoogstens {MOST_SOURCES}."
    for key, name in (("nagekeken", "checked"), ("herzien_voor", "review_by"),
                      ("vervalt", "expires")):
        try:
            values[name] = date.fromisoformat(fields[key]) if fields.get(key) else None
        except ValueError:
            wrong[key] = "Dit is geen datum. Schrijf bijvoorbeeld 2026-11-23."
    if "nagekeken" in wrong:
        values["checked"] = topic.checked
    return replace(topic, **values), wrong


def too_long(topic: Topic) -> bool:
    """True when an answer is too long to be checked while people wait."""
    fields = to_fields(topic)
    return len(topic.sources) > MOST_SOURCES or any(
        len(value) > _most(key) for key, value in fields.items())


def shown(topic: Topic, keys: Iterable[str]) -> dict[str, str]:
    """Some fields of an answer in words, by their key in the file; `text` is the answer."""
    fields = to_fields(topic)
    found = {}
    for key in keys:
        name = FINDINGS.get(key, key)
        if name == "bronnen":
            value = "\n".join(f"{s.title} ({s.published}): {s.url}" for s in topic.sources)
        elif name == "vervolg":
            value = ", ".join(topic.followups)
        elif name in ("nagekeken", "herzien_voor", "vervalt"):
            value = dutch_date(fields[name]) if fields[name] else ""
        else:
            value = fields[name]
        found[NAMES[name]] = value or "(leeg)"
    return found


def _sources(fields: Fields, wrong: dict[str, str]) -> Iterable[Source]:
    for i in range(_last(fields, "bron") + 1):
        parts = [fields.get(f"bron{i}_{part}", "") for part in ("titel", "url", "stand")]
        if any(parts):
            if not all(parts):
                wrong["bronnen"] = (f"Bron {i + 1} is niet volledig: geef titel, webadres en "
                                    "datum van de bron (of: zonder datum).")
            yield Source(*parts)


def _last(fields: Mapping[str, str], name: str) -> int:
    """The highest number of the rows with something in it; -1 when there is none."""
    found = re.compile(rf"{name}(\d+)")
    return max((int(m[1]) for k, v in fields.items() if v and (m := found.match(k))), default=-1)


def _most(key: str) -> int:
    return TEXT if key in ("tekst", "punten") else LINE


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _line(value: str) -> str:
    return " ".join(_text(value).split("\n")).strip()


def _text(value: str) -> str:
    value = LINE_ENDS.sub("\n", value).replace("\t", " ")
    kept = "".join(c for c in value if c == "\n" or _printable(c))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()


def _printable(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"} and char != "\ufeff"
