"""Change an answer: the form with the live check beside it."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot import resources
from bot.errors import InputError
from bot.knowledge.check import WORD
from bot.knowledge.editing import rewrite
from bot.knowledge.load import parse_topic
from bot.knowledge.model import Topic
from bot.testbench.access import Role
from bot.testbench.answer_form import NAMES, rows, to_topic, typed
from bot.testbench.change import fingerprint
from bot.testbench.changes import Changes
from bot.testbench.desk import Visit, action, page
from bot.testbench.drafts import Drafts
from bot.testbench.kept import kept
from bot.testbench.opened_form import EXTRA, open_change, opened
from bot.testbench.review import previews, review
from bot.testbench.versions import Versions

LONGEST_WHY = 300


async def _form(visit: Visit) -> Response:
    topic, now = current(visit)
    form = opened(visit.desk, visit.person, topic, now, visit.field("voorstel"))
    wrong: dict[str, str] = {}
    text, told = topic, None
    if form.drafted:
        text, wrong = to_topic(topic, form.fields)
        told = await asyncio.to_thread(review, text, visit.desk,
                                       _words(form.fields["uitgelegd"]))
    sources, follows = rows(form.fields)
    changes: Changes = visit.desk.store(Changes)
    others = [change for change in changes.waiting_for(topic.file)
              if str(change.id) != form.fields["voorstel"]]
    answer = visit.page(
        "wijzig.html", topic=topic, fields=form.fields, opened=form, wrong=wrong,
        others=others, review=told, names=NAMES, sources=sources, follows=follows,
        themes=resources.knowledge().themes(),
        previews=await asyncio.to_thread(previews, text, visit.desk),
        refused=bool(visit.field("geweigerd")))
    # Kept by the browser, so that going back gives what was typed.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


async def _save(visit: Visit) -> Response:
    topic, now = current(visit)
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
    versions: Versions = visit.desk.store(Versions)
    base = versions.content(topic.file, extra["basis"])
    if base is None:
        base, extra["basis"] = now, fingerprint(now)
    made, wrong = to_topic(parse_topic(topic.file, base), fields)
    words = _words(extra["uitgelegd"])
    if wrong or (await asyncio.to_thread(review, made, visit.desk, words)).errors:
        return visit.go(here, **query, geweigerd="1")
    changes: Changes = visit.desk.store(Changes)
    proposed = changes.propose(topic.file, extra["basis"], rewrite(base, made), extra["waarom"],
                               visit.person, instead=int(number) if number.isdecimal() else None,
                               words=words)
    drafts.keep(visit.person, topic.id, None)
    stays = f" Voorstel {number} van een andere redactie blijft ook open." \
        if open_change(visit.desk, number, topic) else ""
    return visit.go(f"/wijzigingen/{proposed}",
                    "Bewaard als voorstel. Een andere redacteur keurt het goed; dan staat het "
                    f"meteen in de bot.{stays}")


def current(visit: Visit) -> tuple[Topic, str]:
    """The topic of this address and its file, as they are on disk at this moment."""
    known = resources.knowledge().get(str(visit.request.path_params["id"]))
    if known is None:
        raise HTTPException(404)
    versions: Versions = visit.desk.store(Versions)
    now = versions.observe(visit.desk.settings.knowledge_dir, known.file)
    return parse_topic(known.file, now), now


def _words(typed_words: str) -> list[str]:
    """The words that the check could call hard."""
    return WORD.findall(typed_words.lower())


ROUTES = [
    page("/onderwerpen/{id}/wijzig", _form, Role.EDITOR),
    action("/onderwerpen/{id}/wijzig", _save, Role.EDITOR),
]
