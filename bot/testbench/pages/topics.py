"""Every topic with its answer, its evidence, and what people say of it."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot import insight, resources
from bot.channels.feedback import remarks
from bot.knowledge.facts import fill
from bot.knowledge.silence import load_silence
from bot.testbench.changes import Changes
from bot.testbench.desk import Visit, page
from bot.testbench.explain import is_old, readability
from bot.testbench.feedback_done import FeedbackDone
from bot.testbench.insight import span, summarise
from bot.testbench.judgements import Judgements
from bot.testbench.topics import Heard, Overview, Urgency, asked_of, matching, overviews


async def _list(visit: Visit) -> Response:
    words, theme = visit.field("zoek", 200), visit.field("thema", 64)
    found = await asyncio.to_thread(_overviews, visit)
    return visit.page("onderwerpen.html", topics=matching(found, words, theme), words=words,
                      theme=theme, themes=resources.texts().entry("keuze", "themas"),
                      everything=load_silence(visit.desk.settings.silence_file).everything or "")


async def _one(visit: Visit) -> Response:
    facts = resources.facts()
    topic = resources.knowledge().get(visit.request.path_params["topic"])
    if topic is None:
        raise HTTPException(404)
    every = await asyncio.to_thread(_overviews, visit)
    found = next(o for o in every if o.topic.id == topic.id)
    changes: Changes = visit.desk.store(Changes)
    return visit.page(
        "onderwerp.html", topic=topic, overview=found, waiting=changes.waiting_for(topic.file),
        text=fill(topic.text, facts), bullets=[fill(bullet, facts) for bullet in topic.bullets],
        Urgency=Urgency,
        theme=resources.texts().entry("keuze", "themas").get(topic.theme, topic.theme),
        old=is_old(topic.checked, visit.desk.today), readable=readability(topic, facts))


def _overviews(visit: Visit) -> list[Overview]:
    desk = visit.desk
    name = f"{desk.today:%Y-%m}"
    month = summarise(name, insight.read(desk.settings.counters_file, *span(name)), desk.today)
    said = remarks(desk.settings.feedback_file)
    heard = Heard(desk.store(Judgements).all(), said, desk.store(FeedbackDone).marks(said),
                  load_silence(desk.settings.silence_file), asked_of(month))
    return overviews(resources.knowledge(), resources.facts(), heard, desk.today)


ROUTES = [page("/onderwerpen", _list), page("/onderwerpen/{topic}", _one)]
