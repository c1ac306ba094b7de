"""What visitors say of answers, told by answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Iterable, Mapping

from bot.channels.feedback import Remark

LATEST = 5  # remarks shown of an answer


@dataclass(frozen=True)
class Said:
    """What visitors say of one answer; `open` is what no editor dealt with yet, newest first."""

    subject: str
    counts: Mapping[str, int]
    open: tuple[Remark, ...]

    @property
    def latest(self) -> tuple[Remark, ...]:
        """The newest open remarks that hold words."""
        return tuple(remark for remark in self.open if remark.remark)[:LATEST]


def feedback(remarks: Iterable[Remark], done: Mapping[Remark, int]) -> list[Said]:
    """By answer, those with most open complaints first. `remarks` come newest first."""
    left = Counter(done)
    by_subject: dict[str, list[Remark]] = defaultdict(list)
    waiting: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_subject[remark.subject].append(remark)
        if left[remark] > 0:
            left[remark] -= 1
        else:
            waiting[remark.subject].append(remark)
    found = [Said(subject, Counter(r.verdict for r in said), tuple(waiting[subject]))
             for subject, said in by_subject.items()]
    return sorted(found, key=lambda s: (-sum(r.verdict != "goed" for r in s.open), s.subject))
