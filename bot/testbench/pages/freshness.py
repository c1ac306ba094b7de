"""Versheid: what falls due, dead sources, what visitors say, and the kill switch."""

from __future__ import annotations

from datetime import date, datetime

from starlette.responses import Response

from bot import resources
from bot.channels.feedback import remarks
from bot.errors import InputError
from bot.knowledge.due import content_due
from bot.knowledge.silence import EVERYTHING, load_silence, objection, switch, uses
from bot.settings import Settings
from bot.testbench.access import Role
from bot.testbench.desk import Visit, action, page
from bot.testbench.due import catalogue_due, last_day, read_corrections, rows
from bot.testbench.feedback import feedback
from bot.testbench.feedback_done import FeedbackDone
from bot.testbench.kept import in_need, kept
from bot.testbench.link_checks import Links
from bot.testbench.links import LinkState
from bot.testbench.sources import sources
from bot.testbench.topics import grouped

PATH = "/versheid"
WEEKS, MOST_WEEKS = 8, 104
CONFIRM = "alles stil"  # to be typed
LOG = 20  # uses of the switch that are shown
REASON = 200  # characters


async def _show(visit: Visit) -> Response:
    return _page(visit)


def _page(visit: Visit, reason: str = "", wrong: str = "") -> Response:
    """The page; with what is `wrong` in the form for the whole bot, its `reason` kept."""
    settings, today = visit.desk.settings, visit.desk.today
    knowledge, facts = resources.knowledge(), resources.facts()
    weeks = _weeks(visit.field("weken", 4))
    until = last_day(today, weeks)
    every = content_due(knowledge, facts, date.max) + catalogue_due(
        resources.catalogue().info, read_corrections(settings.catalogue_source), date.max)
    due = [one for one in every if one.when <= until]
    links: Links = visit.desk.store(Links)
    done: FeedbackDone = visit.desk.store(FeedbackDone)
    said = remarks(settings.feedback_file)
    done.forget_gone(said)
    used = _sources()
    results = [r for r in links.results().values() if r.url in used]
    return visit.page(
        "versheid.html", 400 if wrong else 200, reason=reason, wrong=wrong, weeks=weeks,
        most_weeks=MOST_WEEKS, until=until,
        rows=rows(due, knowledge, facts, today), first=min((d.when for d in every), default=None),
        links=links, used=used, LinkState=LinkState,
        results=sorted((r for r in results if r.state is not LinkState.GOOD),
                       key=lambda r: (list(LinkState).index(r.state), r.url)),
        good=sum(r.state is LinkState.GOOD for r in results),
        checked=max((r.day for r in results), default=None), agent=_agent(settings),
        said=feedback(said, done.marks(said)), knowledge=knowledge,
        silence=load_silence(settings.silence_file), uses=uses(settings.silence_file)[:LOG],
        topics=grouped(knowledge, resources.texts().entry("keuze", "themas")),
        everything=EVERYTHING, confirm=CONFIRM, longest=REASON)


async def _silence(visit: Visit) -> Response:
    subject = visit.field("onderwerp", 64)
    if subject == EVERYTHING:  # has its own form, for its own role
        raise InputError("onderwerp", "Kies een onderwerp uit de lijst.")
    return _switch(visit, subject or "(geen)", visit.field("reden", REASON))


async def _silence_everything(visit: Visit) -> Response:
    reason, wrong = visit.field("reden"), ""
    if visit.field("bevestiging").lower() != CONFIRM:
        wrong = f'Er is niets stilgezet. Typ "{CONFIRM}" om de hele bot stil te zetten.'
    elif len(reason) > REASON:
        wrong = f"Er is niets stilgezet. De reden is te lang: hoogstens {REASON} tekens."
    elif refused := objection(resources.knowledge(), EVERYTHING, reason):
        wrong = f"Er is niets stilgezet. {refused}"
    elif in_need(reason):
        wrong = ("Er is niets stilgezet. De reden lijkt op een noodkreet. Die bewaren we niet. "
                 "Schrijf het anders, zonder de woorden van een leerling.")
    return _page(visit, reason, wrong) if wrong else _switch(visit, EVERYTHING, reason)


async def _speak(visit: Visit) -> Response:
    subject = visit.field("onderwerp", 64)
    if subject == EVERYTHING:
        raise InputError("onderwerp", "Kies een onderwerp uit de lijst.")
    return _switch(visit, subject, None)


async def _speak_everything(visit: Visit) -> Response:
    return _switch(visit, EVERYTHING, None)


def _switch(visit: Visit, subject: str, reason: str | None) -> Response:
    if refused := objection(resources.knowledge(), subject, reason):
        raise InputError("stil", refused)
    reason = None if reason is None else kept(reason)
    switch(visit.desk.settings.silence_file, subject, reason,
           datetime.fromtimestamp(visit.desk.clock()), visit.person.name)
    topic = resources.knowledge().get(subject)
    name = f'"{topic.question}"' if topic else "De hele bot"
    return visit.go(PATH, f"{name} {'spreekt weer' if reason is None else 'is nu stil'}.")


async def _check_links(visit: Visit) -> Response:
    agent, links = _agent(visit.desk.settings), visit.desk.store(Links)
    if not agent:
        raise InputError("contact", "Zet eerst DUAALWIJZER_CONTACT: sites die we bezoeken, moeten "
                                    "kunnen zien wie dat doet.")
    if not links.start(_sources(), agent):
        raise InputError("bezig", "De bronnen worden al nagekeken.")
    return visit.go(PATH, "De bronnen worden nagekeken. Dat duurt enkele minuten.")


async def _stop_links(visit: Visit) -> Response:
    visit.desk.store(Links).stop()
    return visit.go(PATH, "Het nakijken stopt. Wat al gevonden is, blijft staan.")


async def _finish(visit: Visit) -> Response:
    subject = visit.field("antwoord", 64)
    said = [remark for remark in remarks(visit.desk.settings.feedback_file)
            if remark.subject == subject]
    # Only what was on the page: something that came in since must still be read.
    seen = visit.field("aantal", 9)
    if not seen.isdigit() or not said:
        raise InputError("antwoord", "Over dit antwoord zijn er geen oordelen (meer).")
    visit.desk.store(FeedbackDone).finish(said[max(0, len(said) - int(seen)):], visit.person.id)
    return visit.go(PATH, "Afgehandeld.")


def _weeks(text: str) -> int:
    if not text:
        return WEEKS
    if not text.isdigit() or int(text) > MOST_WEEKS:
        raise InputError("weken", f"Kies een aantal weken van 0 tot {MOST_WEEKS}.")
    return int(text)


def _sources() -> dict[str, list[str]]:
    return sources(resources.knowledge(), resources.facts(), resources.texts().entries)


def _agent(settings: Settings) -> str:
    """How we present ourselves to a site; "" without a way to reach us."""
    contact = settings.contact or settings.public_url
    readable = "".join(c for c in contact if " " <= c <= "~")
    return f"Duaalwijzer-bronnencontrole/1 (contact: {readable})" if readable.strip() else ""


ROUTES = [
    page(PATH, _show),
    action(f"{PATH}/stil", _silence, Role.EDITOR),
    action(f"{PATH}/stil/alles", _silence_everything, Role.ADMIN),
    action(f"{PATH}/spreek", _speak, Role.EDITOR),
    action(f"{PATH}/spreek/alles", _speak_everything, Role.ADMIN),
    action(f"{PATH}/bronnen", _check_links, Role.EDITOR),
    action(f"{PATH}/bronnen/stop", _stop_links, Role.EDITOR),
    action(f"{PATH}/afgehandeld", _finish, Role.EDITOR),
]
