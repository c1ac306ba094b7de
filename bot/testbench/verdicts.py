"""What judgements of one question say together: agreed, at odds, or asking for a second one.

A judgement is about one question, with what was said before it, and the answer it got. When the
answer changes, judgements of the former one no longer count: the question asks for new ones.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from hashlib import sha256
from typing import Iterable, Mapping, Sequence

from bot.bench.cells import safe
from bot.errors import InputError
from bot.nlu.normaliser import normalise
from bot.testbench.dutch import KINDS
from bot.testbench.held import PRESSED, Input, Said

VERDICTS = ("goed", "fout", "onvolledig", "verouderd", "te moeilijk")
GOOD = VERDICTS[0]


@dataclass(frozen=True)
class Answered:
    """A question with its answer. `topic` is the topic answered with, "" for another kind.

    `inputs` is all that must be typed and pressed to get this answer; `theme` is of the topic.
    """

    inputs: tuple[Input, ...]
    question: str
    answer: str
    answer_key: str
    kind: str
    topic: str = ""
    theme: str = ""
    model: str = ""
    channel: str = "web"
    asker: str = "leerling"

    @property
    def question_key(self) -> str:
        """The same for questions that differ in capitals, spelling signs or courtesy only."""
        return "\n".join(value if what == PRESSED else normalise(value)
                         for what, value in self.inputs)


@dataclass(frozen=True)
class Judgement:
    """What one organisation thinks of an answer; `right_topic` is "" when they do not say."""

    id: int
    about: Answered
    judge: str
    day: date
    verdict: str
    right_topic: str
    remark: str

    @property
    def means(self) -> str:
        """The topic that is right by this judgement; "" when that is not said."""
        return self.right_topic or (self.about.topic if self.verdict == GOOD else "")


@dataclass(frozen=True)
class Settlement:
    """What an editor decided, and why."""

    verdict: str
    right_topic: str
    reason: str
    day: date


class Stand(IntEnum):
    """How a question stands, the most urgent first."""

    OPEN = 0
    SINGLE = 1
    AGREED = 2
    SETTLED = 3

    @property
    def dutch(self) -> str:
        """As people read it."""
        return ("oneens", "vraagt een tweede oordeel", "eens", "beslist")[self]


@dataclass(frozen=True)
class Item:
    """A question with the judgements of its newest answer, the oldest first."""

    judgements: tuple[Judgement, ...]
    settlement: Settlement | None = None

    @property
    def about(self) -> Answered:
        """The question and its answer."""
        return self.judgements[-1].about

    @property
    def id(self) -> int:
        """A number to find it again."""
        return self.judgements[0].id

    @property
    def day(self) -> date:
        """When it was last judged or decided."""
        return self.settlement.day if self.settlement else max(j.day for j in self.judgements)

    @property
    def stand(self) -> Stand:
        """Whether people agree. Who names no right topic does not contradict one who does."""
        if self.settlement:
            return Stand.SETTLED
        if len(self.judgements) == 1:
            return Stand.SINGLE
        topics = {j.means for j in self.judgements} - {""}
        same = len({j.verdict for j in self.judgements}) == 1 and len(topics) <= 1
        return Stand.AGREED if same else Stand.OPEN

    @property
    def verdict(self) -> str:
        """What holds: agreed or decided; "" while neither."""
        if self.settlement:
            return self.settlement.verdict
        return self.judgements[0].verdict if self.stand is Stand.AGREED else ""

    @property
    def right_topic(self) -> str:
        """The topic that is right, when people agreed on it or an editor decided."""
        if self.settlement:
            return self.settlement.right_topic
        agreed = self.judgements if self.stand is Stand.AGREED else ()
        return next((j.means for j in agreed if j.means), "")

    def seen_by(self, person: str) -> tuple[Judgement, ...]:
        """The judgements that may be shown: a lone one only to whom it is of, to keep it blind."""
        lone = self.stand is Stand.SINGLE
        return tuple(j for j in self.judgements if not lone or j.judge == person)


def items(judgements: Iterable[Judgement],
          settled: Mapping[tuple[str, str], Settlement]) -> list[Item]:
    """The questions of judgements (oldest first), each with those of its newest answer."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        groups[judgement.about.question_key].append(judgement)
    found = []
    for key, group in groups.items():
        newest = group[-1].about.answer_key
        found.append(Item(tuple(j for j in group if j.about.answer_key == newest),
                          settled.get((key, newest))))
    return sorted(found, key=lambda item: (item.stand, -item.day.toordinal(), -item.id))


def answered(turns: Sequence[Said], topic: str, theme: str, model: str, channel: str,
             asker: str) -> Answered:
    """The last turn of a conversation as what is judged; InputError when somebody is in need."""
    if any(turn.crisis for turn in turns):
        raise InputError("nood", "In dit gesprek staat een noodkreet. Daarvan bewaren we niets. "
                                 "Begin een nieuw gesprek om te oordelen.")
    messages = turns[-1].reply.messages
    said = [[m["kind"], m.get("topic"), m["text"], m.get("bullets"),
             [card["id"] for card in m.get("cards") or ()]] for m in messages]
    key = sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    text = "\n\n".join("\n".join([m["text"], *(m.get("bullets") or ())]) for m in messages)
    return Answered(tuple(turn.given for turn in turns), turns[-1].text, text, key,
                    messages[0]["kind"] if messages else "", topic, theme, model, channel, asker)


def to_csv(shown: Iterable[Item], person: str) -> str:
    """A row for each judgement that this organisation may see; no cell can be a formula.

    With semicolons, as a Belgian Excel reads and writes it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["vraag", "antwoord", "soort", "onderwerp", "thema", "stand", "oordeel",
                     "juiste_onderwerp", "opmerking", "datum", "model", "kanaal", "vrager",
                     "beslissing", "beslist_onderwerp", "reden"])
    for item in shown:
        decided = item.settlement
        for j in item.seen_by(person):
            kind = KINDS.get(j.about.kind, j.about.kind)
            row = [j.about.question, j.about.answer, kind, j.about.topic, j.about.theme,
                   item.stand.dutch, j.verdict, j.right_topic, j.remark, j.day.isoformat(),
                   j.about.model, j.about.channel, j.about.asker,
                   *((decided.verdict, decided.right_topic, decided.reason) if decided
                     else ("", "", ""))]
            writer.writerow([safe(cell) for cell in row])
    return out.getvalue()
