"""Inzicht: what is asked, what became of it, and how people judge the answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from starlette.responses import Response

from bot import insight, resources
from bot.answers.words import MONTHS, dutch_date
from bot.errors import InputError
from bot.testbench.desk import Visit, page
from bot.testbench.insight import (
    GROUPS,
    Line,
    Month,
    judged,
    span,
    summarise,
    to_csv,
    to_json,
)
from bot.testbench.judgements import Judgements
from bot.testbench.previews import CHANNELS

CHARTS = {"dagen": "Vragen per dag", "antwoorden": "Wat er van de vragen kwam",
          "themas": "Vragen per thema"}
# What is counted beside topics and themes, as people read it.
SEARCHES = {"offers": "scholen zoeken", "programme": "een opleiding uitleggen",
            "pathway": "wat voor of na een opleiding komt", "compare": "opleidingen vergelijken"}


async def _show(visit: Visit) -> Response:
    file, today = visit.desk.settings.counters_file, visit.desk.today
    choices = list(dict.fromkeys([f"{today:%Y-%m}", *insight.months(file)]))
    month = await asyncio.to_thread(_month, visit)
    judgements: Judgements = visit.desk.store(Judgements)
    themes = resources.texts().entry("keuze", "themas")
    return visit.page(
        "inzicht.html", month=month, chosen=_dutch(month.name), groups=GROUPS, charts=CHARTS,
        choices=[(name, _dutch(name)) for name in choices], themes=themes,
        channels=CHANNELS, titles={**SEARCHES, **{t.id: t.question for t in resources.knowledge()}},
        day_names={line.name: dutch_date(line.name) for line in month.days},
        judged=judged(judgements.settled_verdicts(None), themes))


async def _chart(visit: Visit) -> Response:
    # Only here: drawing is loaded when somebody looks.
    from bot.testbench.insight_charts import chart

    month, name = await asyncio.to_thread(_month, visit), visit.request.path_params["naam"]
    lines: dict[str, tuple[Line, ...]] = {
        "dagen": month.days, "antwoorden": month.groups, "themas": month.themes}
    if name not in lines:
        raise InputError("grafiek", "Deze grafiek bestaat niet.")
    themes = resources.texts().entry("keuze", "themas")
    named = tuple(replace(line, name=themes.get(line.name, line.name)) for line in lines[name])
    title = f"{CHARTS[name]}, {_dutch(month.name)}"
    drawn = await asyncio.to_thread(chart, named, title, name != "dagen")
    return Response(drawn, media_type="image/svg+xml")


async def _csv(visit: Visit) -> Response:
    month = await asyncio.to_thread(_month, visit)
    return _file("\ufeff" + to_csv(month), "text/csv; charset=utf-8", f"inzicht-{month.name}.csv")


async def _json(visit: Visit) -> Response:
    month = await asyncio.to_thread(_month, visit)
    return _file(to_json(month), "application/json", f"inzicht-{month.name}.json")


def _month(visit: Visit) -> Month:
    name = visit.field("maand", 7) or f"{visit.desk.today:%Y-%m}"
    rows = insight.read(visit.desk.settings.counters_file, *span(name))
    return summarise(name, rows, visit.desk.today)


def _dutch(name: str) -> str:
    first: date = span(name)[0]
    return f"{MONTHS[first.month - 1]} {first.year}"


def _file(content: str, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type,
                    headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = [page("/inzicht", _show), page("/inzicht/{naam}.svg", _chart),
          page("/inzicht/inzicht.csv", _csv), page("/inzicht/inzicht.json", _json)]
