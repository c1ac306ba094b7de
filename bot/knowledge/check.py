"""The content rules that every answer must pass before it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Iterable
from urllib.parse import urlparse

import textstat
from wordfreq import zipf_frequency

from bot.knowledge.facts import Facts, fill, names_in
from bot.knowledge.model import Knowledge, State, Topic

MAX_SENTENCE, MAX_WORDS, MIN_FLESCH_DOUMA = 20, 80, 60.0
MAX_QUESTION, MAX_BUTTON, MAX_BULLETS = 60, 20, 6
# The smallest of the channels: a Messenger text (with room for sources), a Telegram button.
MAX_CHARACTERS, MAX_PAYLOAD_BYTES = 1500, 64
RARE = 2.2  # Zipf frequency under which a word needs an explanation
FACT_CODE = re.compile(r"(duaal:F\d+\.\d+|trajecten:[A-Z]+\d+|serv:SV\d+|aanvulling:A\d+)")
WORD = re.compile(r"[a-zà-ü]{5,}")
SCHOOL_YEAR = re.compile(r"\d{4}-\d{4}")
ADDRESS = re.compile(
    r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:be|vlaanderen|brussels)\b")


@dataclass(frozen=True)
class Finding:
    """One broken rule. Errors stop a release; warnings are work for an editor."""

    file: str
    field: str
    reason: str
    fix: str
    error: bool = True

    def __str__(self) -> str:
        level = "FOUT" if self.error else "let op"
        return f"{level}: {self.file} · {self.field}: {self.reason}. {self.fix}"


def check(
    knowledge: Knowledge, facts: Facts, explained: frozenset[str], today: date
) -> list[Finding]:
    """All findings, in the order of the files. `explained` holds rare words that may stand."""
    findings: list[Finding] = []
    buttons: dict[str, str] = {}
    for topic in knowledge:
        if topic.button in buttons:
            findings.append(Finding(topic.file, "knop", f"staat ook in {buttons[topic.button]}",
                                    "kies een andere knop"))
        buttons[topic.button] = topic.file
        findings.extend(_alone(topic, knowledge, facts, explained, today))
    return findings


def check_topic(
    topic: Topic, knowledge: Knowledge, facts: Facts, explained: frozenset[str], today: date
) -> list[Finding]:
    """The findings on one topic as it would be among the others; its id may be among them."""
    twins = [Finding(topic.file, "knop", f"staat ook in {other.file}", "kies een andere knop")
             for other in knowledge if other.button == topic.button and other.id != topic.id]
    return twins + _alone(topic, knowledge, facts, explained, today)


def _alone(
    topic: Topic, knowledge: Knowledge, facts: Facts, explained: frozenset[str], today: date
) -> list[Finding]:
    findings = _labels(topic) + _links(topic, knowledge)
    if topic.written:
        findings += _evidence(topic, facts, today)
        findings += _readable(topic, facts, explained)
        findings += _fits_every_channel(topic, facts)
    return findings


def load_explained(file: Path) -> frozenset[str]:
    """Words that answers may use because they explain them; one a line, `#` starts a comment."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return frozenset(w.strip() for w in lines if w.strip() and not w.startswith("#"))


def add_explained(content: str, words: Iterable[str]) -> str:
    """The content of such a file with these words as well, at its end; each stands there once."""
    there = set(content.split("\n"))
    return content + "".join(f"{word}\n" for word in dict.fromkeys(words) if word not in there)


def _labels(topic: Topic) -> list[Finding]:
    found = []
    if len(topic.question) > MAX_QUESTION:
        found.append(Finding(topic.file, "vraag", f"is {len(topic.question)} tekens",
                             f"maak ze hoogstens {MAX_QUESTION}"))
    if len(topic.button) > MAX_BUTTON:
        found.append(Finding(topic.file, "knop", f"is {len(topic.button)} tekens",
                             f"maak ze hoogstens {MAX_BUTTON}"))
    if len({e.lower() for e in topic.examples}) < len(topic.examples):
        found.append(Finding(topic.file, "examples", "heeft dubbele vragen", "schrap de dubbele"))
    return found


def _links(topic: Topic, knowledge: Knowledge) -> list[Finding]:
    found = []
    if not topic.sources:
        found.append(Finding(topic.file, "bronnen", "ontbreken", "geef minstens een bron met url"))
    for source in topic.sources:
        if urlparse(source.url).scheme not in {"http", "https"}:
            found.append(Finding(topic.file, "bronnen", f"geen webadres: {source.url}",
                                 "begin met https://"))
    for follow in topic.followups:
        if follow not in knowledge.topics or follow == topic.id:
            found.append(Finding(topic.file, "vervolg", f"{follow} bestaat niet",
                                 "kies een onderwerp uit onderwerpen.csv"))
    return found


def _evidence(topic: Topic, facts: Facts, today: date) -> list[Finding]:
    found = []
    if not topic.facts:
        found.append(Finding(topic.file, "feiten", "ontbreken", "noem de feitcodes"))
    for code in topic.facts:
        if not FACT_CODE.fullmatch(code):
            found.append(Finding(topic.file, "feiten", f"onbekende code {code}",
                                 "schrijf bijvoorbeeld duaal:F4.03"))
    for name in sorted(names_in(topic.text, *topic.bullets)):
        if name not in facts:
            found.append(Finding(topic.file, "text", f"onbekend feit {{{name}}}",
                                 "zet het in data/facts.yml"))
        elif not facts[name].holds(today):
            found.append(Finding(topic.file, "text", f"feit {{{name}}} geldt niet op {today}",
                                 "werk data/facts.yml bij"))
    state = topic.state(today)
    if state is State.EXPIRED:
        found.append(Finding(topic.file, "vervalt", f"vervallen op {topic.expires}",
                             "schrijf het antwoord opnieuw"))
    if state is State.OVERDUE:
        found.append(Finding(topic.file, "herzien_voor", f"achterstallig sinds {topic.review_by}",
                             "lees de bron opnieuw", error=False))
    if topic.school_year and not SCHOOL_YEAR.fullmatch(topic.school_year):
        found.append(Finding(topic.file, "geldig", f"is geen schooljaar ({topic.school_year})",
                             "schrijf bijvoorbeeld 2026-2027"))
    elif topic.school_year and int(topic.school_year[-4:]) < today.year + (today.month >= 9):
        found.append(Finding(topic.file, "geldig", f"geldt voor {topic.school_year}",
                             "ga na of het nog klopt", error=False))
    return found


def _fits_every_channel(topic: Topic, facts: Facts) -> list[Finding]:
    found = []
    shown = "\n".join([topic.title, *(fill(p, facts) for p in (topic.text, *topic.bullets))])
    if len(shown) > MAX_CHARACTERS:
        found.append(Finding(topic.file, "text", f"is met titel en punten {len(shown)} tekens",
                             f"maak ze samen hoogstens {MAX_CHARACTERS}"))
    payload = len(f"onderwerp:{topic.id}".encode())
    if payload > MAX_PAYLOAD_BYTES:
        found.append(Finding(topic.file, "intent", f"is als knop {payload} bytes",
                             f"kies een id waarmee dat hoogstens {MAX_PAYLOAD_BYTES} is"))
    return found


def sentences(topic: Topic, facts: Facts) -> list[str]:
    """The sentences of an answer, each bullet one or more."""
    parts = [topic.text, *topic.bullets]
    spoken = (ADDRESS.sub("website", fill(part, facts)) for part in parts)
    pieces = (re.split(r"(?<=[.!?:])\s+|\n+", part) for part in spoken)
    return [s.strip() for piece in pieces for s in piece if s.strip()]


def flesch_douma(topic: Topic, facts: Facts) -> float:
    """Flesch-Douma reading ease of the whole answer; 60 and up reads easily."""
    textstat.set_lang("nl")
    text = " ".join(s if s[-1] in ".!?:" else s + "." for s in sentences(topic, facts))
    return float(textstat.flesch_reading_ease(text))


def _readable(topic: Topic, facts: Facts, explained: frozenset[str]) -> list[Finding]:
    found = []
    length = len(re.findall(r"\w+", topic.text))
    if length > MAX_WORDS:
        found.append(Finding(topic.file, "text", f"is {length} woorden",
                             f"maak ze hoogstens {MAX_WORDS}"))
    if len(topic.bullets) > MAX_BULLETS:
        found.append(Finding(topic.file, "punten", f"zijn er {len(topic.bullets)}",
                             f"hoogstens {MAX_BULLETS}"))
    for sentence in sentences(topic, facts):
        if len(sentence.split()) > MAX_SENTENCE:
            found.append(Finding(topic.file, "text", f"lange zin: {sentence[:60]}…",
                                 f"hoogstens {MAX_SENTENCE} woorden"))
    score = flesch_douma(topic, facts)
    if score < MIN_FLESCH_DOUMA:
        found.append(Finding(topic.file, "text", f"leest moeilijk (Flesch-Douma {score:.0f})",
                             "gebruik kortere zinnen en woorden"))
    text = ADDRESS.sub("", " ".join([topic.text, *topic.bullets])).lower()
    rare = {w for w in WORD.findall(text)
            if w not in explained and zipf_frequency(w, "nl") < RARE}
    if rare:
        found.append(Finding(topic.file, "text", f"moeilijke woorden: {', '.join(sorted(rare))}",
                             "leg ze uit en zet ze in data/uitgelegd.txt, of kies een ander woord"))
    return found
