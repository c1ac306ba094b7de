import json

import cattrs
import pytest

from bot.answers.compose.results import (
    ComparisonShown,
    HandoverShown,
    OffersShown,
    PathwayShown,
    ProgrammeFacts,
    ProgrammeShown,
    Question,
    SchoolShown,
)
from bot.answers.compose.tasks import TASK_COMPOSERS, compose_task
from bot.answers.texts import Texts
from bot.catalogue.offers import OfferQuery, OfferResult, Step
from bot.catalogue.ways import Link, Pathway
from tests.answers.values import GENT, INFO, clb, contract, hit, offered, programme, school

HIT = hit(1, 3.4, offered(opens=False), offered("93", True, ()))
FOUND = OfferResult(OfferQuery(("88",), GENT, radius_km=10.0), (programme(),), (HIT,), 1, HIT,
                    (Step("straal", radius_km=10.0),), 1, None, (programme("93"),), ())
PATH = Pathway(programme(), "OK3", ("graduaat",),
               (Link("graduaat", "HVAC", None, False, colleges=("UCLL",)),), ())
RESULTS = {
    "aanbod": OffersShown(FOUND, INFO, "stroom", 0),
    "opleiding": ProgrammeShown((programme(), programme("93")), "stroom", INFO, 2, ()),
    "pad": PathwayShown(PATH, (), "", INFO),
    "vergelijk": ComparisonShown((ProgrammeFacts(programme(), "OK3"),
                                  ProgrammeFacts(programme("93"), "OK3")), INFO),
    "school": SchoolShown(school(), (offered(),), INFO),
    "overdracht": HandoverShown((clb(),), GENT),
    "vraag": Question("which_place", places=(GENT,)),
}


def test_every_task_has_an_example_here() -> None:
    assert set(RESULTS) == set(TASK_COMPOSERS)


@pytest.mark.parametrize("name", RESULTS)
def test_facts_that_travelled_as_json_give_the_same_answer(texts: Texts, name: str) -> None:
    sent = json.loads(json.dumps(cattrs.unstructure(RESULTS[name])))
    _, compose = TASK_COMPOSERS[name]

    answer = compose_task(name, sent, texts)

    assert answer == compose(RESULTS[name], texts)
    contract(answer)


def test_nothing_known_travels_too(texts: Texts) -> None:
    sent = json.loads(json.dumps(cattrs.unstructure(HandoverShown((), None))))

    assert compose_task("overdracht", sent, texts).ask == "place"
