"""Where nothing was found, the answer says how it widened and what else there is."""

from __future__ import annotations

from bot.answers.texts import Texts
from bot.catalogue.offers import Hit, OfferQuery, Step
from tests.answers.compose.offering import FULL_TIME, PLUMBER, payloads, result, shown
from tests.answers.values import hit, offered, school


def test_a_widened_search_says_how_it_widened_and_where_the_nearest_is(texts: Texts) -> None:
    found = result(
        Hit(school(1, municipality="Aalst"), (offered(),), 22.4),
        widened=(Step("gemeente"), Step("straal", radius_km=10.0), Step("straal", radius_km=20.0),
                 Step("provincie", province="Oost-Vlaanderen")))
    said = shown(texts, found)

    assert said["widened"] == ["in Gent", "binnen 10 km", "binnen 20 km",
                               "in de provincie Oost-Vlaanderen"]
    assert texts.say("aanbod", "ruimer", gemeente="Aalst", afstand="22 km") in said["text"]
    assert "Ik vond 1 school" not in said["text"]


def test_a_later_page_of_a_widened_search_still_tells_where_the_nearest_is(texts: Texts) -> None:
    nearest = Hit(school(1, municipality="Aalst"), (offered(),), 22.4)
    found = result(Hit(school(6, municipality="Ninove"), (offered(),), 39.0), found=6,
                   nearest=nearest, widened=(Step("gemeente"),))

    assert texts.say("aanbod", "ruimer", gemeente="Aalst", afstand="22 km") in shown(
        texts, found, start=5)["text"]


def test_beyond_the_province_related_and_full_time_programmes_are_named_too(texts: Texts) -> None:
    found = result(Hit(school(1, municipality="Aalst"), (offered(),), 79.6),
                   widened=(Step("gemeente"), Step("overal")), related=(PLUMBER,),
                   full_time=(FULL_TIME, FULL_TIME))
    said = shown(texts, found)

    assert texts.say("aanbod", "ruimer_dichtst", gemeente="Aalst", afstand="80 km") in said["text"]
    assert said["widened"][-1] == texts.say("aanbod", "stap_overal")
    assert texts.say("aanbod", "verwant", lijst="Installateur duaal") in said["text"]
    assert texts.say("aanbod", "voltijds", lijst="Elektrische installaties") in said["text"]
    assert "opleiding:133" in payloads(said)


def test_without_a_distance_none_is_made_up(texts: Texts) -> None:
    found = result(hit(1, None), query=OfferQuery(("88",), province="Limburg"),
                   widened=(Step("provincie", province="Limburg"), Step("overal")))
    said = shown(texts, found)

    assert "km" not in str(said)
    assert "vogelvlucht" not in str(said)
    assert "()" not in said["text"]
    assert "distance_km" not in said["cards"][0]
    assert texts.say("aanbod", "ruimer_overal") in said["text"]


def test_nothing_found_still_gives_a_way_on(texts: Texts) -> None:
    said = shown(texts, result(widened=(Step("overal"),), related=(PLUMBER,),
                               full_time=(FULL_TIME,), total=4))

    assert texts.say("aanbod", "niets") in said["text"]
    assert "cards" not in said
    assert "Installateur duaal" in said["text"]
    assert {"opleiding:133", "taak:hulp"} <= set(payloads(said))
    assert said["sources"][0]["url"].startswith("https://")


def test_related_programmes_stay_away_when_the_search_simply_succeeded(texts: Texts) -> None:
    said = shown(texts, result(hit(), related=(PLUMBER,), full_time=(FULL_TIME,)))

    assert "Installateur" not in str(said)
    assert texts.say("aanbod", "voltijds", lijst="Elektrische installaties") not in said["text"]
