"""Change an answer: the form with the live check beside it, and the versions of an answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot import resources
from bot.errors import InputError
from bot.files import digest
from bot.knowledge.check import WORD
from bot.knowledge.editing import merged, rewrite
from bot.knowledge.load import parse_topic
from bot.knowledge.model import Topic
from bot.knowledge.versions import compare
from bot.testbench.access import Role
from bot.testbench.answer_form import NAMES, Fields, rows, shown, to_fields, to_topic, typed
from bot.testbench.change import OPEN, RESTORE, Change, Version
from bot.testbench.changes import Changes
from bot.testbench.desk import Visit, action, page
from bot.testbench.drafts import Drafts
from bot.testbench.kept import kept
from bot.testbench.review import previews, review

# Kept with a draft beside the fields of the answer.
EXTRA = ("basis", "voorstel", "waarom", "uitgelegd")
LONGEST_WHY = 300


@dataclass(frozen=True)
class Sheet:
    """The form as it is shown: its fields, the file it was made from, and what both changed."""

    topic: Topic
    now: str
    fields: Fields
    theirs: dict[str, str]
    drafted: bool

    @property
    def behind(self) -> bool:
        """True when the answer was changed since the form was opened."""
        return self.fields["basis"] != _hash(self.now)


async def _form(visit: Visit) -> Response:
    sheet = _sheet(visit)
    wrong: dict[str, str] = {}
    text, told = sheet.topic, None
    if sheet.drafted:
        text, wrong = to_topic(sheet.topic, sheet.fields)
        told = await asyncio.to_thread(review, text, visit.desk,
                                       _words(sheet.fields["uitgelegd"]))
    sources, follows = rows(sheet.fields)
    changes: Changes = visit.desk.store(Changes)
    others = [change for change in changes.waiting_for(sheet.topic.file)
              if str(change.id) != sheet.fields["voorstel"]]
    answer = visit.page(
        "wijzig.html", topic=sheet.topic, fields=sheet.fields, sheet=sheet, wrong=wrong,
        others=others, review=told, names=NAMES, sources=sources, follows=follows,
        themes=resources.knowledge().themes(),
        previews=await asyncio.to_thread(previews, text, visit.desk),
        refused=bool(visit.field("geweigerd")))
    # Kept by the browser, so that going back gives what was typed.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


async def _save(visit: Visit) -> Response:
    topic, now = _current(visit)
    assert visit.form is not None
    drafts: Drafts = visit.desk.store(Drafts)
    here = f"/onderwerpen/{topic.id}/wijzig"
    number = visit.field("voorstel")
    query = {"voorstel": number} if number else {}
    what = visit.field("doe")
    if what == "opnieuw":
        drafts.keep(visit.person, topic.id, None)
        return visit.go(here, "Je begint opnieuw, met de tekst die nu in de bot staat.")
    fields = typed(visit.form)
    extra = {name: visit.field(name, LONGEST_WHY) for name in EXTRA}
    refused = ""
    try:
        extra["waarom"] = kept(extra["waarom"])
    except InputError as error:  # only the reason goes: the text that was typed stays
        extra["waarom"], refused = "", f"De reden is niet bewaard. {error}"
    drafts.keep(visit.person, topic.id, fields | extra)
    if refused:
        return visit.go(here, refused, **query)
    if what != "bewaar":
        return visit.go(here, **query, gekeurd="1")
    changes: Changes = visit.desk.store(Changes)
    base = changes.content(topic.file, extra["basis"])
    if base is None:
        base, extra["basis"] = now, _hash(now)
    made, wrong = to_topic(parse_topic(topic.file, base), fields)
    words = _words(extra["uitgelegd"])
    if wrong or (await asyncio.to_thread(review, made, visit.desk, words)).errors:
        return visit.go(here, **query, geweigerd="1")
    proposed = changes.propose(topic.file, extra["basis"], rewrite(base, made), extra["waarom"],
                               visit.person, instead=int(number) if number.isdecimal() else None,
                               words=words)
    drafts.keep(visit.person, topic.id, None)
    stays = f" Voorstel {number} van een andere redactie blijft ook open." \
        if _open_change(visit, number, topic) else ""
    return visit.go(f"/wijzigingen/{proposed}",
                    "Bewaard als voorstel. Een andere redacteur keurt het goed; dan staat het "
                    f"meteen in de bot.{stays}")


async def _versions(visit: Visit) -> Response:
    topic, _ = _current(visit)
    changes: Changes = visit.desk.store(Changes)
    versions = changes.versions(topic.file)
    old, new = _chosen(visit.field("oud"), versions, 1), _chosen(visit.field("nieuw"), versions, 0)
    pairs = (parse_topic(topic.file, old.content), parse_topic(topic.file, new.content))
    return visit.page("versies.html", topic=topic, versions=versions, old=old, new=new,
                      differences=compare(*pairs))


async def _restore(visit: Visit) -> Response:
    topic, now = _current(visit)
    changes: Changes = visit.desk.store(Changes)
    wanted = visit.field("versie")
    version = next((v for v in changes.versions(topic.file) if str(v.id) == wanted), None)
    if version is None:
        raise InputError("versie", "Kies een versie die bestaat.")
    if version.hash == _hash(now):
        raise InputError("gelijk", "Deze versie staat nu al in de bot.")
    number = changes.propose(topic.file, _hash(now), version.content,
                             f"versie {version.id} terug", visit.person, RESTORE)
    return visit.go(f"/wijzigingen/{number}", "Voorstel gemaakt om deze versie terug te zetten. "
                                              "Een andere redacteur keurt het goed.")


def _chosen(number: str, versions: Sequence[Version], default: int) -> Version:
    return next((v for v in versions if str(v.id) == number),
                versions[min(default, len(versions) - 1)])


def _current(visit: Visit) -> tuple[Topic, str]:
    """The topic of this page and its file, as they are on disk at this moment."""
    known = resources.knowledge().get(str(visit.request.path_params["id"]))
    if known is None:
        raise HTTPException(404)
    changes: Changes = visit.desk.store(Changes)
    now = changes.observe(visit.desk.settings.knowledge_dir, known.file)
    return parse_topic(known.file, now), now


def _sheet(visit: Visit) -> Sheet:
    topic, now = _current(visit)
    drafts: Drafts = visit.desk.store(Drafts)
    number = visit.field("voorstel")
    change = _open_change(visit, number, topic)
    draft = drafts.get(visit.person, topic.id)
    # A link to another proposal goes before what was typed for this one.
    if draft is not None and (not number or draft.get("voorstel") == number):
        redone = _open_change(visit, draft.get("voorstel", ""), topic)
        return Sheet(topic, now, draft, _theirs(visit, redone, now)[1] if redone else {}, True)
    if change is None:
        fields = to_fields(topic) | {"basis": _hash(now), "voorstel": "", "waarom": "",
                                     "uitgelegd": ""}
        return Sheet(topic, now, fields, {}, False)
    together, theirs = _theirs(visit, change, now)
    fields = to_fields(together) | {"basis": _hash(now), "voorstel": str(change.id),
                                    "waarom": change.why, "uitgelegd": change.words}
    return Sheet(topic, now, fields, theirs, False)


def _open_change(visit: Visit, number: str, topic: Topic) -> Change | None:
    changes: Changes = visit.desk.store(Changes)
    change = changes.get(int(number)) if number.isdecimal() and len(number) < 10 else None
    return change if change and change.file == topic.file and change.state == OPEN else None


def _theirs(visit: Visit, change: Change, now: str) -> tuple[Topic, dict[str, str]]:
    """The proposal on the text of now; and what the others wrote where both changed a field."""
    changes: Changes = visit.desk.store(Changes)
    base = changes.content(change.file, change.base) or now
    current = parse_topic(change.file, now)
    together, both = merged(parse_topic(change.file, base),
                            parse_topic(change.file, change.content), current)
    return together, shown(current, both)


def _words(typed_words: str) -> list[str]:
    """The words that the check could call hard."""
    return WORD.findall(typed_words.lower())


def _hash(content: str) -> str:
    return digest(content.encode())


ROUTES = [
    page("/onderwerpen/{id}/wijzig", _form, Role.EDITOR),
    action("/onderwerpen/{id}/wijzig", _save, Role.EDITOR),
    page("/onderwerpen/{id}/versies", _versions, Role.EDITOR),
    action("/onderwerpen/{id}/herstel", _restore, Role.EDITOR),
]
