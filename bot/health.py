"""Whether the bot answers, and with what, for the operator's monitoring."""

from __future__ import annotations

from rasa.core.agent import Agent
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import resources
from bot.channels.problems import Problem
from bot.knowledge.model import State


def health(app: Sanic) -> None:
    """/health: 503 until the model is ready, then what is in use and what needs an editor."""

    @app.get("/health")
    async def _answer(_: Request) -> HTTPResponse:
        agent: Agent | None = app.ctx.agent
        if agent is None or not agent.is_ready():
            return Problem(503, "De bot start nog op.").response()
        today = resources.today()
        states = [topic.state(today) for topic in resources.knowledge()]
        info = resources.catalogue().info
        return response.json({
            "status": "ok",
            "model": app.ctx.model,
            "catalogue": {"school_year": info.school_year, "date": info.date,
                          "offers": info.offers},
            "knowledge": {
                "topics": sum(state is not State.UNWRITTEN for state in states),
                "overdue": states.count(State.OVERDUE),
                "expired": states.count(State.EXPIRED),
            },
        })
