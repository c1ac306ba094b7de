"""Results of task actions, from JSON to an answer. One composer for each response name."""

from __future__ import annotations

from typing import Any, Callable

import cattrs

from bot.answers.compose.comparison import compose_comparison
from bot.answers.compose.handover import compose_handover
from bot.answers.compose.offers import compose_offers
from bot.answers.compose.pathway import compose_pathway
from bot.answers.compose.programme import compose_programme
from bot.answers.compose.questions import compose_question
from bot.answers.compose.results import (
    ComparisonShown,
    HandoverShown,
    OffersShown,
    PathwayShown,
    ProgrammeShown,
    Question,
    SchoolShown,
)
from bot.answers.compose.school import compose_school
from bot.answers.model import Answer
from bot.answers.texts import Texts

TASK_COMPOSERS: dict[str, tuple[type[Any], Callable[[Any, Texts], Answer]]] = {
    "aanbod": (OffersShown, compose_offers),
    "opleiding": (ProgrammeShown, compose_programme),
    "pad": (PathwayShown, compose_pathway),
    "vergelijk": (ComparisonShown, compose_comparison),
    "school": (SchoolShown, compose_school),
    "overdracht": (HandoverShown, compose_handover),
    "vraag": (Question, compose_question),
}


def compose_task(name: str, result: Any, texts: Texts) -> Answer:
    """The answer of one task; `result` is what the action sent, as JSON."""
    kind, compose = TASK_COMPOSERS[name]
    return compose(cattrs.structure(result, kind), texts)
