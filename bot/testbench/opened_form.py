"""What the form of an answer shows when it is opened: a draft, a proposal, or the text itself."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.editing import merged
from bot.knowledge.load import parse_topic
from bot.knowledge.model import Topic
from bot.testbench.access import Person
from bot.testbench.answer_form import Fields, shown, to_fields
from bot.testbench.change import OPEN, Change, fingerprint
from bot.testbench.changes import Changes
from bot.testbench.desk import Desk
from bot.testbench.drafts import Drafts
from bot.testbench.versions import Versions

# Kept with a draft beside the fields of the answer.
EXTRA = ("basis", "voorstel", "waarom", "uitgelegd")


@dataclass(frozen=True)
class OpenedForm:
    """The fields of the form, the file as it is now, and what both changed (name and value).

    `fields` has the hash of the file that they were made from as `basis`.
    """

    topic: Topic
    now: str
    fields: Fields
    theirs: dict[str, str]
    drafted: bool

    @property
    def behind(self) -> bool:
        """True when the answer was changed since the form was opened."""
        return self.fields["basis"] != fingerprint(self.now)


def opened(desk: Desk, person: Person, topic: Topic, now: str, number: str) -> OpenedForm:
    """What the form shows to this person; `number` is that of a proposal to go on with, or ""."""
    drafts: Drafts = desk.store(Drafts)
    change = open_change(desk, number, topic)
    draft = drafts.get(person, topic.id)
    # A link to another proposal goes before what was typed for this one.
    if draft is not None and (not number or draft.get("voorstel") == number):
        redone = open_change(desk, draft.get("voorstel", ""), topic)
        return OpenedForm(topic, now, draft, _theirs(desk, redone, now)[1] if redone else {}, True)
    if change is None:
        extra = dict(zip(EXTRA, (fingerprint(now), "", "", "")))
        return OpenedForm(topic, now, to_fields(topic) | extra, {}, False)
    together, theirs = _theirs(desk, change, now)
    extra = dict(zip(EXTRA, (fingerprint(now), str(change.id), change.why, change.words)))
    return OpenedForm(topic, now, to_fields(together) | extra, theirs, False)


def open_change(desk: Desk, number: str, topic: Topic) -> Change | None:
    """The open proposal for this topic with that number, as it was typed; None when there is none.
    """
    changes: Changes = desk.store(Changes)
    change = changes.get(int(number)) if number.isdecimal() and len(number) < 10 else None
    return change if change and change.file == topic.file and change.state == OPEN else None


def _theirs(desk: Desk, change: Change, now: str) -> tuple[Topic, dict[str, str]]:
    """The proposal on the text of now; and what the others wrote where both changed a field."""
    versions: Versions = desk.store(Versions)
    base = versions.content(change.file, change.base) or now
    current = parse_topic(change.file, now)
    together, both = merged(parse_topic(change.file, base),
                            parse_topic(change.file, change.content), current)
    return together, shown(current, both)
