"""The judgements of the bench: two by different people, and what editors decide on them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Callable, Mapping

from bot.errors import InputError
from bot.testbench.database import Database
from bot.testbench.kept import kept
from bot.testbench.verdicts import (
    VERDICTS,
    Answered,
    Item,
    Judgement,
    Settlement,
    Stand,
    items,
)

LONGEST = 300  # characters of a remark or a reason
SCHEMA = """
CREATE TABLE IF NOT EXISTS judgement (
  id INTEGER PRIMARY KEY, question_key TEXT NOT NULL, inputs TEXT NOT NULL, question TEXT NOT NULL,
  answer_key TEXT NOT NULL, answer TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL,
  theme TEXT NOT NULL, model TEXT NOT NULL, channel TEXT NOT NULL, asker TEXT NOT NULL,
  judge TEXT NOT NULL, day TEXT NOT NULL, verdict TEXT NOT NULL, right_topic TEXT NOT NULL,
  remark TEXT NOT NULL, UNIQUE (question_key, judge));
CREATE TABLE IF NOT EXISTS settlement (
  question_key TEXT NOT NULL, answer_key TEXT NOT NULL, verdict TEXT NOT NULL,
  right_topic TEXT NOT NULL, reason TEXT NOT NULL, editor TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (question_key, answer_key));
"""


class Judgements:
    """The judgements of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def add(self, about: Answered, judge: str, verdict: str, right_topic: str = "",
            remark: str = "") -> None:
        """Keep a judgement, in place of an earlier one by the same organisation.

        Personal data is taken out of the remark. InputError for a verdict that does not exist, and
        for a remark that is too long or tells of somebody in need.
        """
        _known(verdict)
        row = (about.question_key, json.dumps(about.inputs, ensure_ascii=False), about.question,
               about.answer_key, about.answer, about.kind, about.topic, about.theme, about.model,
               about.channel, about.asker, judge, self._today(), verdict, right_topic,
               _masked(remark, "opmerking"))
        with self._database.step() as db:
            db.execute("DELETE FROM judgement WHERE question_key = ? AND judge = ?",
                       (about.question_key, judge))
            db.execute(f"INSERT INTO judgement VALUES (NULL{', ?' * len(row)})", row)

    def settle(self, item: int, editor: str, verdict: str, right_topic: str, reason: str) -> None:
        """Decide on an open disagreement, for an organisation that did not judge it itself.

        InputError without a reason, or when people do not disagree (any more).
        """
        _known(verdict)
        found = self.find(item)
        if found.stand is not Stand.OPEN:
            raise InputError("beslist", "Over deze vraag is er geen onenigheid (meer).")
        if editor in {judgement.judge for judgement in found.judgements}:
            raise InputError("zelf", "Jouw organisatie oordeelde zelf over deze vraag. Een andere "
                                     "redactie moet beslissen.")
        reason = _masked(reason, "reden")
        if not reason:
            raise InputError("reden", "Schrijf kort waarom je zo beslist.")
        with self._database.step() as db:
            db.execute("INSERT INTO settlement VALUES (?, ?, ?, ?, ?, ?, ?)", (
                found.about.question_key, found.about.answer_key, verdict, right_topic, reason,
                editor, self._today()))

    def find(self, item: int) -> Item:
        """The question with that number; InputError when it is gone."""
        for found in self.all():
            if item in {j.id for j in found.judgements}:
                return found
        raise InputError("weg", "Dit oordeel is er niet meer. Er is een nieuwer.")

    def own(self, about: Answered, judge: str) -> Judgement | None:
        """What this organisation said before of this question and this answer."""
        row = self._database.row(
            "SELECT * FROM judgement WHERE question_key = ? AND answer_key = ? AND judge = ?",
            about.question_key, about.answer_key, judge)
        return _judgement(row) if row else None

    def all(self) -> list[Item]:
        """Every question: disagreements first, then those with one judgement, newest first."""
        rows = self._database.rows("SELECT * FROM judgement ORDER BY id")
        settled = {(row["question_key"], row["answer_key"]): Settlement(
            row["verdict"], row["right_topic"], row["reason"], date.fromisoformat(row["day"]))
            for row in self._database.rows("SELECT * FROM settlement")}
        return items(map(_judgement, rows), settled)

    def for_topic(self, topic_id: str) -> list[Item]:
        """The questions that were answered with a topic, or that should be by some judgement."""
        return [item for item in self.all() if topic_id == item.about.topic
                or topic_id in {item.right_topic, *(j.right_topic for j in item.judgements)}]

    def open_disagreements(self) -> list[Item]:
        """The questions on which people disagree and no editor decided."""
        return [item for item in self.all() if item.stand is Stand.OPEN]

    def settled_verdicts(self, since: date | None = None) -> list[tuple[str, str, str]]:
        """Topic id, theme and verdict of every question that is agreed or decided, since a day.

        The topic is the one that was answered with; "" (theme too) for another kind of answer.
        """
        return [(item.about.topic, item.about.theme, item.verdict) for item in self.all()
                if item.verdict and (since is None or item.day >= since)]

    def forget_words(self, before: date) -> int:
        """Take out remarks and reasons of what was settled before that day; gives how many.

        Those of a question that still asks for a judgement or a decision stay. A remark on an
        answer that the bot no longer gives goes by its own day.
        """
        with self._database.step() as db:
            found = self.all()
            needed = {j.id for item in found if not item.verdict for j in item.judgements}
            settled = {j.id: item.day for item in found for j in item.judgements}
            rows = self._database.rows("SELECT id, day FROM judgement WHERE remark != ''")
            old = [(row["id"],) for row in rows if row["id"] not in needed
                   and settled.get(row["id"], date.fromisoformat(row["day"])) < before]
            db.executemany("UPDATE judgement SET remark = '' WHERE id = ?", old)
            return len(old) + db.execute(
                "UPDATE settlement SET reason = '' WHERE reason != '' AND day < ?",
                (before.isoformat(),)).rowcount

    def _today(self) -> str:
        return date.fromtimestamp(self._clock()).isoformat()


def _judgement(row: Mapping[str, Any]) -> Judgement:
    inputs = tuple((what, value) for what, value in json.loads(row["inputs"]))
    about = Answered(inputs, row["question"], row["answer"], row["answer_key"], row["kind"],
                     row["topic"], row["theme"], row["model"], row["channel"], row["asker"])
    return Judgement(row["id"], about, row["judge"], date.fromisoformat(row["day"]),
                     row["verdict"], row["right_topic"], row["remark"])


def _known(verdict: str) -> None:
    if verdict not in VERDICTS:
        raise InputError("oordeel", f"Kies een oordeel: {', '.join(VERDICTS)}.")


def _masked(text: str, name: str) -> str:
    if len(text) > LONGEST:
        raise InputError(name, f"Je {name} is te lang: hoogstens {LONGEST} tekens.")
    return kept(" ".join(text.split()))
