"""All answers as CSV, JSON and one page that works without JavaScript."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Iterable, Mapping

from jinja2 import Environment, PackageLoader

from bot.knowledge.facts import Facts, fill, standing
from bot.knowledge.model import Knowledge, State, Topic
from bot.knowledge.silence import Silence

LICENCE = "CC BY 4.0"
COLUMNS = ("thema", "onderwerp", "vraag", "antwoord", "punten", "bronnen", "nagekeken",
           "herzien_voor", "geldig", "stand")

SPEAKING = Silence()


@dataclass(frozen=True)
class Entry:
    """One answer as it stands on a day, its facts filled in; no text when it may not be given."""

    topic: Topic
    state: State
    text: str
    bullets: tuple[str, ...]


def entries(
    knowledge: Knowledge, facts: Facts, today: date, silence: Silence = SPEAKING
) -> list[Entry]:
    """Every written answer that is not silent, in file order; expired ones without their text."""
    result = []
    for topic in knowledge:
        state = standing(topic, facts, today)
        if state is State.UNWRITTEN or (silence.covers(topic.id) and not topic.safety):
            continue
        told = state is not State.EXPIRED
        result.append(Entry(topic, state, fill(topic.text, facts) if told else "",
                            tuple(fill(b, facts) for b in topic.bullets) if told else ()))
    return result


def to_json(chosen: Iterable[Entry], today: date) -> str:
    """The answers with their sources, as one JSON document."""
    return json.dumps({
        "licentie": LICENCE, "datum": today.isoformat(),
        "antwoorden": [{**_row(e), "punten": list(e.bullets),
                        "bronnen": [{"titel": s.title, "url": s.url, "stand": s.published}
                                    for s in e.topic.sources]} for e in chosen],
    }, ensure_ascii=False, indent=1)


def to_csv(chosen: Iterable[Entry]) -> str:
    """The answers as CSV for a spreadsheet; cells it would run as a formula are quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for e in chosen:
        row = {**_row(e), "punten": "\n".join(e.bullets),
               "bronnen": "\n".join(f"{s.title} ({s.published}): {s.url}"
                                    for s in e.topic.sources)}
        writer.writerow({k: f"'{v}" if v[:1] in "=+-@\t" and v else v for k, v in row.items()})
    return out.getvalue()


def to_html(chosen: Iterable[Entry], themes: Mapping[str, str], today: date) -> str:
    """One accessible, printable page with an anchor for each answer; `themes` names them."""
    environment = Environment(loader=PackageLoader("bot.knowledge", "templates"), autoescape=True,
                              trim_blocks=True, lstrip_blocks=True)
    grouped: dict[str, list[Entry]] = {}
    for entry in chosen:
        grouped.setdefault(entry.topic.theme, []).append(entry)
    ordered = [(name, title, grouped[name]) for name, title in themes.items() if name in grouped]
    return environment.get_template("antwoorden.html.j2").render(
        themes=ordered, today=today, licence=LICENCE, State=State)


def _row(entry: Entry) -> dict[str, str]:
    topic = entry.topic
    return {
        "thema": topic.theme, "onderwerp": topic.id, "vraag": topic.question,
        "antwoord": entry.text, "nagekeken": topic.checked.isoformat(),
        "herzien_voor": topic.review_by.isoformat() if topic.review_by else "",
        "geldig": topic.school_year, "stand": entry.state.value,
    }
