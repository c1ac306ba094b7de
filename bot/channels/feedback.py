"""What people say of an answer: verdict, masked remark and day; never who said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Mapping

import sqlite_utils

from bot.errors import InputError
from bot.safety.personal import mask

VERDICTS = frozenset({"goed", "fout", "onduidelijk"})
MAX_REMARK = 300


@dataclass(frozen=True)
class Feedback:
    """One verdict on a topic or a card."""

    subject: str
    verdict: str
    remark: str

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Feedback:
        """From the request's JSON; InputError with a Dutch sentence when a field is wrong."""
        subject = body.get("topic") or body.get("card")
        if not isinstance(subject, str) or not re.fullmatch(r"[A-Za-z0-9_:.-]{1,64}", subject):
            raise InputError("onderwerp", "Het veld topic of card ontbreekt of is ongeldig.")
        if body.get("verdict") not in VERDICTS:
            raise InputError("oordeel", "Het veld verdict moet goed, fout of onduidelijk zijn.")
        remark = body.get("text") or ""
        if not isinstance(remark, str) or len(remark) > MAX_REMARK:
            raise InputError("opmerking", f"De opmerking mag hoogstens {MAX_REMARK} tekens zijn.")
        # A lone half of a sign, as JSON can bring one, cannot be stored.
        remark = remark.encode("utf-8", "ignore").decode("utf-8")
        return cls(subject, str(body["verdict"]), mask(remark).text)


@dataclass(frozen=True)
class Remark:
    """A verdict as it is kept."""

    subject: str
    verdict: str
    remark: str
    day: date


def remarks(file: Path) -> list[Remark]:
    """Everything that is kept, the newest first; nothing when the file is not there yet."""
    if not file.exists():
        return []
    database = sqlite_utils.Database(file)
    try:
        table = database.table("feedback")
        rows = table.rows_where(order_by="dag desc, rowid desc") if table.exists() else ()
        return [Remark(row["onderwerp"], row["oordeel"], row["opmerking"],
                       date.fromisoformat(row["dag"])) for row in rows]
    finally:
        database.close()


def purge(file: Path, before: date) -> int:
    """Delete what was said before that day, and every trace of it; gives the number of rows."""
    if not file.exists():
        return 0
    database = sqlite_utils.Database(file)
    try:
        table = database.table("feedback")
        if not table.exists():
            return 0
        database.execute("PRAGMA secure_delete = ON")
        old = table.count_where("dag < ?", [before.isoformat()])
        table.delete_where("dag < ?", [before.isoformat()])
        return int(old)
    finally:
        database.close()


def save_feedback(file: Path, feedback: Feedback, day: date) -> None:
    """Add one row; the file and table are made when they are missing."""
    database = sqlite_utils.Database(file)
    try:
        database.table("feedback").insert(
            {"dag": day.isoformat(), "onderwerp": feedback.subject,
             "oordeel": feedback.verdict, "opmerking": feedback.remark}
        )
    finally:
        database.close()
