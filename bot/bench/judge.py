"""What a reply is worth for one case: right at once, right among the choices, wrong, refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping, Sequence

from bot.bench.model import Case

Message = Mapping[str, Any]

REFUSING = frozenset({"refusal", "fallback", "handover"})
HARMLESS = REFUSING | {"smalltalk", "privacy", "language", "notice"}
# The kinds of answer, and the questions back, that a task may give.
TASK_KINDS: dict[str, frozenset[str]] = {
    "aanbod": frozenset({"offers"}),
    "opleiding": frozenset({"programme", "compare"}),
    "pad": frozenset({"pathway"}),
    "hulp": frozenset({"handover"}),
    "wis": frozenset({"privacy"}),
    "help": frozenset({"smalltalk"}),
}
TASK_ASKS: dict[str, frozenset[str]] = {
    "aanbod": frozenset({"place", "programme", "which_place", "which_programme", "school"}),
    "opleiding": frozenset({"programme", "which_programme"}),
    "pad": frozenset({"programme", "which_programme", "year"}),
}
TASK_PAYLOADS = {"aanbod": "taak:aanbod", "opleiding": "taak:opleiding", "pad": "taak:pad",
                 "hulp": "taak:hulp", "wis": "actie:wis", "help": "actie:help"}


class Outcome(str, Enum):
    """The worth of one reply."""

    RIGHT = "juist"
    CHOICE = "keuze"
    WRONG = "fout"
    REFUSED = "geweigerd"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one case with what was said."""

    case: Case
    outcome: Outcome
    kind: str
    topic: str
    text: str
    reason: str = ""


def judge(case: Case, messages: Sequence[Message]) -> Verdict:
    """The verdict on all messages of one turn."""
    first = messages[0] if messages else {}
    outcome, reason = _outcome(case, messages)
    if outcome is Outcome.RIGHT:
        reason = _content(case, messages)
        outcome = Outcome.WRONG if reason else outcome
    return Verdict(case, outcome, str(first.get("kind", "")), str(first.get("topic") or ""),
                   str(first.get("text", "")), reason)


def _outcome(case: Case, messages: Sequence[Message]) -> tuple[Outcome, str]:
    wanted = (case.topic, *case.also_right)
    if any(_right(topic, m) for topic in wanted for m in messages):
        return Outcome.RIGHT, ""
    if case.topic == "buiten_bereik" and any(m["kind"] == "choice" for m in messages):
        return Outcome.CHOICE, "keuzes aangeboden"
    if any(_among_choices(topic, m) for topic in wanted for m in messages):
        return Outcome.CHOICE, ""
    kinds = {str(m["kind"]) for m in messages}
    if kinds and kinds <= REFUSING | {"choice"}:
        return Outcome.REFUSED, "juiste niet bij de keuzes" if "choice" in kinds else ""
    said = ", ".join(str(m.get("topic") or m["kind"]) for m in messages)
    return Outcome.WRONG, f"antwoordde {said}"


def _right(topic: str, message: Message) -> bool:
    kind = message["kind"]
    if topic == "buiten_bereik":
        return kind in HARMLESS
    if topic == "nood":
        return bool(kind == "safety")
    task = topic.partition("taak:")[2]
    if task:
        asked = kind == "question" and message.get("ask") in TASK_ASKS.get(task, frozenset())
        return kind in TASK_KINDS.get(task, frozenset()) or asked
    return kind in {"knowledge", "safety"} and message.get("topic") == topic


def _among_choices(topic: str, message: Message) -> bool:
    task = topic.partition("taak:")[2]
    payload = TASK_PAYLOADS.get(task) if task else f"onderwerp:{topic}"
    return message["kind"] == "choice" and any(
        b["payload"] == payload for b in message.get("buttons", ())
    )


def as_text(messages: Sequence[Message]) -> str:
    """Everything that the messages say, in lower case, for texts to be looked up in."""
    return json.dumps(messages, ensure_ascii=False).replace('\\"', '"').lower()


def _content(case: Case, messages: Sequence[Message]) -> str:
    said = as_text(messages)
    for part in case.must_contain:
        if part.lower() not in said:
            return f"mist '{part}'"
    for part in case.must_not_contain:
        if part.lower() in said:
            return f"bevat '{part}'"
    return ""
