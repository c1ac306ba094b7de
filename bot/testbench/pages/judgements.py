"""What people think of the answers: disagreements to decide on, second judgements to give."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from bot import resources
from bot.errors import InputError
from bot.testbench.access import Role
from bot.testbench.desk import Visit, action, page
from bot.testbench.downloads import CSV, attached
from bot.testbench.held import PRESSED, Held, sender_of
from bot.testbench.judgements import LONGEST, Judgements
from bot.testbench.pages.ask import about, press, say, to_turn
from bot.testbench.topics import grouped
from bot.testbench.verdicts import VERDICTS, Item, Stand, to_csv

PAGE = 50


async def _list(visit: Visit) -> Response:
    shown, store = _chosen(visit), _store(visit)
    number = visit.field("pagina", 4)
    at = max(int(number) if number.isascii() and number.isdigit() else 1, 1)
    part = shown[(at - 1) * PAGE : at * PAGE]
    knowledge = resources.knowledge()
    chosen = {name: visit.field(name, 64) for name in ("oordeel", "onderwerp", "thema")}
    return visit.page(
        "oordelen.html", stands=[(stand, [i for i in part if i.stand is stand]) for stand in Stand],
        total=len(shown), number=at, pages=-(-len(shown) // PAGE), chosen=chosen,
        query=urlencode({k: v for k, v in chosen.items() if v}), verdicts=VERDICTS, Stand=Stand,
        longest=LONGEST, names={topic.id: topic.question for topic in knowledge},
        any=bool(store.all()), themes=_themes(), topics=grouped(knowledge, _themes()))


async def _export(visit: Visit) -> Response:
    text = to_csv(_chosen(visit), visit.person.id)
    return attached(text.encode("utf-8-sig"), CSV, "oordelen.csv")


async def _second(visit: Visit) -> Response:
    """Ask the same again, for somebody who does not see what the first one thought."""
    item = _store(visit).find(_id(visit))
    if visit.person.id in {j.judge for j in item.judgements}:
        raise InputError("zelf", "Je oordeelde al over deze vraag. Iemand anders moet dat nu doen.")
    sender = sender_of("")
    for what, value in item.about.inputs:
        await (press if what == PRESSED else say)(visit, sender, value)
    turns = visit.desk.store(Held).turns(visit.person.code, sender)
    same = about(visit, turns, item.about.channel, item.about.asker)
    changed = "" if same.answer_key == item.about.answer_key else \
        " De bot geeft nu een ander antwoord dan bij het eerste oordeel."
    return to_turn(visit, len(turns) - 1, f"Lees het antwoord en geef je oordeel.{changed}",
                   gesprek=sender, kanaal=item.about.channel, wie=item.about.asker, blind="1")


async def _settle(visit: Visit) -> Response:
    right = visit.field("onderwerp", 64)
    if right and resources.knowledge().get(right) is None:
        raise InputError("onderwerp", "Dit onderwerp bestaat niet. Kies er een uit de lijst.")
    _store(visit).settle(_id(visit), visit.person.id, visit.field("oordeel", 20), right,
                         visit.field("reden"))
    return visit.go("/oordelen", "De beslissing is bewaard.")


def _chosen(visit: Visit) -> list[Item]:
    """The questions that fit the filters; a verdict that is still blind fits no filter."""
    verdict, topic, theme = (visit.field(n, 64) for n in ("oordeel", "onderwerp", "thema"))
    return [item for item in _store(visit).all()
            if verdict in ("", item.verdict, *(j.verdict for j in item.seen_by(visit.person.id)))
            and topic in ("", item.about.topic) and theme in ("", item.about.theme)]


def _id(visit: Visit) -> int:
    text = visit.field("vraag", 12)
    if not (text.isascii() and text.isdigit()):
        raise InputError("weg", "Dit oordeel bestaat niet.")
    return int(text)


def _themes() -> dict[str, str]:
    themes: dict[str, str] = resources.texts().entry("keuze", "themas")
    return themes


def _store(visit: Visit) -> Judgements:
    store: Judgements = visit.desk.store(Judgements)
    return store


ROUTES = [
    page("/oordelen", _list), page("/oordelen/oordelen.csv", _export),
    action("/oordelen/tweede", _second), action("/oordelen/beslis", _settle, Role.EDITOR),
]
