"""Every topic with its answer, its evidence, and what people say of it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot import resources
from bot.channels.feedback import remarks
from bot.knowledge.facts import fill
from bot.testbench.desk import Visit, page
from bot.testbench.explain import is_old, readability
from bot.testbench.judgements import Judgements
from bot.testbench.topics import matching, overview, overviews


async def _list(visit: Visit) -> Response:
    words, theme = visit.field("zoek", 200), visit.field("thema", 64)
    found = overviews(resources.knowledge(), resources.facts(),
                      visit.desk.store(Judgements).all(),
                      remarks(visit.desk.settings.feedback_file), visit.desk.today)
    return visit.page("onderwerpen.html", topics=matching(found, words, theme), words=words,
                      theme=theme, themes=resources.texts().entry("keuze", "themas"))


async def _one(visit: Visit) -> Response:
    facts = resources.facts()
    topic = resources.knowledge().get(visit.request.path_params["topic"])
    if topic is None:
        raise HTTPException(404)
    said = [r for r in remarks(visit.desk.settings.feedback_file) if r.subject == topic.id]
    found = overview(topic, facts, visit.desk.store(Judgements).for_topic(topic.id), said,
                     visit.desk.today)
    return visit.page(
        "onderwerp.html", topic=topic, overview=found, text=fill(topic.text, facts),
        bullets=[fill(bullet, facts) for bullet in topic.bullets],
        theme=resources.texts().entry("keuze", "themas").get(topic.theme, topic.theme),
        old=is_old(topic.checked, visit.desk.today), readable=readability(topic, facts))


ROUTES = [page("/onderwerpen", _list), page("/onderwerpen/{topic}", _one)]
