"""What was looked for, where and with which filters, is told as it was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.compose.offers import compose_offers, what, where
from bot.answers.compose.results import OffersShown
from bot.answers.texts import Texts
from bot.catalogue.model import Place, Programme
from bot.catalogue.narrowing import Narrowing
from bot.catalogue.nets import NETS
from bot.catalogue.offers import OfferQuery
from tests.answers.compose.offering import PLUMBER, result, shown
from tests.answers.values import GENT, INFO, contract, hit, programme

LEDEBERG = Place("Ledeberg", "9050", "44021", "Gent", "Oost-Vlaanderen", 51.04, 3.74)


def said_what(texts: Texts, interest: str, *programmes: Programme) -> str:
    return what(OffersShown(result(programmes=programmes), INFO, interest), texts)


def test_the_answer_says_what_it_looked_for_and_where(texts: Texts) -> None:
    said = shown(texts, result(hit()), "stroom")

    assert "Elektrische installaties duaal in Gent" in said["text"]
    assert said["understood"] == {"programmes": ["Elektrische installaties duaal"],
                                  "interest": "stroom", "municipality": "Gent",
                                  "postcode": "9000"}


@pytest.mark.parametrize(("query", "words"), [
    (OfferQuery(place=GENT), "in Gent"),
    (OfferQuery(place=LEDEBERG), "in Ledeberg (Gent)"),
    (OfferQuery(place=GENT, radius_km=15.0), "binnen 15 km van Gent"),
    (OfferQuery(place=LEDEBERG, radius_km=15.0), "binnen 15 km van Ledeberg (Gent)"),
    (OfferQuery(province="Limburg"), "in de provincie Limburg"),
    (OfferQuery(), "in Vlaanderen en Brussel"),
])
def test_where_is_told_as_it_was_asked(texts: Texts, query: OfferQuery, words: str) -> None:
    assert where(query, texts) == words


def test_what_names_one_or_two_programmes_and_counts_more(texts: Texts) -> None:
    three = (programme(), PLUMBER, programme("304", "Keuken duaal"))

    assert said_what(texts, "") == texts.say("aanbod", "alles")
    assert said_what(texts, "x", *three[:2]) == (
        "Elektrische installaties duaal of Installateur duaal")
    assert said_what(texts, "", programme(), programme("89")) == "Elektrische installaties duaal"
    assert said_what(texts, "techniek", *three) == texts.say(
        "aanbod", "interesse", woord="techniek", aantal=3)
    assert "Elektrische installaties duaal" in said_what(texts, "", *three)


@pytest.mark.parametrize("net", NETS)
def test_every_net_asked_for_is_told(texts: Texts, net: str) -> None:
    asked = replace(result(), query=OfferQuery(("88",), GENT, net=net))

    assert what(OffersShown(asked, INFO, ""), texts) == (
        f"Elektrische installaties duaal {texts.entry('filters', 'net')[net]}")


def test_filters_are_told_and_one_that_nothing_meets_is_named_and_left_out(texts: Texts) -> None:
    found = replace(result(), query=OfferQuery(("88",), GENT, years=(5,), open_only=True))
    by = Narrowing((5,), True, finality="dubbel", form="OV3")
    message = contract(compose_offers(OffersShown(found, INFO, "", by=by, unmet=("vorm",)), texts))

    assert "dubbele finaliteit in het 5de jaar waar je je nog kan inschrijven" in message["text"]
    assert texts.entry("filters", "niet")["vorm"] in message["text"]
    assert message["understood"]["years"] == [5]
    assert len(message["understood"]["filters"]) == 3
